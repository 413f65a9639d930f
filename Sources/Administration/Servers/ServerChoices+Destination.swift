extension ServerChoices.Transport {
    /// Whether what was told to the other is told to the same receiver here: the same scheme, host and port, or the same
    /// command in the same folder, word by word – `npx`, `docker` or `sh` run whatever their arguments name. Texts are
    /// compared as they stand; whatever else is written is another receiver.
    func leads(where other: ServerChoices.Transport) -> Bool {
        switch (self, other) {
        case (.url(let one), .url(let two)): Self.origin(one) == Self.origin(two)
        case (.command(let one, let folder), .command(let two, let other)):
            one.map { Array($0.utf8) } == two.map { Array($0.utf8) }
                && folder.map { Array($0.utf8) } == other.map { Array($0.utf8) }
        case (.url, .command), (.command, .url): false
        }
    }

    /// What stands before the path, its letters made small: scheme, `//` and authority (RFC 3986 section 3).
    private static func origin(_ url: String) -> [UInt8] {
        var slashes = 0
        let end = url.utf8.firstIndex { byte in
            if byte == UInt8(ascii: "/") { slashes += 1 }
            return slashes == 3 || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
        }
        return url.utf8[..<(end ?? url.utf8.endIndex)].map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    }
}
