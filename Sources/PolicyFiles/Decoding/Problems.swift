/// Collects what is wrong in one document while it is decoded; decoding goes on, so that a person sees everything at
/// once.
struct Problems {
    let file: String
    private(set) var diagnostics: [Diagnostic] = []
    private(set) var hasErrors = false

    init(file: String) {
        self.file = file
    }

    /// In the order of the file.
    var sorted: [Diagnostic] {
        diagnostics.enumerated().sorted { left, right in
            (left.element.line, left.element.column, left.offset) < (
                right.element.line, right.element.column, right.offset
            )
        }.map(\.element)
    }

    /// - Parameter nearest: what was probably meant.
    mutating func error(_ message: String, at place: Located, nearest: String? = nil) {
        hasErrors = true
        add(.error, message, place, nearest)
    }

    mutating func warning(_ message: String, at place: Located) {
        add(.warning, message, place, nil)
    }

    private mutating func add(_ severity: Diagnostic.Severity, _ message: String, _ place: Located, _ nearest: String?)
    {
        guard diagnostics.count < DocumentBounds.diagnostics else { return }
        diagnostics.append(
            Diagnostic(
                severity: severity, file: file, line: place.line, column: place.column, pointer: place.pointer,
                message: message, suggestion: nearest.map { "did you mean `\($0)`?" }))
    }
}
