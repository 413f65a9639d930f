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

    /// A literal address of ours, with names behind it: `/catalog/providers` and `aws`.
    static func path(literal: StaticString, _ segments: String...) -> Address {
        Address(text: "\(literal)" + segments.map { "/" + AddressSegment.encoded($0) }.joined())
    }

    /// The same page as data: `/catalog/iam.json`.
    func asJSON(query: [(String, String)] = []) -> Address { Address(text: text + ".json" + Self.query(query)) }

    /// A place on the same page.
    static func fragment(_ id: String) -> Address { Address(text: "#" + PercentEncoding.encoded(id)) }

    /// A page of another site, which is a literal of ours that ends before the first segment.
    static func site(_ origin: StaticString, _ segments: String...) -> Address {
        precondition("\(origin)".hasPrefix("https://"), "another site is reached by https")
        return Address(text: "\(origin)" + segments.map { "/" + PercentEncoding.encoded($0) }.joined())
    }

    /// The address with the console's own origin before it, which the host check let through.
    func absolute(at origin: String) -> Address { Address(text: origin + text) }

    private static func query(_ members: [(String, String)]) -> String {
        if members.isEmpty { return "" }
        return "?"
            + members.map { PercentEncoding.encoded($0.0) + "=" + PercentEncoding.encoded($0.1) }.joined(separator: "&")
    }
}
