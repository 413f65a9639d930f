/// A JSON text on one line, as stdio and server-sent events want it.
///
/// Values are relayed as received, so a peer's line breaks come along. Outside a string a line break is white space, and
/// inside one it cannot stand (RFC 8259 section 7), so a space in its place changes nothing that JSON means.
public enum OneLine {
    public static func of(_ message: [UInt8]) -> [UInt8] {
        guard message.contains(where: isBreak) else { return message }
        return message.map { isBreak($0) ? 0x20 : $0 }
    }

    private static func isBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
}
