/// Makes a typed document of the values in a file, and says of everything it cannot use where and why.
///
/// A part with a mistake is left out, so that the parts after it are looked at too; a document with an error in it is
/// never given out.
struct PolicyDecoder {
    var problems: Problems

    /// The members of an object that has these keys and no others; `nil` when it is no object.
    ///
    /// - Parameter what: what the object is, for messages: `a limit`.
    mutating func fields(of place: Located, _ what: String, _ known: [String]) -> Fields? {
        guard let members = place.members else {
            var nearest: String?
            if case .null = place.content { nearest = "{}" }
            problems.error("\(what) is an object, not \(place.noun)", at: place, nearest: nearest)
            return nil
        }
        var fields = Fields()
        for member in members {
            if known.contains(where: { $0.utf8.elementsEqual(member.key.utf8) }) {
                fields.members.append(member)
            } else {
                let nearest = Self.usual[member.key]?.first { known.contains($0) }
                problems.error(
                    "unknown key `\(member.key)` in \(what)", at: member.at,
                    nearest: nearest ?? Spelling.nearest(to: member.key, among: known))
            }
        }
        return fields
    }

    /// The elements of a list; none when it is no list.
    mutating func elements(of place: Located?, _ what: String) -> [Located] {
        guard let place else { return [] }
        guard let elements = place.elements else {
            problems.error("`\(what)` is a list, not \(place.noun)", at: place)
            return []
        }
        return elements
    }

    mutating func text(_ place: Located?, _ key: String) -> String? {
        text(place, naming: "`\(key)`")
    }

    mutating func text(_ place: Located, elementOf key: String) -> String? {
        text(place, naming: "an element of `\(key)`")
    }

    private mutating func text(_ place: Located?, naming what: String) -> String? {
        guard let place else { return nil }
        guard case .text(let text) = place.content else {
            problems.error("\(what) is text, not \(place.noun)", at: place)
            return nil
        }
        warnIfDoubtful(place)
        return text
    }

    /// Says which of the keys an object must have are not there.
    mutating func require(_ keys: [String], in fields: Fields, _ what: String, at place: Located) {
        for key in keys where fields[key] == nil { problems.error("`\(key)` is missing in \(what)", at: place) }
    }

    mutating func truth(_ place: Located?, _ what: String) -> Bool? {
        guard let place else { return nil }
        guard case .bool(let truth) = place.content else {
            problems.error("`\(what)` is true or false, not \(place.noun)", at: place)
            return nil
        }
        return truth
    }

    /// One of a closed set of words.
    mutating func word<Word>(_ place: Located?, _ what: String) -> Word?
    where Word: RawRepresentable & CaseIterable, Word.RawValue == String {
        guard let place, let text = text(place, what) else { return nil }
        if let word = Word.allCases.first(where: { $0.rawValue.utf8.elementsEqual(text.utf8) }) { return word }
        let words = Word.allCases.map(\.rawValue)
        let choice = words.map { "`\($0)`" }.joined(separator: ", ")
        let nearest = Spelling.nearest(to: text, among: words)
        problems.error("`\(what)` is one of \(choice), not `\(text)`", at: place, nearest: nearest)
        return nil
    }

    /// Says that unquoted text, here or further in, may have been meant as something else.
    mutating func warnIfDoubtful(_ place: Located) {
        switch place.content {
        case .text(let text):
            guard place.isDoubtful else { return }
            problems.warning(
                "`\(text)` is text here; quote it, or write true, false, null or a plain number", at: place)
        case .sequence(let elements):
            for element in elements { warnIfDoubtful(element) }
        case .mapping(let members):
            for member in members { warnIfDoubtful(member.value) }
        case .number, .bool, .null:
            return
        }
    }

    /// What people write who know another language of this kind.
    private static let usual: [String: [String]] = [
        "when": ["conditions"], "if": ["conditions"], "operator": ["op"], "field": ["path"], "arg": ["path"],
        "argument": ["path"], "values": ["value"], "and": ["all"], "or": ["any"],
        "message": ["on_deny", "reason"], "msg": ["message", "on_deny"], "reason": ["on_deny", "message"],
        "on_denial": ["on_deny"], "error": ["on_deny"], "description": ["message", "on_deny", "reason"],
        "deny": ["deny_if"], "approve": ["approve_if"], "requires": ["require"], "limit": ["limits"],
        "hidden": ["hide"], "per": ["scope"], "cost": ["amount"], "name": ["counter"], "period": ["window"],
        "timeout": ["expires"],
    ]
}

/// The members of an object whose keys are known.
struct Fields {
    var members: [Located.Member] = []

    subscript(key: String) -> Located? {
        members.first { $0.key.utf8.elementsEqual(key.utf8) }?.value
    }

    func member(_ key: String) -> Located.Member? {
        members.first { $0.key.utf8.elementsEqual(key.utf8) }
    }
}
