/// Finds YAML aliases before the YAML reader sees them.
///
/// The reader hashes the keys of a mapping, and an alias may stand for a key of exponential size ("billion laughs"). An
/// alias `*name` needs its anchor `&name`; a file with both is refused here. What is found may in truth be text within
/// quotes, which the message then tells how to write otherwise; nothing that is an alias is missed.
enum AliasScan {
    /// Where the anchor is that an alias refers to, as an offset in bytes.
    static func aliasedAnchor(in bytes: [UInt8]) -> Int? {
        var anchors: [ArraySlice<UInt8>: Int] = [:]
        var aliases: Set<ArraySlice<UInt8>> = []
        for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "&") || byte == UInt8(ascii: "*") {
            guard offset == 0 || mayPrecede(bytes[offset - 1]) else { continue }
            let name = bytes[(offset + 1)...].prefix(while: isInName)
            guard !name.isEmpty else { continue }
            if byte == UInt8(ascii: "*") {
                aliases.insert(name)
            } else if anchors[name] == nil {
                anchors[name] = offset
            }
        }
        return anchors.filter { aliases.contains($0.key) }.values.min()
    }

    /// What may stand right before an anchor or an alias: white space, a line's end, an indicator.
    private static func mayPrecede(_ byte: UInt8) -> Bool {
        byte <= UInt8(ascii: " ") || byte >= 0x80 || "[]{},:-?!\"'".utf8.contains(byte)
    }

    /// What libyaml takes for a part of an anchor's name.
    private static func isInName(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }
}
