/// An address as links and forms hold it: made of parts that were encoded, so that a name in it stays a name.
struct Address: Sendable, Hashable {
    /// ASCII, percent-encoded (RFC 3986).
    let text: String

    private init(text: String) { self.text = text }

    /// An address of the console itself: `/catalog/iam`. Each segment is a name, whatever it holds.
    static func path(_ segments: String..., query: [(String, String)] = []) -> Address {
        path(segments, query: query)
    }

    static func path(_ segments: [String], query: [(String, String)] = []) -> Address {
        let path = segments.map { "/" + AddressSegment.encoded($0) }.joined()
        return Address(text: (path.isEmpty ? "/" : path) + Self.query(query))
    }

    /// The same page as data: `/catalog/iam.json`.
    func asJSON(query: [(String, String)] = []) -> Address { Address(text: text + ".json" + Self.query(query)) }

    /// A place on the same page.
    static func fragment(_ id: String) -> Address { Address(text: "#" + percentEncoded(id)) }

    /// A page of another site, which is a literal of ours that ends before the first segment.
    static func site(_ origin: StaticString, _ segments: String...) -> Address {
        precondition("\(origin)".hasPrefix("https://"), "another site is reached by https")
        return Address(text: "\(origin)" + segments.map { "/" + percentEncoded($0) }.joined())
    }

    /// The address with the console's own origin before it, which the host check let through.
    func absolute(at origin: String) -> Address { Address(text: origin + text) }

    private static func query(_ members: [(String, String)]) -> String {
        if members.isEmpty { return "" }
        return "?" + members.map { percentEncoded($0.0) + "=" + percentEncoded($0.1) }.joined(separator: "&")
    }

    /// Every byte that is not unreserved becomes `%XX`.
    static func percentEncoded(_ text: String) -> String {
        var encoded: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                encoded.append(byte)
            default:
                encoded.append(UInt8(ascii: "%"))
                let digits = Array(String(byte, radix: 16, uppercase: true).utf8)
                encoded += digits.count == 1 ? [UInt8(ascii: "0")] + digits : digits
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
