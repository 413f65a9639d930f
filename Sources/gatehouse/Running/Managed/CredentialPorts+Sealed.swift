import Administration
import GatewayStorage

extension CredentialPorts {
    /// Over the tokens of this instance.
    init(of credentials: SealedCredentials) {
        self.init()
        reseal = { () throws(Refusal) in
            do throws(StorageError) { return try await credentials.reseal() } catch { throw .unavailable("\(error)") }
        }
        // What is left behind is sealed, is for an id that nobody has any more, and is never read.
        forget = { server in try? await credentials.keep(nil, server: DeclaredServer.keeping(of: server)) }
    }
}

extension DeclaredServer {
    /// The name that a registered server's tokens are kept under: its id, which no other server ever has.
    static func keeping(of server: RecordID) -> String { "directory/\(server)" }
}
