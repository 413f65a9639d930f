import HTTPTypes
import Hummingbird

/// `/assets/…`: files whose names change with their content, kept by browsers for ever.
struct AssetRoutes: ConsoleRoutes {
    func add(to router: Router<ConsoleContext>) {
        router.get("assets/:name") { _, context in
            guard let asset = Asset.all.first(where: { $0.name == context.parameters.get("name") }) else {
                throw Problem(.notFound)
            }
            return Response(
                status: .ok,
                headers: [.contentType: asset.mediaType, .cacheControl: "public, max-age=31536000, immutable"],
                body: .init(byteBuffer: ByteBuffer(bytes: asset.content)))
        }
    }
}
