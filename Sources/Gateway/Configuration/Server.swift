public import MCPMessages

/// One upstream server as configured.
///
/// An object, so that each call holds it by one reference.
public final class Server: Sendable {
    /// Its name in addresses: 1 to 64 of `a-z 0-9 - _`, starting with a letter or digit, with no `__` and no `_` at the
    /// end, so that in a name like `git__status` (``Stack``) the first `__` is where the server's ends.
    public let slug: String
    public let upstream: any Upstream
    public let settings: ServerSettings
    /// Whose it is.
    public let organisation: String

    public init?(
        slug: String, of organisation: String = House.organisation, upstream: any Upstream, settings: ServerSettings
    ) {
        guard Self.isSlug(slug) else { return nil }
        self.organisation = organisation
        self.slug = slug
        self.upstream = upstream
        self.settings = settings
    }

    public static func isSlug(_ text: String) -> Bool {
        let utf8 = text.utf8
        guard (1...64).contains(utf8.count), let first = utf8.first, isLetterOrDigit(first) else { return false }
        var last = first
        for byte in utf8 {
            let isScore = byte == UInt8(ascii: "_")
            guard isLetterOrDigit(byte) || byte == UInt8(ascii: "-") || isScore,
                !(isScore && last == UInt8(ascii: "_"))
            else { return false }
            last = byte
        }
        return last != UInt8(ascii: "_")
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
    }
}

/// How a server's calls are treated, apart from policy.
public struct ServerSettings: Sendable, Equatable {
    /// How its first list of definitions becomes accepted.
    public enum Acceptance: String, Sendable, CaseIterable {
        /// The first list seen is accepted as a whole.
        case initial
        /// Nothing is accepted until a person accepts it.
        case manual
        /// As `initial`; and of a server that says it has no list, tools are judged by their names alone.
        case names

        /// Whether a first list becomes accepted without a person who looks at it.
        public var takesFirstList: Bool { self != .manual }
    }

    /// Which argument values the audit keeps.
    public enum Capture: String, Sendable, CaseIterable {
        /// None; their keys and a digest only.
        case keys
        /// All values, as received.
        case full
    }

    public var acceptance: Acceptance
    /// Whether the first list is accepted as clients of both eras see it, or of that era alone that first asks: the one
    /// client's own server (`wrap`) is not asked in an era its client does not speak.
    public var acceptsBothEras = true
    /// What the server may ask its clients for.
    public var asks = ClientRequestKind.allCases
    public var capture: Capture
    /// Whether a call waits until its decision is durable.
    public var isAuditStrict: Bool

    public init(acceptance: Acceptance, capture: Capture = .keys, isAuditStrict: Bool = false) {
        self.acceptance = acceptance
        self.capture = capture
        self.isAuditStrict = isAuditStrict
    }
}
