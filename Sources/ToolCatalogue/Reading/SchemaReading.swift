import WireJSON

/// What an input schema says: the acts one can choose between, and the kinds of arguments.
///
/// References into the schema's own definitions are followed, arguments wrapped in one object are looked into, and
/// every bound that was reached is remembered.
struct SchemaReading {
    /// An act that a call may choose, with the value that chooses it.
    struct Choice {
        var act: Act
        /// What else its verb may do.
        let other: Act?
        let verb: WordKey
        let isSure: Bool
        let value: String
        let pointer: String
        /// The value says that many things are meant: `delete_many`.
        var isBulk = false
        /// The value says that a program is run: `run_python`.
        var isProgram = false
    }

    /// A free text that is run, queried with, fetched, opened or kept secret.
    struct FreeText {
        /// The kinds of the words in its name.
        let thing: Thing
        let name: String
        let pointer: String
        /// The name ends in a word for a secret: `admin_password`, but not `credential_id`.
        let isPassword: Bool

        /// Beside the call's own arguments, or in the one object that wraps them.
        var isNear: Bool { pointer.utf8.count { $0 == UInt8(ascii: "/") } <= 4 }

        /// A password, or two words that name a credential.
        var isSecret: Bool { thing.contains(.secret) || thing.isSuperset(of: [.perhapsSecret, .credentialHalf]) }
    }

    var choices: [Choice] = []
    /// The kinds of words in the arguments' names.
    private(set) var things: Thing = []
    /// A free text that is run, queried with, fetched, opened or kept secret, by the kind of its name.
    private(set) var freeText: [FreeText] = []
    private(set) var confirmation: (name: String, pointer: String)?
    /// A place where what comes back is put: `output_path`, `out_dir`.
    private(set) var place: (name: String, pointer: String)?
    /// What is confirmed is a cost.
    private(set) var confirmsCost = false
    /// Opens something to all: `make_public`.
    private(set) var opensToAll: (name: String, pointer: String)?
    /// Says how large a machine is ordered: `instance_type`.
    private(set) var ordersSize: (name: String, pointer: String)?
    /// Says that what is looked at is taken: `ack_mode`.
    private(set) var consumes: (name: String, pointer: String)?
    /// How many different kinds of amounts the arguments name.
    private(set) var amounts = 0
    private(set) var properties = 0
    private var inline = 0
    private var carried = 0
    var isCut = false
    /// What the tool says of itself: it may list the values that an argument itself does not.
    let description: [UInt8]

    /// - Parameter description: The tool's own, where arguments are often told about.
    init(_ schema: JSON?, of description: [UInt8] = []) {
        self.description = description
        guard let schema, schema.kind == .object else { return }
        read(schema, root: schema, at: "", depth: 0)
    }

    /// Whether every argument carries what is worked on, and none names something that is kept elsewhere.
    var isInline: Bool { carried > 0 && inline == properties }

    /// Some arguments carry what is worked on, and others name something that is kept elsewhere.
    var carriesSome: Bool { carried > 0 && inline < properties }

    /// Some argument carries what is worked on.
    var carriesAny: Bool { carried > 0 }

    /// Whether a free text of one of these kinds is among the arguments.
    func takesText(_ things: Thing) -> Bool { freeText.contains { !$0.thing.isDisjoint(with: things) } }

    private mutating func read(_ schema: JSON, root: JSON, at pointer: String, depth: Int) {
        guard depth < CatalogueBounds.depth else {
            isCut = true
            return
        }
        for (key, value) in schema.members {
            if key.equals("properties") {
                for (name, property) in value.members {
                    properties += 1
                    guard properties <= CatalogueBounds.properties else {
                        isCut = true
                        return
                    }
                    read(property, named: name, root: root, at: pointer, depth: depth)
                }
            } else if key.equals("$ref") {
                if let target = Self.target(of: value, in: root) {
                    read(target, root: root, at: pointer, depth: depth + 1)
                }
            } else if key.equals("items") {
                read(value, root: root, at: pointer + "/items", depth: depth + 1)
            } else if key.equals("anyOf") || key.equals("oneOf") || key.equals("allOf") {
                for (position, part) in value.elements.enumerated().prefix(CatalogueBounds.choices) {
                    let name = key.equals("anyOf") ? "anyOf" : key.equals("oneOf") ? "oneOf" : "allOf"
                    read(part, root: root, at: "\(pointer)/\(name)/\(position)", depth: depth + 1)
                }
            }
        }
    }

