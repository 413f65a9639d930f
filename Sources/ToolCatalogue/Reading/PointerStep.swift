/// A step of a JSON Pointer (RFC 6901).
enum PointerStep {
    /// `~` and `/` escaped, cut to 128 bytes: a step is for people.
    static func escaped(_ name: [UInt8]) -> String {
        var escaped: [UInt8] = []
        for byte in name.prefix(128) {
            switch byte {
            case UInt8(ascii: "~"): escaped += Array("~0".utf8)
            case UInt8(ascii: "/"): escaped += Array("~1".utf8)
            default: escaped.append(byte)
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }
}
