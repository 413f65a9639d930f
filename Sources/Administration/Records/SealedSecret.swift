public import GatewayStorage
public import WireJSON

/// A server's secret values, sealed. Nothing of it is ever shown.
public struct SealedSecret: DirectoryRecord {
    public static let kind = DirectoryKind.secret
    public let organisation: RecordID
    public let id: RecordID
    public let server: RecordID
    /// Which key seals it.
    public let keyID: String
    /// Nonce, ciphertext and tag (AES-256-GCM).
    public let sealed: [UInt8]

    public init(organisation: RecordID, id: RecordID, server: RecordID, keyID: String, sealed: [UInt8]) {
        self.organisation = organisation
        self.id = id
        self.server = server
        self.keyID = keyID
        self.sealed = sealed
    }

    public var parents: [DirectoryKind: RecordID] { [.server: server] }

    public func write(to writer: inout JSONWriter) { writer.member("key", keyID) }
    public func writeHidden(to writer: inout JSONWriter) { writer.member("sealed", Hexadecimal.text(sealed)) }

    public init?(_ row: DirectoryRow, _ shown: JSON, hidden: JSON) {
        guard let server = row.parents[.server], let keyID = shown.text("key"),
            let sealed = hidden.text("sealed").flatMap({ Hexadecimal.bytes($0) })
        else { return nil }
        self.init(organisation: row.organisation, id: row.id, server: server, keyID: keyID, sealed: sealed)
    }
}
