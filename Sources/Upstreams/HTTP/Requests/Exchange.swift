import Gateway
import MCPMessages
import NIOCore
import Synchronization

/// One message to a server and what comes back for it. Lives on one event loop; ends exactly once.
final class Exchange {
    enum Stage {
        case awaitingRoute
        case awaitingConnection
        case sent(UpstreamConnection)
        /// The server has it; the answer comes on the session's stream of events.
        case accepted
        /// Its stream broke off and is to be gone on with.
        case awaitingResumption
        case ended
    }

    /// Who hears of it.
    enum Sink {
        case receiver(any UpstreamReceiver)
        case house((Ending) -> Void)
        /// What comes on a stream that is no answer to anything, and how it ends; it has no clock.
        case stream(StreamSink)
        case nobody
    }

    /// What the connection does after a piece of the response.
    enum Next {
        case more
        /// The rest of the response is of no interest.
        case done
        /// Nothing that comes on this connection can be trusted any more.
        case abandon
    }

    let id: Int
    let request: OutgoingRequest
    let sink: Sink
    let owner: UpstreamLoop
    private let expectsAnswer: Bool
    /// What it goes by in its conversation.
    private(set) var names: NamesInUse.Claimed
    private var giveBack: ((_ isAnswered: Bool) -> Void)?
    private let wait: TimeAmount
    private let latest: NIODeadline
    private(set) var deadline: NIODeadline
    var stage = Stage.awaitingRoute
    var route: Route?
    /// Whether it was sent anew after its session had gone; that happens once.
    private(set) var wasResent = false
    /// The header line that authorised it, and how often it went out with another since.
    private(set) var bearing: [UInt8]?
    private(set) var reauthorizations = 0
    /// Whether its client has yet to take what was read of the answer.
    private var isHeld = false
    /// The session in which it counts as open.
    var countedIn: Session?
    var serverRequests = ServerRequests()
    var reader = AnswerReader()
    /// Where its stream broke off, from then on.
    var resumption: Resumption?
    var head: ResponseHead?

    init(
        _ request: OutgoingRequest, id: Int, to sink: Sink, expectsAnswer: Bool, wait: TimeAmount, owner: UpstreamLoop
    ) {
        self.id = id
        self.request = request
        self.sink = sink
        self.owner = owner
        self.expectsAnswer = expectsAnswer
        names = NamesInUse.Claimed(number: id, wantsProgress: false)
        self.wait = wait
        let now = NIODeadline.now()
        self.latest = now + max(wait, HTTPLimits.longestCall)
        self.deadline = now + wait
        if isStream { deadline = .distantFuture }
        if isEndless { reader = AnswerReader(isEndless: true) }
    }

    /// The JSON-RPC id expected in an answer; nil where none is expected.
    var answerID: RequestID? { expectsAnswer ? names.id : nil }

    /// Takes its names in the conversation it is about to be sent in, and gives up those it had in another.
    func takeNames() {
        releaseNames()
        guard case .question(let question) = request, let route else { return }
        let id = id
        let names = owner.core.claimNames(on: route) {
            $0.claim(question.names, wantsProgress: question.wantsProgress, number: id)
        }
        self.names = names
        giveBack = { [core = owner.core] isAnswered in
            core.claimNames(on: route) { isAnswered ? $0.release(names) : $0.burn(names) }
        }
    }

    /// - Parameter isAnswered: whether the server has said its last word on it where all its words come on one stream.
    func releaseNames(isAnswered: Bool = true) {
        giveBack?(isAnswered)
        giveBack = nil
    }

    /// Whether somebody outside asked it.
    var isQuestion: Bool {
        guard case .receiver = sink else { return false }
        return true
    }

    var isStream: Bool {
        guard case .stream = sink else { return false }
        return true
    }

    /// Whether it is a client's `subscriptions/listen`.
    var isListening: Bool {
        guard case .question(let question) = request else { return false }
        return question.method == "subscriptions/listen"
    }

