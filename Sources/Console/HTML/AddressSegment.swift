/// A name as one segment of an address, and back.
///
/// Some names cannot stand there as they are: an empty one, `.` and `..`, which browsers resolve, one that ends in
/// `.json`, which asks for data, and words that are addresses of their own. They stand between tildes: `~..~`.
enum AddressSegment {
    /// Words that begin other addresses where a name could stand.
    private static let reserved = ["providers"]
    private static let data = ".json"

    static func encoded(_ name: String) -> String {
        Address.percentEncoded(needsTildes(name) ? "~\(name)~" : name)
    }

    /// The name in a segment as it was sent, and whether it is asked for as data. Nil where the segment is no name:
    /// malformed escapes, or bytes that are not UTF-8.
    static func decoded(_ segment: Substring) -> (name: String, isData: Bool)? {
        guard var text = percentDecoded(segment) else { return nil }
        let isData = text.utf8.count > data.utf8.count && endsAsData(text)
        if isData { text.unicodeScalars.removeLast(data.unicodeScalars.count) }
        if text.utf8.count >= 2, text.utf8.first == UInt8(ascii: "~"), text.utf8.last == UInt8(ascii: "~") {
            return (String(text.unicodeScalars.dropFirst().dropLast()), isData)
        }
        return needsTildes(text) ? nil : (text, isData)
    }

    private static func needsTildes(_ name: String) -> Bool {
        name.isEmpty || name == "." || name == ".." || name.utf8.first == UInt8(ascii: "~") || endsAsData(name)
            || reserved.contains { name.utf8.elementsEqual($0.utf8) }
    }

    private static func endsAsData(_ text: String) -> Bool {
        text.utf8.suffix(data.utf8.count).elementsEqual(data.utf8)
    }

    private static func percentDecoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
