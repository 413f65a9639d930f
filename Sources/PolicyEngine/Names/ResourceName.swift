/// The URI of a resource, and what else a server may take it for: with `%XX` decoded, dots and repeated separators
/// resolved, scheme and host in lower case (RFC 3986 section 6.2.2).
///
/// A policy's patterns are compared with every reading, so that `file:///srv/../etc/passwd` is no way around a rule about
/// `file:///etc/*`.
struct ResourceName: Sendable {
    /// As received.
    let utf8: [UInt8]
    /// All of them, as received first.
    let readings: [[UInt8]]
    /// There may be other readings that are not known.
    let isDoubtful: Bool

    init(_ uri: String) {
        utf8 = Array(uri.utf8)
        var readings = [utf8]
        var isDoubtful = false
        var text = utf8
        for round in 0...PolicyBounds.pathDecodings {
            // A blank is one once decoded; written as itself it is in no URI.
            let least: UInt8 = round == 0 ? 0x21 : 0x20
            isDoubtful = isDoubtful || text.contains { $0 < least || $0 == 0x7F || $0 == UInt8(ascii: "\\") }
            for reading in [text, Self.resolved(text)] where !readings.contains(reading) { readings.append(reading) }
            guard case .other(let decoded) = PathSpelling.decoding(text) else {
                if PathSpelling.decoding(text) == .doubtful { isDoubtful = true }
                break
            }
            text = decoded
            if round == PolicyBounds.pathDecodings { isDoubtful = true }
        }
        self.readings = readings
        self.isDoubtful = isDoubtful
    }

    private static func resolved(_ uri: [UInt8]) -> [UInt8] {
        guard let colon = uri.firstIndex(of: UInt8(ascii: ":")) else { return uri }
        let scheme = uri[..<colon].map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 } + [UInt8(ascii: ":")]
        var path = uri[(colon + 1)...]
        var authority: [UInt8] = []
        if path.starts(with: "//".utf8) {
            let end = path.dropFirst(2).firstIndex { "/?#".utf8.contains($0) } ?? path.endIndex
            authority = path[..<end].map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
            path = path[end...]
        }
        let end = path.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") } ?? path.endIndex
        return scheme + authority + withoutDots(path[..<end]) + path[end...]
    }

    private static func withoutDots(_ path: ArraySlice<UInt8>) -> [UInt8] {
        guard path.first == UInt8(ascii: "/") else { return Array(path) }
        var names: [ArraySlice<UInt8>] = []
        let parts = path.split(separator: UInt8(ascii: "/"))
        for part in parts where !part.elementsEqual(".".utf8) {
            if part.elementsEqual("..".utf8) { _ = names.popLast() } else { names.append(part) }
        }
        let isFolder = path.last == UInt8(ascii: "/") || parts.last?.elementsEqual("..".utf8) == true
        let joined = names.flatMap { [UInt8(ascii: "/")] + $0 }
        return isFolder || joined.isEmpty ? joined + [UInt8(ascii: "/")] : joined
    }
}
