public import MCPMessages
import Synchronization
import WireJSON

/// One page of tools asked for by the house itself, awaited.
public final class ListQuestion: UpstreamReceiver {
    public typealias Reply = Result<UpstreamReply, UpstreamFailure>

    private let waiting: Mutex<CheckedContinuation<Reply, Never>?>

    private init(_ continuation: CheckedContinuation<Reply, Never>) { waiting = Mutex(continuation) }

    /// Ends when the upstream answers or gives up; every upstream bounds that by its timeouts.
    public static func ask(_ upstream: any Upstream, _ page: ListPage, for scope: UpstreamScope) async -> Reply {
        await withCheckedContinuation { continuation in
            _ = upstream.list(page, for: scope, to: ListQuestion(continuation))
        }
    }

    public func notified(_ notification: Message.Notification) {}
    public func answered(_ reply: UpstreamReply) { resume(.success(reply)) }
    public func failed(_ failure: UpstreamFailure) { resume(.failure(failure)) }

    private func resume(_ reply: Reply) {
        waiting.withLock { $0.take() }?.resume(returning: reply)
    }
}

extension Result<UpstreamReply, UpstreamFailure> {
    /// Whether the server has no such method.
    var saysMethodNotFound: Bool {
        guard case .success(let reply) = self, case .error(let error) = reply.outcome else { return false }
        return error["code"]?.int == RPCError.Code.methodNotFound.rawValue
    }

    /// Why there is no list, for operators.
    var reason: String {
        switch self {
        case .failure(let failure): "\(failure.kind.rawValue): \(failure.detail)"
        case .success(let reply):
            if case .error = reply.outcome { "the server answered with an error" } else { "the answer is no list" }
        }
    }
}
