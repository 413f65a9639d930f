public import Gateway
public import Logging
public import NIOCore

/// A tool server that is a child process, spoken to over its standard input and output.
///
/// A modern server (revision 2026-07-28 on) is one child for everybody; a legacy one keeps state per connection, so it
/// is one child per principal and declared capabilities, and so is one of both eras for legacy clients. With
/// `followsClientEra` there is one client, one child, and the child's era is the client's. Children are started by the first request that needs one, restarted after a crash by the next, and ended
/// with their whole process group.
///
/// Whoever makes one runs `run()` for as long as it is used: children live in that task. Receivers are called on the
/// server's event loop, never from within the call that took them.
public final class StdioUpstream: Sendable {
    let settings: StdioSettings
    let lanes: NIOLoopBoundBox<StdioLanes>

    /// - Parameters:
    ///   - followsClientEra: one client's own server (`wrap`): asked what its client asks, in the client's era.
    ///   - clientInfo: `{name, version}`, a JSON object: what the gateway calls itself to the server.
    ///   - group: of NIOPosix; one loop of it carries all children of this server.
    ///   - logger: takes what children print besides messages (info), and their comings and goings (debug).
    ///   - onEvent: what the server says outside any request; called on the server's event loop.
    public init(
        command: StdioCommand,
        timeouts: UpstreamTimeouts = UpstreamTimeouts(),
        limits: StdioLimits = StdioLimits(),
        followsClientEra: Bool = false,
        clientInfo: [UInt8],
        group: any EventLoopGroup,
        logger: Logger,
        onEvent: @escaping @Sendable (UpstreamEvent) -> Void
    ) {
        settings = StdioSettings(
            command: command, timeouts: timeouts, limits: limits, followsClientEra: followsClientEra,
            clientInfo: clientInfo, loop: group.next(), logger: logger, ids: RequestIDs(),
            nursery: StdioNursery(limit: limits.children), warden: StdioWarden(limits), onEvent: onEvent)
        lanes = .makeBoxSendingValue(StdioLanes(settings), eventLoop: settings.loop)
    }

    /// Keeps the children: each lives in a task below this one. Returns after `shutDown()`, or when cancelled, which
    /// shuts down too; then no child is left. To be called once.
    public func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { [warden = settings.warden] in await warden.run() }
            await settings.nursery.run()
            group.cancelAll()
        }
        await shutDown()
    }
}
