public import ClientFiles

/// Takes a server's own secrets out of what the server says: one that prints its token in an error or a description would
/// have it in every report.
///
/// What a configuration holds is a secret where it could be one: a variable's or header's value with some length, and such
/// parts of arguments and addresses as mix letters and digits.
public struct SecretScrubber: Sendable {
    private let secrets: [String]

    public init(_ concealed: [Concealed]) {
        var found = Set<String>()
        for text in concealed.map(\.revealed) {
            if Self.isLikely(text) { found.insert(text) }
            for part in text.split(whereSeparator: { " \t\n=\"'`,;&?/:@#|<>()[]{}".contains($0) })
            where Self.isLikely(part) {
                found.insert(String(part))
            }
        }
        // The longest first: one may be part of another.
        secrets = found.sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }
    }

    public func cleaned(_ text: String) -> String {
        var text = text
        for secret in secrets where text.utf8.count >= secret.utf8.count && text.contains(secret) {
            text = text.split(separator: secret, omittingEmptySubsequences: false).joined(separator: "•••")
        }
        return text
    }

    private static func isLikely(_ text: some StringProtocol) -> Bool {
        let bytes = text.utf8
        guard bytes.count >= InventoryBounds.shortestSecret else { return false }
        let digits = bytes.count { $0 >= 0x30 && $0 <= 0x39 }
        let letters = bytes.count { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A }
        return digits > 0 && letters > 0 || bytes.count >= 24
    }
}