    private mutating func read(_ property: JSON, named key: JSONKey, root: JSON, at parent: String, depth: Int) {
        let name = key.utf8
        let words = WordReader.words(of: name, isName: true, limit: 8, bytes: 64)
        var kinds: Thing = []
        for word in words {
            if word.things.contains(.amount), !things.contains(.amount) || words.count == 1 { amounts += 1 }
            kinds.formUnion(word.things)
        }
        if let last = words.last, WordSet.inline.contains(last.key) {
            inline += 1
            if WordSet.carried.contains(last.key) { carried += 1 }
        }
        things.formUnion(kinds)
        if words.count > 1, words.last.map({ WordSet.narrowing.contains($0.key) }) == true {
            // `operation_types`: of what is looked for.
        } else if kinds.contains(.action) || words.last?.things.contains(.action) == true {
            readChoices(of: property, named: name, root: root, at: Self.pointer(parent, name))
        } else if property["enum"] != nil {
            readChoices(
                of: property, named: name, root: root, at: Self.pointer(parent, name), onlyVerbs: true)
        }
        let isCredential = kinds.contains(.secret) || kinds.isSuperset(of: [.perhapsSecret, .credentialHalf])
        if isCredential || !kinds.isDisjoint(with: [.shell, .code, .query, .web, .saved]), Self.isFreeText(property) {
            let shown = String(decoding: name.prefix(64), as: UTF8.self)
            let isPassword = words.last?.things.contains(.secret) ?? false
            freeText.append(
                FreeText(thing: kinds, name: shown, pointer: Self.pointer(parent, name), isPassword: isPassword))
        }
        if place == nil, words.contains(where: { WordSet.outgoing.contains($0.key) }),
            let last = words.last,
            WordSet.filed.contains(last.key) || words.count == 1 && WordSet.outfiles.contains(last.key)
        {
            place = (String(decoding: name.prefix(64), as: UTF8.self), Self.pointer(parent, name))
        }
        if confirmation == nil, kinds.contains(.confirm) {
            confirmation = (String(decoding: name.prefix(64), as: UTF8.self), Self.pointer(parent, name))
            confirmsCost = words.contains { WordSet.costs.contains($0.key) }
        }
        noteReach(of: words, named: name, at: parent)
        if Self.hasInside(property) { read(property, root: root, at: Self.pointer(parent, name), depth: depth + 1) }
    }

    private mutating func noteReach(of words: [Word], named name: [UInt8], at parent: String) {
        let found = { (String(decoding: name.prefix(64), as: UTF8.self), Self.pointer(parent, name)) }
        if consumes == nil, words.count <= 3, words.contains(where: { WordSet.consuming.contains($0.key) }) {
            consumes = found()
        }
        guard words.count > 1, let first = words.first, let last = words.last else { return }
        if ordersSize == nil, WordSet.skus.contains(first.key), WordSet.stepped.contains(last.key) {
            ordersSize = found()
        }
        if opensToAll == nil, WordSet.openers.contains(first.key), WordSet.everybody.contains(last.key) {
            opensToAll = found()
        }
        if ordersSize == nil, WordSet.sizes.contains(last.key), WordSet.sized.contains(words[words.count - 2].key) {
            ordersSize = found()
        }
    }

    private static func isFreeText(_ property: JSON) -> Bool {
        if property["enum"] != nil || property["const"] != nil { return false }
        guard let type = property["type"] else { return true }
        if type.hasText("array"), let items = property["items"], items["properties"] == nil { return isFreeText(items) }
        return type.hasText("string") || type.elements.contains { $0.hasText("string") }
    }

    private static func hasInside(_ property: JSON) -> Bool {
        property.members.contains { key, _ in
            key.equals("properties") || key.equals("$ref") || key.equals("items") || key.equals("anyOf")
                || key.equals("oneOf") || key.equals("allOf")
        }
    }

    /// What `#/$defs/Name` refers to; nil for any other reference.
    static func target(of reference: JSON, in root: JSON) -> JSON? {
        guard let text = reference.string, text.hasPrefix("#/") else { return nil }
        var place = root
        for step in text.dropFirst(2).split(separator: "/", omittingEmptySubsequences: false) {
            guard let next = place[String(step)] else { return nil }
            place = next
        }
        return place
    }

    private static func pointer(_ parent: String, _ name: [UInt8]) -> String {
        parent + "/properties/" + PointerStep.escaped(name)
    }
}
