import MCPMessages
import Synchronization
import WireJSON

/// What one server of a stack is asked as its part of a request.
struct StackQuestion: Sendable {
    let member: StackMember
    let params: JSON?
}

/// What one server of a stack answered.
struct StackReply: Sendable {
    let status: Answer.Status
    let result: JSON?
    let error: JSON?
    /// Whether there was no room for it: it is to be asked for again.
    let isPutOff: Bool

    fileprivate init(_ answer: Answer, isPutOff: Bool) {
        status = answer.status
        self.isPutOff = isPutOff
        guard !isPutOff else {
            (result, error) = (nil, nil)
            return
        }
        let message = try? JSON(lenient: answer.body)
        result = message?["result"]
        error = message?["error"]
    }

    /// Whether the server has no such method: it has nothing to add, and that is no failure.
    var saysMethodNotFound: Bool { error?["code"]?.int == RPCError.Code.methodNotFound.rawValue }
}

extension CallLine {
    /// Asks several servers for their parts, side by side, each as its own endpoint would ask it.
    ///
    /// - Parameter done: each one's answer, in the order of the questions; nil for one that was not in time.
    func ask(
        _ stack: StackRequest, _ questions: [StackQuestion], _ done: @escaping @Sendable ([StackReply?]) -> Void
    ) -> Cancellation {
        let gathering = DeferredCancellation()
        let room = StackRoom()
        let handle = cancellable(stack, Cancellation { gathering.cancel() })
        gathering.become(
            gather(questions.count) { [self] index, answer in
                let question = questions[index]
                return dispatch(
                    part(
                        stack, of: question.member, params: question.params,
                        answering: StackPart { answer(StackReply($0, isPutOff: !room.takes($0.body.count))) }))
            } tell: {
                done($0)
            })
        return handle
    }

    func cancellable(_ stack: StackRequest, _ cancellation: Cancellation) -> Cancellation {
        stack.conversation?.attach(cancellation, to: stack.request.id)
        return stack.era == .modern ? cancellation : .none
    }
}

/// How much of the servers' answers is held until all are there.
private final class StackRoom: Sendable {
    private let held = Mutex(0)

    /// Whether there is room for so many bytes more; there always is for the first.
    func takes(_ bytes: Int) -> Bool {
        held.withLock { held in
            guard held == 0 || held + bytes <= GatewayLimits.stackHeldBytes else { return false }
            held += bytes
            return true
        }
    }
}

/// Keeps one server's answer to its part of a stack's request.
private struct StackPart: Answering {
    private let keep: @Sendable (Answer) -> Void

    init(_ keep: @escaping @Sendable (Answer) -> Void) { self.keep = keep }

    func begin(session: String) {}
    func notify(_ message: [UInt8]) {}
    func finish(_ answer: Answer) { keep(answer) }
}
