import Foundation
import PolicyEngine
import PolicyFiles
import PolicyTools

/// Policy files named on a command line.
enum PolicyDocuments {
    /// What a policy's file holds, as far as any policy may go.
    static func bytes(_ path: String) throws -> [UInt8] {
        try ReadFile.bytes(path, atMost: DocumentBounds.bytes, "the policy file")
    }

    /// The document, or a failure that says every problem with its place.
    static func load(_ path: String) throws -> PolicyDocument {
        let (document, problems) = PolicyFile.parse(try bytes(path), name: path)
        guard let document, !problems.contains(where: { $0.severity == .error }) else {
            throw CommandFailure(problems.map(\.description).joined(separator: "\n"), .checkFailed)
        }
        return document
    }

    /// A document as text that is read back as the same.
    ///
    /// YAML's reader takes two names for one that differ in bytes only (a composed and a decomposed letter); JSON does not.
    static func text(_ document: PolicyDocument, as form: PolicyFormatter.Form) throws -> String {
        let text = PolicyFormatter.write(document, as: form)
        guard PolicyFile.parse(Array(text.utf8), name: "policy.\(form.rawValue)").document == document else {
            throw CommandFailure("this policy cannot be written as \(form.rawValue) – try --form json", .checkFailed)
        }
        return text
    }
}
