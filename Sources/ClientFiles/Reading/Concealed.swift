/// A text that may be a secret: an argument, a variable's or a header's value, an address.
///
/// It has no description and no mirror, so that nothing prints it by accident; whoever needs it says so by the name of
/// what they call.
public struct Concealed: Sendable, Hashable {
    private let text: String

    public init(_ text: String) { self.text = text }

    /// By bytes: texts that only look alike start different programs.
    public static func == (left: Concealed, right: Concealed) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    public func hash(into hasher: inout Hasher) { for byte in text.utf8 { hasher.combine(byte) } }

    /// The text itself: for starting what it was written for, never for showing.
    public var revealed: String { text }
}

extension Concealed: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "•••" }
    public var debugDescription: String { "•••" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Whether a text could be a credential although it stands where none belongs.
enum SecretShape {
    private static let beginnings = [
        "sk-", "sk_", "pk_", "rk_", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xox", "akia",
        "asia",
        "aiza", "eyj", "npm_", "pypi-", "hf_", "shpat_", "bearer", "basic", "ya29", "lin_", "ntn_", "secret_", "tvly-",
        "dop_v1_", "sbp_", "pat_", "pat-", "token-", "token_",
    ]

    static func fits(_ text: String) -> Bool {
        let lowered = text.lowercased()
        if beginnings.contains(where: lowered.hasPrefix) { return true }
        // A long run of letters and digits that change places again and again is nobody's name for a package.
        var (run, digits, changes, wasDigit) = (0, 0, 0, false)
        for byte in lowered.utf8 {
            let isDigit = byte >= 0x30 && byte <= 0x39
            guard isDigit || byte >= 0x61 && byte <= 0x7A else {
                (run, digits, changes) = (0, 0, 0)
                continue
            }
            if run > 0, isDigit != wasDigit { changes += 1 }
            wasDigit = isDigit
            digits += isDigit ? 1 : 0
            run += 1
            if run >= 12 && changes >= 4 || run >= 20 && digits >= 3 || run >= 32 { return true }
        }
        return false
    }
}
