import PolicyEngine

/// JSON Pointers (RFC 6901) as places of a policy document are named.
enum JSONPointer {
    /// The keys and indices on the way, unescaped.
    static func tokens(of pointer: String) -> [String] {
        // By bytes: what looks alike is not the same key.
        pointer.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst().map { token in
            var bytes: [UInt8] = []
            var rest = token[...]
            while let byte = rest.popFirst() {
                guard byte == UInt8(ascii: "~"), let escape = rest.first else {
                    bytes.append(byte)
                    continue
                }
                rest.removeFirst()
                bytes.append(escape == UInt8(ascii: "1") ? UInt8(ascii: "/") : UInt8(ascii: "~"))
            }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    static func entry(_ names: NamePattern, in section: String = "/tools") -> String {
        "\(section)/\(RuleID.token(for: names.description))"
    }
}
