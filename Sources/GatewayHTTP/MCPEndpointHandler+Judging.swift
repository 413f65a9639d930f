import Gateway
import NIOCore
import NIOHTTP1

/// A sender whose token has to be judged first.
///
/// That takes a signature at least, and at times a provider's keys, so it is done elsewhere. Until it is done nothing more
/// is read from the connection: whoever is not known to be anybody fills no memory with a body.
extension MCPEndpointHandler {
    func judge(
        _ token: PresentedToken, _ head: HTTPRequestHead, _ fields: RequestFields, _ context: ChannelHandlerContext
    ) {
        state = .judging
        setReading(false, context)
        let loop = context.eventLoop
        let bound = NIOLoopBound(self, eventLoop: loop)
        check.line.judge(token) { refusal in
            loop.execute { bound.value.judged(refusal.map(HeadCheck.Judgement.refused) ?? .inOrder, head, fields) }
        }
    }

    private func judged(_ judgement: HeadCheck.Judgement, _ head: HTTPRequestHead, _ fields: RequestFields) {
        guard case .judging = state, let context else { return }
        state = .idle
        receive(head, fields, judgement, context)
        takeWaiting(context)
        setReading(true, context)
    }

    private func setReading(_ isReading: Bool, _ context: ChannelHandlerContext) {
        // A channel that cannot be told is a closed one.
        try? context.channel.syncOptions?.setOption(.autoRead, value: isReading)
    }
}
