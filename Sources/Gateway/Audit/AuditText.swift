internal import Crypto

/// How strangers' words and values stand in the audit: shortened, or as a digest.
enum AuditText {
    /// At most `GatewayLimits.auditTextBytes` of a text, cut between characters; control characters are escaped by the
    /// JSON writer, so nothing here can forge a line.
    static func shortened(_ text: String) -> String {
        guard text.utf8.count > GatewayLimits.auditTextBytes else { return text }
        var cut = text.utf8.index(text.startIndex, offsetBy: GatewayLimits.auditTextBytes)
        while cut.samePosition(in: text.unicodeScalars) == nil { cut = text.utf8.index(before: cut) }
        return text[..<cut] + "…"
    }

    /// SHA-256, 32 bytes.
    static func digest(_ bytes: [UInt8]) -> [UInt8] {
        var hasher = SHA256()
        bytes.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        return hasher.finalize().withUnsafeBytes { Array($0) }
    }
}
