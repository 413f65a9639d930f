/// A revision of the Model Context Protocol that this house speaks.
///
/// Order is by date. `2024-11-05` is understood from upstreams and never offered to a client.
public enum ProtocolVersion: String, Sendable, CaseIterable, Comparable {
    case v2024_11_05 = "2024-11-05"
    case v2025_03_26 = "2025-03-26"
    case v2025_06_18 = "2025-06-18"
    case v2025_11_25 = "2025-11-25"
    case v2026_07_28 = "2026-07-28"

    /// The newest revision of the stateless shape.
    public static let modern = ProtocolVersion.v2026_07_28
    /// The newest revision that begins with `initialize`.
    public static let newestLegacy = ProtocolVersion.v2025_11_25
    /// What a legacy client that names no version speaks (revision 2025-06-18, "Protocol Version Header").
    public static let assumedWhenUnnamed = ProtocolVersion.v2025_03_26
    /// Legacy revisions offered to clients, oldest first.
    public static let offeredLegacy: [ProtocolVersion] = [.v2025_03_26, .v2025_06_18, .v2025_11_25]

    public var era: Era { self == .v2026_07_28 ? .modern : .legacy }

    public static func < (left: ProtocolVersion, right: ProtocolVersion) -> Bool { left.rawValue < right.rawValue }

    /// The legacy revision to answer `initialize` with: what was asked for when it is offered, else the newest
    /// (revision 2025-11-25, "Version Negotiation").
    public static func negotiated(requested: String?) -> ProtocolVersion {
        guard let requested, let version = ProtocolVersion(rawValue: requested), offeredLegacy.contains(version) else {
            return newestLegacy
        }
        return version
    }

    /// Whether a version text names the stateless shape: any date after the last revision with a handshake.
    ///
    /// An unknown later date counts as modern, so that it meets the strict checks and is told -32022.
    public static func namesModern(_ text: String) -> Bool {
        let digits = text.utf8
        guard digits.count == 10 else { return false }
        for (offset, byte) in digits.enumerated() {
            let isSeparator = offset == 4 || offset == 7
            guard isSeparator ? byte == UInt8(ascii: "-") : (0x30...0x39).contains(byte) else { return false }
        }
        return text > newestLegacy.rawValue
    }
}

/// The two shapes of the protocol (revision 2026-07-28, "Versioning and Compatibility").
public enum Era: Sendable, Hashable {
    /// Every request carries its own metadata; no handshake, no session.
    case modern
    /// `initialize` first, then a session.
    case legacy
}
