import Foundation
import Testing

/// A policy with a mistake in it, and the exact lines that are said of it.
struct PlantedMistake: CustomTestStringConvertible, Sendable {
    let name: String
    let text: String
    let says: [String]

    var testDescription: String { name }

    /// `=== NAME`, the document (its head is left out where it starts with an indent), `--- says`, the lines with the
    /// JSON Pointer in brackets behind each.
    static let all: [PlantedMistake] = {
        guard let all = try? Fixture.text("planted-mistakes.txt") else { return [] }
        return all.components(separatedBy: "=== ").dropFirst().map { part in
            let parts = part.components(separatedBy: "--- says\n")
            let name = String(parts[0].prefix { $0 != "\n" })
            return PlantedMistake(
                name: name, text: String(parts[0].dropFirst(name.count + 1)),
                says: parts.count > 1 ? parts[1].split(separator: "\n").map(String.init) : [])
        }
    }()

    /// Writes the table anew with what is said now; for reading before it is committed.
    static func record(_ all: [PlantedMistake]) throws {
        let text = all.map { "=== \($0.name)\n\($0.text)--- says\n\($0.says.joined(separator: "\n"))\n" }.joined()
        try text.write(
            to: Fixture.folder.appendingPathComponent("planted-mistakes.txt"), atomically: true, encoding: .utf8)
    }
}
