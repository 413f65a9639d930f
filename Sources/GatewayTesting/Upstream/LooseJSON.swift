/// JSON as a careless parser reads it: everything is accepted, and an object keeps every member it was written with.
///
/// Written without the strict reader, so that what that one lets through is read with other eyes.
indirect enum LooseJSON: Sendable {
    case object([(key: [UInt8], value: LooseJSON)])
    case array([LooseJSON])
    case string([UInt8])
    /// A number, `true`, `false`, `null`, or whatever stood there.
    case other([UInt8])

    init(_ bytes: [UInt8]) {
        var parser = LooseParser(bytes: bytes)
        self = parser.value()
    }
}

private struct LooseParser {
    private let bytes: [UInt8]
    private var position = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    }

    mutating func value() -> LooseJSON {
        skip(" \t\r\n,:")
        switch peek {
        case UInt8(ascii: "{"):
            position += 1
            var members: [(key: [UInt8], value: LooseJSON)] = []
            while !ends(UInt8(ascii: "}")) {
                let key = value()
                members.append((key.keyBytes, value()))
            }
            return .object(members)
        case UInt8(ascii: "["):
            position += 1
            var elements: [LooseJSON] = []
            while !ends(UInt8(ascii: "]")) { elements.append(value()) }
            return .array(elements)
        case UInt8(ascii: "\""):
            position += 1
            return .string(string())
        default:
            let start = position
            while let byte = peek, !" \t\r\n,:]}".utf8.contains(byte) { position += 1 }
            // A bracket where a value is due is passed over, so that reading always gets on.
            if position == start { position += 1 }
            return .other(Array(bytes[min(start, bytes.count)..<min(position, bytes.count)]))
        }
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skip(_ characters: String) {
        while let byte = peek, characters.utf8.contains(byte) { position += 1 }
    }

    private mutating func ends(_ bracket: UInt8) -> Bool {
        skip(" \t\r\n,:")
        guard let byte = peek else { return true }
        if byte == bracket { position += 1 }
        return byte == bracket
    }

    private mutating func string() -> [UInt8] {
        var text: [UInt8] = []
        var surrogate: UInt32?
        while let byte = peek, byte != UInt8(ascii: "\"") {
            position += 1
            guard byte == UInt8(ascii: "\\"), let escape = peek else {
                text.append(byte)
                continue
            }
            position += 1
            guard escape == UInt8(ascii: "u") else {
                text.append(Self.escapes[escape] ?? escape)
                continue
            }
            let unit = UInt32(
                String(decoding: bytes[position..<min(position + 4, bytes.count)], as: UTF8.self), radix: 16)
            position = min(position + 4, bytes.count)
            guard let unit else { continue }
            if let high = surrogate, (0xDC00...0xDFFF).contains(unit) {
                text += Self.utf8((high - 0xD800) << 10 + (unit - 0xDC00) + 0x10000)
                surrogate = nil
            } else if (0xD800...0xDBFF).contains(unit) {
                surrogate = unit
            } else {
                text += Self.utf8(unit)
            }
        }
        position += 1
        return text
    }

    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "n"): 10, UInt8(ascii: "t"): 9, UInt8(ascii: "r"): 13, UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12,
    ]

    private static func utf8(_ scalar: UInt32) -> [UInt8] {
        Array(String(Unicode.Scalar(scalar).map(Character.init) ?? "\u{FFFD}").utf8)
    }
}

extension LooseJSON {
    fileprivate var keyBytes: [UInt8] {
        switch self {
        case .string(let bytes), .other(let bytes): bytes
        case .object, .array: []
        }
    }
}
