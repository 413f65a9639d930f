import Foundation
import PolicyEngine
import PolicyFiles
import Testing

@testable import PolicyTools

/// Files of the source tree, found from where this file lies.
enum Fixture {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fixtures")

    static let examples = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Examples")

    static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appendingPathComponent(name)))
    }

    static func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

    /// The tools that the tests' policies are about.
    static func tools(_ name: String = "tools.json") throws -> ToolDefinitions {
        try ToolDefinitions(reading: bytes(name))
    }
}

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// The document of a YAML text, which has no mistake.
func document(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> PolicyDocument {
    let (document, diagnostics) = PolicyFile.parse(bytes(text), name: "policy.yaml")
    #expect(!diagnostics.contains { $0.severity == .error }, "\(diagnostics)", sourceLocation: sourceLocation)
    return try #require(document, sourceLocation: sourceLocation)
}

/// A text that is compared with a file of the fixtures.
///
/// With `GATEHOUSE_RECORD` set the file is written instead; what it then says is read before it is committed.
func expect(_ text: String, isGolden name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let file = Fixture.folder.appendingPathComponent(name)
    if ProcessInfo.processInfo.environment["GATEHOUSE_RECORD"] != nil {
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: file, atomically: true, encoding: .utf8)
    }
    let golden = try String(contentsOf: file, encoding: .utf8)
    #expect(text == golden, sourceLocation: sourceLocation)
}
