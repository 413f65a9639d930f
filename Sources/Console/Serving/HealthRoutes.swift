import HTTPTypes
import Hummingbird

/// `/livez`: the process answers. `/readyz`: so does what it needs.
struct HealthRoutes: ConsoleRoutes {
    static let paths = ["/livez", "/readyz"]

    /// What is not ready, in words; empty where everything is.
    let unready: @Sendable () async -> [String]

    func add(to router: Router<ConsoleContext>) {
        router.get("livez") { _, _ in Self.text("ok\n", .ok) }
        router.get("readyz") { _, _ in
            let missing = await unready()
            return missing.isEmpty
                ? Self.text("ok\n", .ok) : Self.text(missing.joined(separator: "\n") + "\n", .serviceUnavailable)
        }
    }

    private static func text(_ text: String, _ status: HTTPResponse.Status) -> Response {
        Response(
            status: status, headers: [.contentType: "text/plain; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}
