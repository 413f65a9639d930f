/// What a catalogue's server is called in a gateway, whose slugs are 1 to 64 of `a-z 0-9 - _`, no `__`: what people copy into a
/// shell or a file holds nothing else of a stranger's name.
struct GatewaySlug: Sendable, Equatable {
    let text: String

    init(_ name: String) {
        var slug: [UInt8] = []
        for byte in name.utf8.prefix(64) {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                slug.append(byte)
            case UInt8(ascii: "_"): if slug.last != byte { slug.append(byte) }
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): slug.append(byte | 0x20)
            default: if slug.last != UInt8(ascii: "-") { slug.append(UInt8(ascii: "-")) }
            }
        }
        while slug.first == UInt8(ascii: "-") || slug.first == UInt8(ascii: "_") { slug.removeFirst() }
        while slug.last == UInt8(ascii: "-") || slug.last == UInt8(ascii: "_") { slug.removeLast() }
        text = slug.isEmpty ? "server" : String(decoding: slug, as: UTF8.self)
    }
}
