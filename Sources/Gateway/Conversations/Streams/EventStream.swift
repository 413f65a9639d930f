/// One event stream of a legacy session, which outlives the connections it is read on.
///
/// What is said on it is kept within bounds, so that a client that lost its connection can read on
/// (revision 2025-03-26 on, "Resumability and Redelivery").
public final class EventStream: Answering {
    private let streams: SessionStreams
    private let number: Int

    init(_ streams: SessionStreams, number: Int) {
        self.streams = streams
        self.number = number
    }

    public func begin(session: String) {}

    public func notify(_ message: [UInt8]) { streams.say(message, on: number) }

    public func finish(_ answer: Answer) { streams.end(number, saying: answer.body) }

    /// Begins to be read from where reading stopped; whoever read it so far is at its end.
    public func read(by reader: any EventReader) -> Reading? { streams.read(number, after: nil, by: reader) }
}

/// A connection on which a stream is read.
public protocol EventReader: Sendable {
    /// There is something to be taken from the reading. Called on any thread, once until it was taken.
    func eventsAreWaiting()
}

/// One connection's reading of a stream.
public struct Reading: Sendable {
    let streams: SessionStreams
    let stream: Int
    /// Tells it from the stream's other readings.
    let number: Int
    /// Names where it began.
    public let start: EventID

    /// What was said since the last time.
    public struct Taken: Sendable {
        public var events: [(id: EventID, message: [UInt8])] = []
        /// Whether this reading is at its end: the stream has ended, or is read by another.
        public var isOver = false
    }

    public func take() -> Taken { streams.take(self) }

    /// The connection is gone; the stream may be read on another.
    public func stop() { streams.stop(self) }
}
