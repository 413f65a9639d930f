import PolicyFiles

/// Collects what a check finds, each with its place.
struct Findings: Sendable {
    let file: String
    let places: DocumentPlaces
    private var warnings: [Diagnostic] = []

    init(file: String, places: DocumentPlaces) {
        self.file = file
        self.places = places
    }

    /// No more are told than a person will read.
    private var hasRoom: Bool { warnings.count < DocumentBounds.diagnostics }

    /// Warns of the value at a pointer.
    mutating func warn(_ message: String, of pointer: String, _ suggestion: String? = nil) {
        guard hasRoom else { return }
        add(message, places.value(at: pointer), suggestion)
    }

    /// Warns of the key at a pointer.
    mutating func warn(_ message: String, ofKey pointer: String, _ suggestion: String? = nil) {
        guard hasRoom else { return }
        add(message, places.key(at: pointer), suggestion)
    }

    private mutating func add(_ message: String, _ place: Located, _ suggestion: String?) {
        warnings.append(
            Diagnostic(
                severity: .warning, file: file, line: place.line, column: place.column, pointer: place.pointer,
                message: Wording.safe(message), suggestion: suggestion.map { Wording.safe($0) }))
    }

    /// With what reading the document said, in the order of the file; no more than a person will read.
    func sorted(with diagnostics: [Diagnostic]) -> [Diagnostic] {
        (diagnostics + warnings).enumerated().sorted { left, right in
            (left.element.line, left.element.column, left.offset) < (
                right.element.line, right.element.column, right.offset
            )
        }.map(\.element).prefix(DocumentBounds.diagnostics).map { $0 }
    }
}
