import MCPMessages
import Synchronization
import WireJSON

@testable import Upstreams

/// A server that keeps the streams on which it speaks outside requests, for a test to speak on.
final class SpeakingHTTPServer: Sendable {
    private let streams = Mutex<[HTTPServerReply]>([])
    private let lost = Mutex<Set<String>>([])

    /// The stream opened last.
    var stream: HTTPServerReply? { streams.withLock { $0.last } }
    var count: Int { streams.withLock { $0.count } }

    func say(_ method: String, params: String = "{}") {
        stream?.event(#"{"jsonrpc":"2.0","method":"\#(method)","params":\#(params)}"#)
    }

    func forget(_ session: String) { _ = lost.withLock { $0.insert(session) } }

    /// Acknowledges each subscription, or ends it at once as `first` says.
    func modern(
        whenListening first: @escaping @Sendable (HTTPServerRequest, HTTPServerReply) -> Void = { _, _ in }
    ) -> ScriptedHTTPServer.Script {
        HTTPServerPersonality.modern { request, reply in
            guard request.rpcMethod == "subscriptions/listen" else { return reply.result("{}", to: request) }
            self.streams.withLock { $0.append(reply) }
            reply.beginEvents()
            let filter = request.params?["notifications"].map { String(decoding: $0.bytes, as: UTF8.self) } ?? "{}"
            reply.event(
                #"{"jsonrpc":"2.0","method":"notifications/subscriptions/acknowledged","params":{"notifications":\#(filter)}}"#
            )
            first(request, reply)
        }
    }

    /// Keeps sessions and their streams; calls and answers go to `script`.
    func legacy(
        status: Int = 200, opening: String = ": hello\n\n", unsubscribable: Bool = false,
        _ script: @escaping ScriptedHTTPServer.Script = { $1.result("{}", to: $0) }
    ) -> ScriptedHTTPServer.Script {
        HTTPServerPersonality.legacy(streams: true) { request, reply in
            if self.lost.withLock({ $0.contains(request.header("mcp-session-id").first ?? "") }) {
                return reply.status(404, type: nil)
            }
            switch request.rpcMethod {
            case nil where request.method == "GET":
                guard status == 200 else { return reply.status(status, type: nil) }
                reply.beginEvents()
                reply.chunk(opening)
                // Last: whoever finds the stream here may end it at once, after what it began with.
                self.streams.withLock { $0.append(reply) }
            case "resources/subscribe" where unsubscribable: reply.status(404, type: nil)
            case "resources/subscribe" where request.params?["uri"]?.hasText("test://refused") ?? false:
                reply.error(-32002, to: request)
            case "resources/subscribe", "resources/unsubscribe": reply.result("{}", to: request)
            default: script(request, reply)
            }
        }
    }
}
