import WireJSON

/// A value of a TOML document, as far as its kind matters here.
enum TOMLValue {
    case text([UInt8])
    case truth(Bool)
    /// A number or a moment, as written.
    case literal([UInt8])
    case list([TOMLValue])
    /// `[[name]]`: each with the keys below its heading.
    case tables([TOMLTable])
    case table(TOMLTable)

    /// How many levels are nested, this one included; 0 for what nests nothing.
    var depth: Int {
        switch self {
        case .text, .truth, .literal: 0
        case .list(let values): 1 + (values.map(\.depth).max() ?? 0)
        case .tables(let tables): 1 + (tables.map(\.depth).max() ?? 0)
        case .table(let table): table.depth
        }
    }

    func write(to writer: inout JSONWriter) {
        switch self {
        case .text(let text): writer.string(utf8: text)
        case .truth(let truth): writer.bool(truth)
        case .literal(let text):
            if text.count <= 18, text.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), text.first != 0x30 || text.count == 1 {
                writer.raw(text)
            } else {
                writer.string(utf8: text)
            }
        case .list(let values): writer.array { list in for value in values { value.write(to: &list) } }
        case .tables(let tables): writer.array { list in for table in tables { table.write(to: &list) } }
        case .table(let table): table.write(to: &writer)
        }
    }
}

/// Keys and values in the order written. A key is there once.
struct TOMLTable {
    /// How it came to be, which decides what may be added to it (TOML 1.0, "Table", "Inline Table").
    enum Origin {
        /// Only as the way to another: a heading of its own may follow.
        case implied
        case heading
        /// By keys with dots: no heading may follow.
        case dotted
        /// Whole as written.
        case inline
    }

    var origin: Origin
    private(set) var keys: [[UInt8]] = []
    private var values: [[UInt8]: TOMLValue] = [:]

    init(_ origin: Origin) { self.origin = origin }

    subscript(key: [UInt8]) -> TOMLValue? {
        get { values[key] }
        set {
            if values.updateValue(newValue ?? .list([]), forKey: key) == nil { keys.append(key) }
        }
    }

    /// How many levels are nested, this one included.
    var depth: Int { 1 + (values.values.map(\.depth).max() ?? 0) }

    func write(to writer: inout JSONWriter) {
        writer.object {
            for key in keys {
                $0.key(String(decoding: key, as: UTF8.self))
                values[key]?.write(to: &$0)
            }
        }
    }

    /// Puts a value at a path of keys, making the tables on the way; false where something else is in the way.
    mutating func put(_ value: TOMLValue, at path: ArraySlice<[UInt8]>, making origin: Origin) -> Bool {
        guard let key = path.first else { return false }
        if path.count == 1 {
            guard values[key] == nil else { return false }
            self[key] = value
            return true
        }
        return enter(key, making: origin) { $0.put(value, at: path.dropFirst(), making: origin) }
    }

    /// Opens the table of a heading; false where it was opened before, or something else is in the way.
    mutating func open(_ path: ArraySlice<[UInt8]>, isOneOfSeveral: Bool) -> Bool {
        guard let key = path.first else { return false }
        guard path.count == 1 else {
            return enter(key, making: .implied) { $0.open(path.dropFirst(), isOneOfSeveral: isOneOfSeveral) }
        }
        switch values[key] {
        case nil:
            self[key] = isOneOfSeveral ? .tables([TOMLTable(.heading)]) : .table(TOMLTable(.heading))
            return true
        case .tables(var tables) where isOneOfSeveral && tables.count < ClientFileBounds.tables:
            self[key] = .truth(false)
            tables.append(TOMLTable(.heading))
            self[key] = .tables(tables)
            return true
        case .table(var table) where !isOneOfSeveral && table.origin == .implied:
            table.origin = .heading
            self[key] = .table(table)
            return true
        default: return false
        }
    }

    /// Goes on in the table under a key, the last where there are several.
    mutating func enter(_ key: [UInt8], making origin: Origin, _ body: (inout TOMLTable) -> Bool) -> Bool {
        switch values[key] {
        case nil:
            var table = TOMLTable(origin)
            guard body(&table) else { return false }
            self[key] = .table(table)
            return true
        case .table(var table):
            // Keys with dots add to no table that a heading made, nor a heading's way to an inline one.
            guard table.origin != .inline, origin != .dotted || table.origin != .heading else { return false }
            // Taken out meanwhile, so that it is not copied.
            self[key] = .truth(false)
            let isDone = body(&table)
            self[key] = .table(table)
            return isDone
        case .tables(var tables):
            guard origin != .dotted, !tables.isEmpty else { return false }
            self[key] = .truth(false)
            var last = tables.removeLast()
            let isDone = body(&last)
            tables.append(last)
            self[key] = .tables(tables)
            return isDone
        default: return false
        }
    }
}
