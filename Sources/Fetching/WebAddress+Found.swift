extension WebAddress {
    /// An address out of a document, a header or any other text that was fetched.
    ///
    /// It begins with `https://` and never leads to a private network, unless it is at an origin that an operator typed: a
    /// person who named a server inside their own network meant that server, and nothing else in there.
    ///
    /// - Parameter typed: the addresses an operator typed that led here.
    public init(found url: String, typed: [WebAddress]) throws(WebAddressError) {
        let found = try WebAddress(url, isOperatorTyped: false)
        if typed.contains(where: { $0.isOperatorTyped && $0.isAtSameOrigin(as: found) }) {
            self = try WebAddress(url, isOperatorTyped: true)
        } else {
            guard found.scheme == .https else { throw .notSecure }
            self = found
        }
    }

    /// Whether scheme, host and port are the same, compared as bytes.
    public func isAtSameOrigin(as other: WebAddress) -> Bool {
        scheme == other.scheme && port == other.port && host.utf8.elementsEqual(other.host.utf8)
    }
}
