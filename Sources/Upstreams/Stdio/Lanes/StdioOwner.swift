import Gateway
import MCPMessages

/// Whose a legacy server's child is: one principal's, with one declaration of what its client can be asked for.
///
/// Both in bytes: texts that only look or count as equal share nothing.
struct StdioOwner: Hashable {
    let principal: [UInt8]
    private let capabilities: [UInt8]

    init(_ scope: UpstreamScope) {
        principal = Array(scope.principal.utf8)
        capabilities = scope.capabilities.bytes
    }
}
