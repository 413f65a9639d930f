import Gateway
import MCPMessages

/// Whose a legacy session is: one principal's, with one declaration of what the client can be asked for and what it is.
///
/// The principal's id is compared byte for byte: two ids that look the same to `String`'s `==` are two principals.
struct SessionKey: Hashable, Sendable {
    private let principal: String
    private let capabilities: [UInt8]
    private let clientInfo: [UInt8]?

    init(_ scope: UpstreamScope) {
        principal = scope.principal
        capabilities = scope.capabilities.bytes
        clientInfo = scope.clientInfo
    }

    static func == (left: SessionKey, right: SessionKey) -> Bool {
        left.principal.utf8.elementsEqual(right.principal.utf8) && left.capabilities == right.capabilities
            && left.clientInfo == right.clientInfo
    }

    func hash(into hasher: inout Hasher) {
        for byte in principal.utf8 { hasher.combine(byte) }
        hasher.combine(0xFF as UInt8)
        hasher.combine(capabilities)
        hasher.combine(clientInfo)
    }
}
