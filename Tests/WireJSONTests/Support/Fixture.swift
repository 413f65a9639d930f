import Foundation
import Testing

/// A table of cases beside the tests: one case a line, its columns separated by tabs, lines that start with `# `
/// being titles.
struct Fixture {
    struct Row: Sendable, CustomTestStringConvertible {
        var line: Int
        var columns: [String]
        var testDescription: String { columns.joined(separator: " | ") }
    }

    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fixtures")

    static func rows(_ name: String) -> [Row] {
        guard let data = try? Data(contentsOf: folder.appendingPathComponent(name)) else {
            Issue.record("Fixtures/\(name) is missing")
            return []
        }
        var rows: [Row] = []
        for (number, line) in data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            let columns = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
            if columns.count > 1 {
                rows.append(Row(line: number + 1, columns: columns.map { String(decoding: $0, as: UTF8.self) }))
            }
        }
        return rows
    }
}

extension String {
    /// The bytes a fixture's text stands for: `⟨C3 A9⟩` is two bytes in hexadecimal, all else is itself.
    var fixtureBytes: [UInt8] {
        var bytes: [UInt8] = []
        var rest = self[...]
        while let open = rest.firstIndex(of: "⟨"), let close = rest[open...].firstIndex(of: "⟩") {
            bytes += rest[..<open].utf8
            bytes += rest[rest.index(after: open)..<close].split(separator: " ").compactMap { UInt8($0, radix: 16) }
            rest = rest[rest.index(after: close)...]
        }
        return bytes + rest.utf8
    }
}
