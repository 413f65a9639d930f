/// A name in which `*` stands for any run of characters, and nothing else is special.
///
/// Matching is by bytes and takes time linear in the name for each `*`.
public struct NamePattern: Sendable, Hashable {
    /// The pattern as written.
    public let utf8: [UInt8]

    /// Takes the pattern; `nil` when it is empty or longer than ``PolicyBounds/nameBytes``.
    public init?(_ text: String) {
        guard !text.isEmpty, text.utf8.count <= PolicyBounds.nameBytes else { return nil }
        self.utf8 = Array(text.utf8)
    }

    /// Names exactly one thing: there is no `*` in it.
    public var isExact: Bool { !utf8.contains(Self.star) }

    /// Is `*` alone (or several in a row), which matches every name.
    public var matchesEverything: Bool { utf8.allSatisfy { $0 == Self.star } }

    /// How many bytes are not `*`: of two patterns that match, the one with more says more.
    public var literalLength: Int { utf8.count { $0 != Self.star } }

    /// Tells whether the whole name fits the pattern.
    public func matches(_ name: [UInt8]) -> Bool {
        var inPattern = 0
        var inName = 0
        // Where to resume when the text after the last star turns out not to fit: one byte further on.
        var resume: (pattern: Int, name: Int)?
        while inName < name.count {
            if inPattern < utf8.count, utf8[inPattern] == Self.star {
                resume = (inPattern + 1, inName)
                inPattern += 1
            } else if inPattern < utf8.count, utf8[inPattern] == name[inName] {
                inPattern += 1
                inName += 1
            } else if let last = resume {
                resume = (last.pattern, last.name + 1)
                inPattern = last.pattern
                inName = last.name + 1
            } else {
                return false
            }
        }
        return utf8[inPattern...].allSatisfy { $0 == Self.star }
    }

    /// Tells whether the tool's name fits the pattern.
    public func matches(_ tool: ToolName) -> Bool { matches(tool.utf8) }

    private static let star = UInt8(ascii: "*")
}

extension NamePattern: CustomStringConvertible {
    public var description: String { String(decoding: utf8, as: UTF8.self) }
}
