import Foundation
import Testing
import ToolCatalogue

@testable import gatehouse

/// The catalogue in the program: whole, signed by its makers, and made of facts.
struct ShippedCatalogueTests {
    private static let loaded = Result { try ShippedCatalogue.load() }

    @Test("the program holds a catalogue that its own key has signed")
    func isThere() throws {
        let catalogue = try Self.loaded.get()
        #expect(catalogue.servers.count >= 176)
        #expect(catalogue.toolCount >= 6_500)
        #expect(catalogue.packages.count >= 15_000)
        #expect(ShippedCatalogue.bytes.count < 3 << 20)
    }

    @Test("what it says of a provider can be gathered by the provider's slug")
    func providers() throws {
        let aws = try Self.loaded.get().servers.filter { $0.provider == "aws" }
        #expect(aws.reduce(0) { $0 + $1.tools.count } == 790)
        #expect(aws.contains { $0.slug == "awslabs-iam-mcp-server" })
        #expect(Provider(slug: "aws").title == "AWS")
    }

    @Test("one byte altered, and nothing of it is taken")
    func altered() throws {
        var bytes = ShippedCatalogue.bytes
        bytes[bytes.count / 2] ^= 1
        let key = try #require(CataloguePublicKey(hex: ShippedCatalogue.keyText))
        #expect(throws: CatalogueError.altered) { try Catalogue(bytes, trusting: [key]) }
    }

    /// A name may be written with spaces; a sentence has more words than any of these.
    @Test("no text in it is a sentence: evidence is at most three words, a name at most four")
    func noSentences() throws {
        func words(_ text: String) -> Int { text.split(whereSeparator: \.isWhitespace).count }
        for server in try Self.loaded.get().servers {
            for text in [server.slug, server.registry, server.package, server.version, server.provider] {
                #expect(words(text) <= 1, "\(text)")
            }
            for tool in server.tools {
                let longest = tool.verdict.evidence.map { words($0.found) }.max() ?? 0
                let argument = tool.arguments.map { words($0.name) }.max() ?? 0
                let isShort = words(tool.name) <= 4 && argument <= 4 && longest <= CatalogueBounds.foundWords
                #expect(isShort, "\(server.slug) \(tool.name)")
                let bytes = tool.verdict.evidence.map(\.found.utf8.count).max() ?? 0
                #expect(bytes <= CatalogueBounds.foundBytes, "\(server.slug) \(tool.name)")
            }
        }
        for package in try Self.loaded.get().packages {
            #expect(words(package.name) == 1 && words(package.version) <= 1, "\(package.name)")
        }
    }
}
