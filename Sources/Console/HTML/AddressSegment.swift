/// A name as one segment of an address, and back.
///
/// Some names cannot stand there as they are: an empty one, `.` and `..`, which browsers resolve, one that ends in
/// `.json`, which asks for data, and words that are addresses of their own. They stand between tildes: `~..~`.
enum AddressSegment {
    /// Words that begin other addresses where a name could stand.
    private static let reserved = ["providers"]
    private static let data = ".json"

    static func encoded(_ name: String) -> String {
        PercentEncoding.encoded(needsTildes(name) ? "~\(name)~" : name)
    }

    /// The name in a segment as it was sent, and whether it is asked for as data. Nil where the segment is no name:
    /// malformed escapes, or bytes that are not UTF-8.
    static func decoded(_ segment: Substring) -> (name: String, isData: Bool)? {
        guard var text = PercentEncoding.decoded(segment) else { return nil }
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
}
