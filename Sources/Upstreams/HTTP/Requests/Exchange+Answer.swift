import Gateway
import MCPMessages
import NIOCore

/// What comes back, as the connection reads it.
extension Exchange {
    func take(_ head: ResponseHead) -> Next {
        self.head = head
        if resumption != nil, head.status != 200 || head.content != .events {
            return owner.isNotResumed(self, head)
        }
        if case .stream(let sink) = sink {
            let isGet = answerID == nil
            guard head.status == 200, !isGet || head.content == .events else {
                return isGet ? conclude(.status(head, error: nil)) : begin(head)
            }
            sink.opened()
            return begin(head)
        }
        if answerID != nil, route?.session?.isEventStream ?? false, (200..<300).contains(head.status) {
            // Whatever the body says: the answer is elsewhere.
            stage = .accepted
            return .done
        }
        guard answerID != nil else { return conclude(.status(head, error: nil)) }
        return begin(head)
    }

    private func begin(_ head: ResponseHead) -> Next {
        do throws(UpstreamFailure) {
            if try reader.begin(head) { return .more }
            return conclude(.status(head, error: nil))
        } catch {
            return conclude(.failed(error))
        }
    }

    func take(_ body: ByteBuffer) -> Next {
        do throws(UpstreamFailure) {
            let messages = try reader.take(body)
            if case .stream(let sink) = sink, !hasEnded, let endpoint = reader.takeEndpoint() {
                sink.endpoint(endpoint)
            }
            for message in messages {
                if let ending = hear(message) { return conclude(ending) }
            }
            return .more
        } catch {
            return conclude(.failed(error))
        }
    }

    /// The response is complete.
    func finish() {
        guard !hasEnded, let head else { return }
        do throws(UpstreamFailure) {
            if let message = try reader.finish(), let ending = hear(message) {
                conclude(ending)
            } else if head.content == .events {
                if owner.resume(self) { return }
                conclude(.failed(UpstreamFailure(.closed, "the stream ended before the answer")))
            } else {
                conclude(.status(head, error: nil))
            }
        } catch {
            conclude(.failed(error))
        }
    }

    /// The connection ended, or there was none to be had: the end, unless there is a stream to go on with.
    func lost(_ failure: UpstreamFailure) {
        if failure.kind != .unreadable, owner.resume(self) { return }
        fail(failure)
    }

    /// The answer came on the session's stream of events.
    func answered(_ response: Message.Response) {
        guard !hasEnded, response.id == answerID else { return }
        conclude(.answered(response.outcome, head ?? .accepted))
    }

    func fail(_ failure: UpstreamFailure) {
        var failure = failure
        failure.wroteNothing = isUnsent
        conclude(.failed(failure))
    }

    @discardableResult
    private func conclude(_ ending: Ending) -> Next {
        guard !hasEnded else { return .done }
        owner.conclude(self, ending)
        if case .failed = ending { return .abandon }
        return .done
    }

    /// What one message means for this exchange; nil when it goes on.
    private func hear(_ message: Message) -> Ending? {
        if case .stream(let sink) = sink {
            if case .response(let response) = message, let answerID, let head {
                return response.id == answerID ? ending(response, head) : nil
            }
            sink.heard(message, reader.lastEventID)
            return nil
        }
        switch message {
        case .notification(let notification):
            owner.heard(notification, during: self)
            return nil
        case .request(let request):
            owner.asked(request, during: self)
            return nil
        case .response(let response):
            guard let head else { return nil }
            return ending(response, head)
        }
    }

    private func ending(_ response: Message.Response, _ head: ResponseHead) -> Ending {
        let isSuccess = (200..<300).contains(head.status)
        switch (response.outcome, response.id) {
        case (let outcome, let id?) where id == answerID && isSuccess:
            return .answered(outcome, head)
        case (.error, let id?) where id == answerID && head.status >= 400 && head.status != 401 && head.status != 403:
            return .answered(response.outcome, head)
        case (.error(let error), _) where !isSuccess || response.id == nil:
            return .status(head, error: error)
        case (.result, _) where !isSuccess:
            return .status(head, error: nil)
        default:
            return .failed(UpstreamFailure(.unreadable, "the answer bears another id than the request"))
        }
    }
}
