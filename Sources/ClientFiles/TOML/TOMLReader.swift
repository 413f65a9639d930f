/// Reads the statements of a TOML document: headings, and keys with their values.
struct TOMLReader {
    let text: [UInt8]
    var position = 0
    private(set) var root = TOMLTable(.heading)
    private(set) var places: [[[UInt8]]: Int] = [:]
    private(set) var headings: [(offset: Int, path: [[UInt8]])] = []
    private var current: [[UInt8]] = []

    /// How deep values are nested within one another, and how many keys a path has.
    static let depth = 24
    /// How many keys of a path have their place remembered.
    private static let placedDepth = 4

    init(_ text: [UInt8]) { self.text = text }

    mutating func read() throws(TOMLMistake) {
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        while true {
            try skipLines()
            guard let byte = peek else { return }
            if byte == UInt8(ascii: "[") { try heading() } else { try statement() }
            skipSpaces()
            try skipComment()
            guard position == text.count || peek == 0x0A || peek == 0x0D else {
                throw mistake("something after the value")
            }
        }
    }

    private mutating func heading() throws(TOMLMistake) {
        let start = position
        position += 1
        let isOneOfSeveral = peek == UInt8(ascii: "[")
        if isOneOfSeveral { position += 1 }
        let path = try keys()
        try expect(UInt8(ascii: "]"))
        if isOneOfSeveral { try expect(UInt8(ascii: "]")) }
        guard headings.count < ClientFileBounds.tables else { throw mistake("more tables than are read") }
        guard root.open(path[...], isOneOfSeveral: isOneOfSeveral) else {
            throw TOMLMistake(offset: start, reason: "this table is there already, or its name is taken")
        }
        headings.append((start, path))
        if places[path] == nil { places[path] = start }
        current = path
    }

    private mutating func statement() throws(TOMLMistake) {
        let start = position
        let path = try keys()
        try expect(UInt8(ascii: "="))
        skipSpaces()
        let value = try value(depth: 0)
        guard places.count < ClientFileBounds.values else { throw mistake("more keys than are read") }
        let isPut = Self.within(&root, current[...]) { $0.put(value, at: path[...], making: .dotted) }
        guard isPut else {
            throw TOMLMistake(offset: start, reason: "duplicate key, or a key of what is no table")
        }
        // As deep as a server's variables lie: mcp_servers.NAME.env.NAME.
        let whole = current + path
        guard current.count < Self.placedDepth else { return }
        for count in (current.count + 1)...min(whole.count, Self.placedDepth)
        where places[Array(whole[..<count])] == nil {
            places[Array(whole[..<count])] = start
        }
        if case .table(let table) = value, whole.count < Self.placedDepth {
            for key in table.keys where places[whole + [key]] == nil { places[whole + [key]] = start }
        }
    }

    private static func within(
        _ table: inout TOMLTable, _ path: ArraySlice<[UInt8]>, _ body: (inout TOMLTable) -> Bool
    ) -> Bool {
        guard let key = path.first else { return body(&table) }
        return table.enter(key, making: .implied) { within(&$0, path.dropFirst(), body) }
    }

    /// A key, or several with dots between.
    mutating func keys() throws(TOMLMistake) -> [[UInt8]] {
        var path: [[UInt8]] = []
        repeat {
            if !path.isEmpty { position += 1 }
            skipSpaces()
            path.append(try key())
            skipSpaces()
            guard path.count <= Self.depth else { throw mistake("nested too deeply") }
        } while peek == UInt8(ascii: ".")
        return path
    }

    private mutating func key() throws(TOMLMistake) -> [UInt8] {
        switch peek {
        case UInt8(ascii: "\""): return try basicString()
        case UInt8(ascii: "'"): return try literalString()
        default:
            let start = position
            while let byte = peek, Self.isBare(byte) { position += 1 }
            guard position > start else { throw mistake("a key is missing") }
            return Array(text[start..<position])
        }
    }

    private static func isBare(_ byte: UInt8) -> Bool {
        byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39 || byte == 0x2D || byte == 0x5F
    }

    // MARK: Scanning

    var peek: UInt8? { position < text.count ? text[position] : nil }

    func mistake(_ reason: String) -> TOMLMistake { TOMLMistake(offset: position, reason: reason) }

    mutating func expect(_ byte: UInt8) throws(TOMLMistake) {
        guard peek == byte else { throw mistake("`\(Character(Unicode.Scalar(byte)))` is missing") }
        position += 1
    }

    mutating func skipSpaces() {
        while peek == 0x20 || peek == 0x09 { position += 1 }
    }

    mutating func skipComment() throws(TOMLMistake) {
        guard peek == UInt8(ascii: "#") else { return }
        while let byte = peek, byte != 0x0A {
            guard byte >= 0x20 || byte == 0x09 || byte == 0x0D else { throw mistake("control character in a comment") }
            position += 1
        }
    }

    /// Spaces, line breaks and comments.
    mutating func skipLines() throws(TOMLMistake) {
        while let byte = peek {
            switch byte {
            case 0x20, 0x09, 0x0A: position += 1
            case 0x0D:
                guard position + 1 < text.count, text[position + 1] == 0x0A else {
                    throw mistake("a lone carriage return")
                }
                position += 2
            case UInt8(ascii: "#"): try skipComment()
            default: return
            }
        }
    }
}
