import Gateway
import Logging
import NIOCore

/// What stays the same for all lanes and children of one server.
struct StdioSettings: Sendable {
    let command: StdioCommand
    let timeouts: UpstreamTimeouts
    let limits: StdioLimits
    let followsClientEra: Bool
    let clientInfo: [UInt8]
    let loop: any EventLoop
    let logger: Logger
    let ids: RequestIDs
    let nursery: StdioNursery
    let warden: StdioWarden
    let onEvent: @Sendable (UpstreamEvent) -> Void
}
