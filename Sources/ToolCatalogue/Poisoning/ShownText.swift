/// Text of a stranger made safe to show: what is not printable ASCII is spelled out.
public enum ShownText {
    public static func of(_ bytes: some Collection<UInt8>, limit: Int = 80) -> String {
        var shown = ""
        // Enough for every scalar that can still be shown.
        for scalar in String(decoding: bytes.prefix(4 * limit), as: UTF8.self).unicodeScalars {
            guard shown.utf8.count < limit else { return shown + "…" }
            if (0x20..<0x7F).contains(scalar.value) {
                shown.unicodeScalars.append(scalar)
            } else {
                shown += "U+" + String(scalar.value, radix: 16, uppercase: true) + " "
            }
        }
        return shown
    }
}
