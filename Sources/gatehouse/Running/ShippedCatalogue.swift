import CShippedCatalogue
import ToolCatalogue

/// The catalogue that came with this program, signed by its makers.
enum ShippedCatalogue {
    /// The public half of the key that releases are signed with; Docs/Catalogue.md says how.
    static let keyText = "2ff2fd819520dd6a1cbea1232d9c2c34d677044400785aa2853224ea6bb946ec"

    static var bytes: [UInt8] {
        Array(
            UnsafeBufferPointer(start: gatehouse_shipped_catalogue(), count: gatehouse_shipped_catalogue_size()))
    }

    static func load() throws -> Catalogue {
        do {
            return try Catalogue(bytes, trusting: Set([CataloguePublicKey(hex: keyText)].compactMap(\.self)))
        } catch {
            throw CommandFailure("the catalogue in this program: \(error)")
        }
    }
}
