import Foundation
import PolicyEngine
import PolicyFiles

/// Loads a configuration file and every policy it names, as one: all of it is right, or none of it is used.
struct ConfigurationLoader: Sendable {
    /// Everything read, for telling whether anything changed.
    typealias Contents = [String: Data]

    /// A configuration that can be put in force.
    struct Loaded: Sendable {
        var declared: DeclaredConfiguration
        /// By name.
        var policies: [String: PolicyDocument]
        var contents: Contents
        var warnings: [Diagnostic]
    }

    /// Why a configuration cannot be used.
    struct Failure: Error, CustomStringConvertible {
        let problems: [Diagnostic]
        let contents: Contents
        var description: String { problems.map(\.description).joined(separator: "\n") }
    }

    let path: String
    let environment: [String: String]

    func load() throws(Failure) -> Loaded {
        var contents: Contents = [:]
        guard let bytes = try? Data(contentsOf: URL(fileURLWithPath: path)) else {
            let unread = problem("the file cannot be read", suggestion: "give another with --config FILE")
            throw Failure(problems: [unread], contents: contents)
        }
        contents[path] = bytes
        let (document, syntax) = LocatedDocument.parse(Array(bytes), name: path)
        guard let document else { throw Failure(problems: syntax, contents: contents) }
        var reader = ConfigurationReader(file: path, environment: environment) { [self] file in
            Array(try Data(contentsOf: resolve(file)))
        }
        let declared = reader.read(document)
        var problems = reader.problems
        var policies: [String: PolicyDocument] = [:]
        var warnings: [Diagnostic] = []
        for policy in declared?.policies ?? [] {
            let file = resolve(policy.path)
            guard let bytes = try? Data(contentsOf: file) else {
                problems.append(problem("the policy file `\(policy.path)` cannot be read", policy.line, policy.column))
                continue
            }
            contents[file.path] = bytes
            let (read, found) = PolicyFile.parse(Array(bytes), name: file.relativePath)
            problems += found.filter { $0.severity == .error }
            warnings += found.filter { $0.severity == .warning }
            policies[policy.name] = read
        }
        guard var declared, problems.isEmpty else { throw Failure(problems: problems, contents: contents) }
        declared.dataDirectory = declared.dataDirectory.map { resolve($0).path }
        let catalogue = declared.console.catalogue.map { resolve($0.path).path }
        if let catalogue { declared.console.catalogue?.path = catalogue }
        return Loaded(declared: declared, policies: policies, contents: contents, warnings: warnings)
    }

    /// What the files hold now, as far as they can be read.
    func contents(of paths: some Sequence<String>) -> Contents {
        var contents: Contents = [:]
        for path in paths { contents[path] = try? Data(contentsOf: URL(fileURLWithPath: path)) }
        return contents
    }

    /// Paths in the file are relative to the file.
    private func resolve(_ file: String) -> URL {
        URL(fileURLWithPath: file, relativeTo: URL(fileURLWithPath: path).deletingLastPathComponent())
    }

    private func problem(
        _ message: String, _ line: Int = 1, _ column: Int = 1, suggestion: String? = nil
    ) -> Diagnostic {
        Diagnostic(
            severity: .error, file: path, line: line, column: column, pointer: "", message: message,
            suggestion: suggestion)
    }
}
