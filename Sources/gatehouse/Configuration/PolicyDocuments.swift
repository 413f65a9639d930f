import Foundation
import PolicyEngine
import PolicyFiles

/// Policy files named on a command line.
enum PolicyDocuments {
    /// The document, or a failure that says every problem with its place.
    static func load(_ path: String) throws -> PolicyDocument {
        guard let bytes = try? Data(contentsOf: URL(fileURLWithPath: path)) else {
            throw CommandFailure("the policy file `\(path)` cannot be read")
        }
        let (document, problems) = PolicyFile.parse(Array(bytes), name: path)
        guard let document, !problems.contains(where: { $0.severity == .error }) else {
            throw CommandFailure(problems.map(\.description).joined(separator: "\n"), .checkFailed)
        }
        return document
    }
}
