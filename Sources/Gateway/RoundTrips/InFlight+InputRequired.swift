import MCPMessages
import Synchronization
import WireJSON

/// A modern server's `input_required`: sealed and relayed to a modern client, led through with a legacy one.
extension InFlight {
    func askedForInput(_ result: JSON, _ client: InboundRequest) {
        guard let asked = candidate.asked, let required = InputRequired(result) else {
            return fail(UpstreamFailure(.unreadable, "an `input_required` that is none"), client)
        }
        if let missing = required.asked.first(where: {
            !client.capabilities.allows(method: $0.method, params: $0.params)
        }) {
            return end(client, .failed(.unsupported, detail: "the server asks for `\(missing.method)`"), bytes: 0) {
                Refusal.tell(cannotGive: missing.kind, client)
            }
        }
        switch client.era {
        case .modern: relay(result, required, asked, client)
        case .legacy: lead(required, client)
        }
    }

    private func relay(_ result: JSON, _ required: InputRequired, _ asked: Asked, _ client: InboundRequest) {
        var splice = JSONSplice(result)
        if let state = required.state {
            guard let sealed = line.seal.seal(.upstream(Array(state.bytes)), for: line.binding(of: client, asked))
            else {
                return fail(UpstreamFailure(.unsupported, "the state cannot be sealed"), client)
            }
            splice.setMember("requestState", of: result, to: Array("\"\(sealed)\"".utf8))
        }
        do throws(ResultShape.Refusal) {
            let shaped = try ResultShape.bytes(
                result, from: .modern, to: .modern, kind: .plain, types: .inputRequired, splicing: splice)
            end(client, .inputRequired, bytes: shaped.count, digested: shaped) { client.answer(shaped) }
        } catch {
            fail(UpstreamFailure(.unreadable, "a `resultType` that is not relayed"), client)
        }
    }

    /// Asks a legacy client what the server wants to know and goes on once all is answered.
    private func lead(_ required: InputRequired, _ client: InboundRequest) {
        let rounds = state.withLock { state in
            state.rounds += 1
            return state.rounds
        }
        guard rounds <= GatewayLimits.inputRounds, let conversation = client.conversation else {
            return fail(UpstreamFailure(.unsupported, "the server asks for input without end"), client)
        }
        let serverState = required.state.map { Array($0.bytes) }
        guard !required.asked.isEmpty else { return goOnLater(serverState) }
        let answers = Answers(required.asked.count) { [self] answers in
            goOn(answers, serverState)
        }
        for question in required.asked {
            let reply = PeerReply { [self] answer in
                switch answer {
                case .result(let bytes): answers.add(question.key, bytes)
                case .error(let error): couldNotAnswer(error, client)
                }
            }
            guard let number = conversation.ask(reply) else {
                return fail(UpstreamFailure(.busy, "too many questions are open"), client)
            }
            state.withLock { _ = $0.asked.updateValue(nil, forKey: number) }
            client.answering.notify(
                MessageWriter.request(
                    question.method, params: Self.legacyParams(question, number), id: .integer(number)))
        }
    }

    /// The `params` of a question as a legacy client knows it: a link bears an id there (revision 2025-11-25,
    /// "Elicitation", "URL mode").
    private static func legacyParams(_ question: InputRequired.Asked, _ number: Int) -> [UInt8] {
        guard let params = question.params else { return [] }
        guard question.kind == .elicitation, params["mode"]?.hasText("url") ?? false,
            let named = params.addingMember("elicitationId", Array("\"gatehouse-\(number)\"".utf8))
        else { return Array(params.bytes) }
        return named
    }

    /// A client that answers a question with an error: a modern server has no way to be told, so the call ends with it.
    private func couldNotAnswer(_ error: [UInt8], _ client: InboundRequest) {
        guard let error = try? JSON(lenient: error) else { return }
        end(client, .failed(.cancelled, detail: "the client could not give what was asked for"), bytes: 0) {
            client.refuse(relaying: error)
        }
    }

    private func goOn(_ answers: [(key: String, bytes: [UInt8])], _ serverState: [UInt8]?) {
        var writer = JSONWriter()
        writer.beginObject()
        for (key, bytes) in answers {
            writer.key(key)
            writer.raw(bytes)
        }
        writer.endObject()
        line.again(self, candidate, responses: writer.bytes, state: serverState)
    }

    /// A server that only wants patience is asked again after a while.
    private func goOnLater(_ serverState: [UInt8]?) {
        let isTaken = line.slowLane.submit(after: GatewayLimits.patience) { [self] in goOn([], serverState) }
        if !isTaken { failed(UpstreamFailure(.busy, "too many jobs wait")) }
    }
}

/// The answers to several questions, told once all are there.
private final class Answers: Sendable {
    private struct Waiting {
        var left: Int
        var found: [(key: String, bytes: [UInt8])] = []
    }

    private let waiting: Mutex<Waiting>
    private let whenComplete: @Sendable ([(key: String, bytes: [UInt8])]) -> Void

    init(_ count: Int, _ whenComplete: @escaping @Sendable ([(key: String, bytes: [UInt8])]) -> Void) {
        waiting = Mutex(Waiting(left: count))
        self.whenComplete = whenComplete
    }

    func add(_ key: String, _ bytes: [UInt8]) {
        let complete = waiting.withLock { waiting in
            waiting.left -= 1
            waiting.found.append((key, bytes))
            return waiting.left == 0 ? waiting.found : nil
        }
        if let complete { whenComplete(complete) }
    }
}
