import Synchronization

/// The event streams of one legacy session: of its requests, and the one outside any request.
///
/// Readers take what is said, they are not given it: each event is put down under one lock and named there, so that a
/// stream has one order whichever threads speak on it and whichever connection reads.
public final class SessionStreams: Sendable {
    struct Reader {
        let reader: any EventReader
        let number: Int
        /// The position of the last event it took.
        var position: Int
        /// Whether it was told that something is waiting.
        var isTold = false
    }

    struct Stream {
        var log = EventLog()
        var reader: Reader?
        /// When it was last spoken on or read, nanoseconds of the steady clock.
        var lastUsed: UInt64
    }

    struct State {
        var streams: [Int: Stream] = [:]
        /// The number of the newest stream.
        var newest = 0
        /// How many readings there were.
        var readings = 0
        /// The stream outside any request, and what ends the listening for it.
        var listening: (stream: Int, ending: Cancellation)?
        var bytes = 0
        var isClosed = false
    }

    /// Tells the session's event ids from any other's.
    private let tag = UInt64.random(in: .min ... .max)
    private let state = Mutex(State())
    private let budget: EventBudget
    private let clock: GatewayClock

    init(budget: EventBudget, clock: GatewayClock) {
        self.budget = budget
        self.clock = clock
    }

    deinit { budget.take(-state.withLock { $0.bytes }) }

    // MARK: Speaking

    /// Opens the stream of a request; nil where as many are under way as can be kept.
    public func open() -> EventStream? {
        let now = clock.steady()
        return state.withLock { state in
            state.forgetOld(at: now, budget)
            guard !state.isClosed, state.makesRoom(budget) else { return nil }
            return EventStream(self, number: state.begin(at: now))
        }
    }

    func say(_ message: [UInt8], on number: Int) {
        change(number) { $0.append(message) }
    }

    func end(_ number: Int, saying message: [UInt8]) {
        change(number) { log in
            if !message.isEmpty { log.append(message) }
            log.end()
        }
    }

    /// Changes a stream that is still kept, and tells its reader.
    private func change(_ number: Int, _ change: (inout EventLog) -> Void) {
        let now = clock.steady()
        let reader: (any EventReader)? = state.withLock { state in
            guard let before = state.streams[number]?.log.bytes else { return nil }
            change(&state.streams[number, default: Stream(lastUsed: now)].log)
            state.streams[number]?.lastUsed = now
            state.count((state.streams[number]?.log.bytes ?? 0) - before, budget)
            let cut = state.keepsBounds(changed: number, budget)
            guard state.streams[number]?.reader?.isTold == false else { return cut }
            state.streams[number]?.reader?.isTold = true
            return state.streams[number]?.reader?.reader
        }
        reader?.eventsAreWaiting()
    }

    // MARK: Reading

    /// Reads on where a client lost a stream; nil where the id names nothing that is kept.
    func resume(_ id: EventID, by reader: any EventReader) -> Reading? {
        guard id.session == tag else { return nil }
        return read(id.stream, after: id.position, by: reader)
    }

    func read(_ number: Int, after position: Int?, by reader: any EventReader) -> Reading? {
        let now = clock.steady()
        let (reading, earlier): (Reading?, (any EventReader)?) = state.withLock { state in
            state.forgetOld(at: now, budget)
            guard let stream = state.streams[number], position ?? 0 <= stream.log.last else { return (nil, nil) }
            let start = position ?? stream.log.handedOut
            state.readings += 1
            state.streams[number]?.reader = Reader(reader: reader, number: state.readings, position: start)
            state.streams[number]?.lastUsed = now
            return (
                Reading(
                    streams: self, stream: number, number: state.readings,
                    start: EventID(session: tag, stream: number, position: start)), stream.reader?.reader
            )
        }
        // It finds that it reads no more.
        earlier?.eventsAreWaiting()
        return reading
    }

    func take(_ reading: Reading) -> Reading.Taken {
        let now = clock.steady()
        return state.withLock { state in
            guard let stream = state.streams[reading.stream], let reader = stream.reader,
                reader.number == reading.number
            else { return Reading.Taken(isOver: true) }
            guard let events = state.streams[reading.stream]?.log.take(after: reader.position) else {
                return Reading.Taken(isOver: true)
            }
            state.streams[reading.stream]?.reader?.position = stream.log.last
            state.streams[reading.stream]?.reader?.isTold = false
            state.streams[reading.stream]?.lastUsed = now
            if stream.log.isEnded { state.streams[reading.stream]?.reader = nil }
            _ = state.keepsBounds(changed: reading.stream, budget)
            return Reading.Taken(
                events: events.messages.enumerated().map { offset, message in
                    (EventID(session: tag, stream: reading.stream, position: events.first + offset), message)
                }, isOver: stream.log.isEnded)
        }
    }

    func stop(_ reading: Reading) {
        let now = clock.steady()
        state.withLock { state in
            guard state.streams[reading.stream]?.reader?.number == reading.number else { return }
            state.streams[reading.stream]?.reader = nil
            state.streams[reading.stream]?.lastUsed = now
            _ = state.keepsBounds(changed: reading.stream, budget)
        }
    }

    // MARK: Outside any request

    /// The stream outside any request, once it is being listened for.
    var listening: Int? { state.withLock { $0.listening?.stream } }

    /// Begins the stream outside any request; nil where there is one already, or the session is over.
    func beginListening() -> EventStream? {
        let now = clock.steady()
        return state.withLock { state in
            guard !state.isClosed, state.listening == nil else { return nil }
            let number = state.begin(at: now)
            state.listening = (number, .none)
            return EventStream(self, number: number)
        }
    }

    /// Notes what ends the listening; ends it at once where the session ended meanwhile.
    func listens(until ending: Cancellation) {
        let isOver = state.withLock { state in
            if let stream = state.listening?.stream { state.listening = (stream, ending) }
            return state.listening == nil
        }
        if isOver { ending.cancel() }
    }

    /// Ends the stream outside any request; another may be begun.
    func endListening() {
        let listening = state.withLock { state in
            defer { state.listening = nil }
            return state.listening
        }
        guard let listening else { return }
        listening.ending.cancel()
        end(listening.stream, saying: [])
    }

    // MARK: Forgetting

    /// Forgets what was neither said nor read for too long, and stops listening for a client that listens no more.
    func tidy() {
        let now = clock.steady()
        let ending = state.withLock { state in
            state.forgetOld(at: now, budget)
            return state.forgetListening(at: now, budget)
        }
        ending?.cancel()
    }

    /// The session is over: every reading ends, nothing is kept, nothing is listened for.
    func close() {
        let (readers, listening) = state.withLock { state in
            state.isClosed = true
            let listening = state.listening
            let readers = state.streams.values.compactMap { $0.reader?.reader }
            state.count(-state.bytes, budget)
            state.streams = [:]
            state.listening = nil
            return (readers, listening)
        }
        listening?.ending.cancel()
        for reader in readers { reader.eventsAreWaiting() }
    }
}
