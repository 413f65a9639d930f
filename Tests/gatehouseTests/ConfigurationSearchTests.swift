import Foundation
import Testing
import ToolInventory

@testable import gatehouse

/// How much of a folder a search for configurations reads.
struct ConfigurationSearchTests {
    @Test("what all files together may hold bounds what is read, and what is left out is told")
    func budget() throws {
        let folder = NSTemporaryDirectory() + "gatehouse-search-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = #"{"mcpServers":{"a":{"command":"srv"}}}"#
        for name in ["a", "b", "c"] {
            try Data(file.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name).json"))
        }
        var search = ConfigurationSearch(bytes: file.utf8.count * 2)
        try search.search(folder)
        #expect(search.found.count == 2)
        #expect(search.problems.map(\.message) == ["all files together are larger than is read"])
        var whole = ConfigurationSearch(bytes: file.utf8.count * 3)
        try whole.search(folder)
        #expect(whole.found.count == 3 && whole.problems.isEmpty)
    }
}
