import PolicyEngine
import PolicyFiles
import WireJSON

/// Turns the older dialect's values into a policy document, refusing what would be looser here.
struct Importer {
    let file: String
    let source: SourceLines
    let scope: LimitScope
    private(set) var diagnostics: [Diagnostic] = []
    private(set) var hasRefused = false

    init(file: String, source: SourceLines, scope: LimitScope) {
        self.file = file
        self.source = source
        self.scope = scope
    }

    var sorted: [Diagnostic] {
        diagnostics.enumerated().sorted { left, right in
            (left.element.line, left.element.column, left.offset) < (
                right.element.line, right.element.column, right.offset
            )
        }.map(\.element)
    }

    mutating func refuse(_ message: String, at place: Located, _ suggestion: String? = nil) {
        hasRefused = true
        say(.error, message, place, suggestion)
    }

    mutating func note(_ message: String, at place: Located, _ suggestion: String? = nil) {
        say(.warning, message, place, suggestion)
    }

    private mutating func say(
        _ severity: Diagnostic.Severity, _ message: String, _ place: Located, _ suggestion: String?
    ) {
        guard diagnostics.count < DocumentBounds.diagnostics else { return }
        diagnostics.append(
            Diagnostic(
                severity: severity, file: file, line: place.line, column: place.column, pointer: place.pointer,
                message: Wording.safe(message), suggestion: suggestion.map { Wording.safe($0) }))
    }

    // MARK: The document

    mutating func document(_ root: Located) -> PolicyDocument? {
        let known = ["version", "description", "default", "hide", "tools"]
        guard let members = members(of: root, "a policy", known) else { return nil }
        let values = Dictionary(members.map { ($0.key, $0.value) }) { first, _ in first }
        switch values["version"]?.scalarText {
        case "1": break
        case let version?: refuse("unknown version `\(version)`; only \"1\" is known", at: values["version"] ?? root)
        case nil: refuse("`version` is missing; write \"1\"", at: values["version"] ?? root)
        }
        let standing = standing(values["default"])
        if values["default"] == nil {
            note("without `default` every unlisted tool is allowed, as in the original", at: root)
        }
        var document = PolicyDocument(
            description: values["description"].flatMap { text($0, "description") },
            tools: RuleSection(standing: standing ?? .deny, hide: hide(values["hide"])))
        for member in values["tools"]?.members ?? [] { tool(member, into: &document) }
        if let tools = values["tools"], tools.members == nil {
            refuse("`tools` is an object of names, not \(tools.noun)", at: tools)
        }
        if document.comparesArguments {
            note(
                """
                two things differ: an argument left out is judged by the accepted schema's default, and numbers compare \
                exactly, without rounding
                """, at: root)
        }
        return document
    }

    private mutating func standing(_ place: Located?) -> RuleSection.Standing? {
        guard let place else { return .allow }
        guard let text = text(place, "default") else { return nil }
        if let standing = RuleSection.Standing(rawValue: text) { return standing }
        refuse("`default` is `allow` or `deny`, not `\(text)`", at: place)
        return nil
    }

    private mutating func hide(_ place: Located?) -> [NamePattern] {
        guard let place else { return [] }
        guard let elements = place.elements else {
            refuse("`hide` is a list, not \(place.noun)", at: place)
            return []
        }
        var names: [NamePattern] = []
        for element in elements {
            guard let text = text(element, "hide") else { continue }
            guard let name = NamePattern(text) else {
                refuse("a name is not empty and has at most \(PolicyBounds.nameBytes) bytes", at: element)
                continue
            }
            if !name.isExact, !name.matchesEverything {
                note("`*` is a pattern here, so this hides every tool that matches it", at: element)
            }
            if !names.contains(name) { names.append(name) }
        }
        return names
    }

    private mutating func tool(_ member: Located.Member, into document: inout PolicyDocument) {
        let isForAll = member.key.utf8.elementsEqual("*".utf8)
        guard let names = NamePattern(member.key) else {
            return refuse("a name is not empty and has at most \(PolicyBounds.nameBytes) bytes", at: member.at)
        }
        guard names.isExact || isForAll else {
            return refuse(
                "in the original `\(member.key)` is one tool's name, here a pattern that would list others",
                at: member.at,
                "write the names of the tools that are meant")
        }
        let group = group(member.value, of: isForAll ? nil : member.key)
        if isForAll {
            document.allTools = group
        } else {
            document.tools.entries.append(RuleSection.Entry(names, group))
        }
    }

    // MARK: Values of a kind

    /// The members of an object that has these keys and no others; `nil` when it is no object.
    mutating func members(of place: Located, _ what: String, _ known: [String]) -> [Located.Member]? {
        guard let members = place.members else {
            refuse("\(what) is an object, not \(place.noun)", at: place)
            return nil
        }
        for member in members where !known.contains(where: { $0.utf8.elementsEqual(member.key.utf8) }) {
            if let why = Self.untranslatable[member.key] {
                refuse("`\(member.key)` cannot be carried over: \(why)", at: member.at)
            } else {
                refuse(
                    "unknown key `\(member.key)` in \(what)", at: member.at,
                    Spelling.suggestion(member.key, among: known))
            }
        }
        return members
    }

    mutating func text(_ place: Located, _ what: String) -> String? {
        guard case .text(let text) = place.content else {
            refuse("`\(what)` is text, not \(place.noun)", at: place)
            return nil
        }
        return text
    }

    private static let present = "it belongs to this language already"

    /// What the dialect also knows and this language says otherwise, or not at all.
    private static let untranslatable = [
        "all_tools": present, "approve_if": present, "deny_if": present, "limits": present, "require": present,
        "idempotency_window": "repeated calls are told apart by no rule here",
        "spend": "prices that a server quotes are not judged here; cap an argument with `limits`",
        "spend_limit": "prices that a server quotes are not judged here; cap an argument with `limits`",
    ]
}

extension PolicyDocument {
    fileprivate var comparesArguments: Bool {
        RuleSources(self).all.contains { source in source.rules(for: "").contains { !($0.conditions ?? []).isEmpty } }
    }
}
