import Foundation
public import PolicyEngine

/// Reads policy documents from files.
///
///     let (document, diagnostics) = PolicyFile.load(path: "policies/iam-safe.yaml")
///     for diagnostic in diagnostics { print(diagnostic) }
public enum PolicyFile {
    /// A document, unless there is an error; and what there is to say about the file, in its order.
    public typealias Reading = (document: PolicyDocument?, diagnostics: [Diagnostic])

    /// Reads the file at a path: JSON when its name ends with `.json`, else YAML.
    public static func load(path: String) -> Reading {
        switch BoundedFile.bytes(at: path) {
        case .success(let bytes):
            return parse(bytes, name: path)
        case .failure(let problem):
            return (nil, [LocatedDocument.problem(path, 1, 1, problem.description)])
        }
    }

    /// Reads a document: JSON when the name ends with `.json`, else YAML.
    ///
    /// Takes time and memory in proportion to the bytes, of which there may be ``DocumentBounds/bytes``.
    public static func parse(_ bytes: [UInt8], name: String) -> Reading {
        let (value, syntax) = LocatedDocument.parse(bytes, name: name)
        guard let value else { return (nil, syntax) }
        var decoder = PolicyDecoder(problems: Problems(file: name))
        let document = decoder.document(value)
        return (document, decoder.problems.sorted)
    }
}

/// Reads a file that is no longer than a policy may be.
enum BoundedFile {
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    static func bytes(at path: String) -> Result<[UInt8], Problem> {
        guard let file = FileHandle(forReadingAtPath: path) else {
            return .failure(Problem(description: "the file cannot be opened"))
        }
        defer { try? file.close() }
        do {
            let data = try file.read(upToCount: DocumentBounds.bytes + 1) ?? Data()
            guard data.count <= DocumentBounds.bytes else { return .failure(Problem(description: "text too long")) }
            return .success(Array(data))
        } catch {
            return .failure(Problem(description: "the file cannot be read"))
        }
    }
}
