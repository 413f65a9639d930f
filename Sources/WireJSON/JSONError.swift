/// Why a text was refused, and where.
///
/// The text of `description` is for people and logs: `duplicate key at byte 17`. It quotes nothing of the text it is
/// about.
public struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
    /// One case for each thing refused. Raw values name the case and are stable.
    public enum Reason: String, Sendable, Hashable, CaseIterable {
        /// The text is longer than ``JSONLimits/bytes``.
        case bytes
        /// More levels are nested than ``JSONLimits/depth``.
        case depth
        /// There are more values than ``JSONLimits/values``.
        case values
        /// There is no value: the text is empty or white space.
        case empty
        /// The text starts with a byte order mark, which RFC 8259 section 8.1 forbids to send.
        case byteOrderMark
        /// A byte that cannot be UTF-8: overlong, a surrogate, over U+10FFFF, cut short, or another encoding.
        case notUTF8
        /// The text ends inside a value.
        case unfinished
        /// A byte that cannot stand where it stands.
        case unexpected
        /// Something other than white space follows the value, a second value for example.
        case trailing
        /// A comma with no element or member after it.
        case trailingComma
        /// `//`, `/*` or `#`: JSON has no comments.
        case comment
        /// A number not written as RFC 8259 section 6 says: `01`, `+1`, `.5`, `1.`, `1e`, `NaN`, `Infinity`.
        case number
        /// A character below U+0020 inside a string that is not escaped.
        case controlCharacter
        /// A `\` followed by what is no escape.
        case escape
        /// A `\ud800`-like escape that is not one half of a pair.
        case loneSurrogate
        /// An object with the same key twice, compared after unescaping.
        case duplicateKey
        /// A number that no double can hold. Only ``JSON/canonical()`` refuses it.
        case numberOutOfRange
    }

    public var reason: Reason

    /// The byte the reason is about, counted from the text's start.
    public var offset: Int

    public init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    public var description: String { "\(reason) at byte \(offset)" }
}

extension JSONError.Reason: CustomStringConvertible {
    public var description: String {
        switch self {
        case .bytes: "text too long"
        case .depth: "nested too deeply"
        case .values: "too many values"
        case .empty: "no value"
        case .byteOrderMark: "byte order mark"
        case .notUTF8: "not UTF-8"
        case .unfinished: "unfinished value"
        case .unexpected: "unexpected character"
        case .trailing: "something after the value"
        case .trailingComma: "comma with nothing after it"
        case .comment: "comment"
        case .number: "malformed number"
        case .controlCharacter: "control character in a string"
        case .escape: "malformed escape"
        case .loneSurrogate: "lone surrogate"
        case .duplicateKey: "duplicate key"
        case .numberOutOfRange: "number out of range"
        }
    }
}