    /// Whether it may go on for ever.
    var isEndless: Bool { isStream || isListening }

    /// The server tells of changes from now on, whenever there are any.
    func wasAcknowledged() { deadline = .distantFuture }

    var hasEnded: Bool {
        guard case .ended = stage else { return false }
        return true
    }

    /// Whether no byte of it has been written.
    var isUnsent: Bool {
        switch stage {
        case .awaitingRoute, .awaitingConnection: !wasResent && resumption == nil
        case .sent, .accepted, .awaitingResumption, .ended: false
        }
    }

    /// Whether the server may be at work on it.
    var isWithServer: Bool {
        switch stage {
        case .sent, .accepted, .awaitingResumption: true
        case .awaitingRoute, .awaitingConnection: resumption != nil
        case .ended: false
        }
    }

    /// The call's time starts anew, within its bound; while the client is asked something, there is only the bound.
    func restartClock() {
        guard deadline != .distantFuture else { return }
        deadline = serverRequests.isWaiting || isHeld ? latest : min(.now() + wait, latest)
    }

    /// Has no more read of the connection the answer comes on, which is this exchange's alone; its time rests meanwhile.
    func hold(_ isHeld: Bool) {
        guard self.isHeld != isHeld, !(route?.session?.isEventStream ?? false) else { return }
        self.isHeld = isHeld
        if case .sent(let connection) = stage { connection.hold(isHeld) }
        restartClock()
    }

    func sent(on connection: UpstreamConnection) {
        stage = .sent(connection)
        if isHeld { connection.hold(true) }
        if resumption == nil, !isStream { restartClock() }
    }

    /// The request as it goes out on its route.
    func written(by writer: RequestWriter) -> ByteBuffer {
        let route = self.route ?? .opening
        bearing = owner.core.authorization?.line
        let bearing = bearing ?? []
        let writer = route.session?.endpoint?.writer ?? writer
        if let resumption { return writer.stream(route.session, after: resumption.lastEventID, bearing: bearing) }
        switch request {
        case .question(let question):
            let body = MessageWriter.request(
                question.method, params: question.params, for: route.era,
                progressToken: names.token, id: names.id)
            return writer.post(
                body, route: route, method: question.method, mirroredName: question.mirroredName,
                parameters: question.parameterHeaders, bearing: bearing)
        case .message(let body, let method):
            return writer.post(body, route: route, method: method, mirroredName: [], bearing: bearing)
        case .stream(let session, let eventID):
            return writer.stream(session, after: eventID, bearing: bearing)
        case .endOfSession(let session):
            return writer.endOfSession(session, bearing: bearing)
        }
    }

    /// What is left of the answer comes on another stream.
    func breakOff() {
        reader = AnswerReader(isEndless: isEndless)
        head = nil
        stage = .awaitingResumption
    }

    /// Is to go out once more with another token, on the route it went.
    func reauthorize() {
        reauthorizations += 1
        reader = AnswerReader(isEndless: isEndless)
        head = nil
        stage = .awaitingConnection
        if !isStream { restartClock() }
    }

    /// Goes back to the start to be sent once more.
    func startOver() {
        wasResent = true
        countedIn?.openCalls.subtract(1, ordering: .relaxed)
        countedIn = nil
        route = nil
        reader = AnswerReader(isEndless: isEndless)
        head = nil
        stage = .awaitingRoute
        restartClock()
    }
}

/// Who hears what a stream says.
struct StreamSink {
    /// The server has begun it.
    var opened: () -> Void
    /// A message, and where the stream has come to with it.
    var heard: (Message, _ eventID: [UInt8]?) -> Void
    /// It is over; with where it came to, and the server's `retry`.
    /// The server has said where messages are to be sent (2024-11-05).
    var endpoint: ([UInt8]) -> Void = { _ in }
    var ended: (Ending, _ eventID: [UInt8]?, _ retry: Int?) -> Void
}
