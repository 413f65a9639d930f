import Administration
import PolicyEngine
import PolicyFiles
import PolicyTools
import WireJSON

extension PolicyVerdict {
    /// What reading and compiling a document finds.
    init(checking text: String) {
        let (document, diagnostics) = PolicyFile.parse(Array(text.utf8), name: "policy")
        func problems(_ severity: Diagnostic.Severity) -> [PolicyProblem] {
            diagnostics.filter { $0.severity == severity }.map { diagnostic in
                let hint = diagnostic.suggestion.map { " – \($0)" } ?? ""
                return PolicyProblem(
                    line: diagnostic.line, column: diagnostic.column, pointer: diagnostic.pointer,
                    message: diagnostic.message + hint)
            }
        }
        var errors = problems(.error)
        if errors.isEmpty {
            do throws(PolicyError) {
                if let document { _ = try Policy(compiling: document, id: "policy", version: 1) }
            } catch {
                errors.append(PolicyProblem(line: 1, column: 1, pointer: "", message: "\(error)"))
            }
            if document == nil {
                errors.append(PolicyProblem(line: 1, column: 1, pointer: "", message: "there is no document"))
            }
        }
        self.init(errors: errors, warnings: problems(.warning))
    }
}

extension PolicyComparison {
    /// What two documents decide differently; nil where one of them has errors.
    ///
    /// - Parameter definitions: of tools, JSON as their server sent them; what cannot be read is left out.
    init?(from old: String, to new: String, over definitions: [[UInt8]]?) {
        guard let before = Self.document(old), let after = Self.document(new) else { return nil }
        let tools = definitions.map { definitions in
            ToolDefinitions(definitions.compactMap { (try? JSON(lenient: $0)).flatMap { ToolDefinition($0) } })
        }
        let diff = PolicyDiff(from: before, to: after, over: tools)
        self.init(
            isLooser: diff.isLooser, tools: diff.tools,
            changes: diff.differences.map { difference in
                Change(
                    direction: difference.direction.rawValue, kind: difference.kind.rawValue,
                    subject: difference.subject, detail: difference.detail, old: difference.oldPointer,
                    new: difference.newPointer)
            })
    }

    private static func document(_ text: String) -> PolicyDocument? {
        let (document, diagnostics) = PolicyFile.parse(Array(text.utf8), name: "policy")
        return diagnostics.contains { $0.severity == .error } ? nil : document
    }
}
