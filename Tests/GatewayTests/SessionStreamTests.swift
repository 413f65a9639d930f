import GatewayStorage
import GatewayTesting
import Synchronization
import Testing

@testable import Gateway

/// What a session keeps of its streams, and who reads it.
@Suite("Streams of a session")
struct SessionStreamTests {
    /// A reader that takes what there is whenever it is told.
    private final class Taker: EventReader {
        let taken = Mutex<(positions: [Int], messages: [String], isOver: Bool)>(([], [], false))
        let reading = Mutex<Reading?>(nil)

        func eventsAreWaiting() {
            // One at a time, as a connection does it on its loop.
            reading.withLock { reading in
                guard let reading else { return }
                let new = reading.take()
                taken.withLock { taken in
                    taken.positions += new.events.map(\.id.position)
                    taken.messages += new.events.map { String(decoding: $0.message, as: UTF8.self) }
                    taken.isOver = taken.isOver || new.isOver
                }
            }
        }

        func reads(_ reading: Reading?) {
            self.reading.withLock { $0 = reading }
            eventsAreWaiting()
        }

        var messages: [String] { taken.withLock { $0.messages } }
        var isOver: Bool { taken.withLock { $0.isOver } }
    }

    private let clock = ManualClock()

    private func streams(_ budget: EventBudget = EventBudget()) -> SessionStreams {
        let wall = clock.reading
        return SessionStreams(
            budget: budget,
            clock: GatewayClock(wall: wall, steady: { UInt64(wall().milliseconds) * 1_000_000 }))
    }

    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test("an event's id is read as it was written, and in no other spelling")
    func ids() {
        for id in [
            EventID(session: 0, stream: 1, position: 0), EventID(session: .max, stream: .max, position: .max),
        ] {
            #expect(EventID(id.text) == id)
        }
        for text in [
            "", "1", "1-1", "1-1-1-1", "-1-1-1", "1--1-1", "01-1-1", "1-+1-1", "1-1-01", "A-1-1", "a-1-1 ", "é-1-1",
        ] {
            #expect(EventID(text) == nil, "\(text)")
        }
    }

    @Test("one who reads gets everything in its order, whichever threads speak", .timeLimit(.minutes(1)))
    func order() async throws {
        let streams = streams()
        let stream: EventStream = try #require(streams.open())
        let taker = Taker()
        taker.reads(stream.read(by: taker))
        await withTaskGroup(of: Void.self) { group in
            for speaker in 0..<4 {
                group.addTask {
                    for number in 0..<500 { stream.notify(Array("\(speaker) \(number)".utf8)) }
                }
            }
        }
        stream.finish(Answer(.ok, body: bytes("end")))
        taker.eventsAreWaiting()
        #expect(taker.taken.withLock { $0.positions } == Array(1...2001) && taker.isOver)
        #expect(taker.messages.last == "end")
        for speaker in 0..<4 {
            #expect(taker.messages.filter { $0.hasPrefix("\(speaker) ") } == (0..<500).map { "\(speaker) \($0)" })
        }
    }

    @Test("what is said while nobody reads waits for the next reader, who begins where the last one stopped")
    func away() throws {
        let streams = streams()
        let stream: EventStream = try #require(streams.beginListening())
        stream.notify(bytes("1"))
        let (first, second) = (Taker(), Taker())
        first.reads(stream.read(by: first))
        stream.notify(bytes("2"))
        first.reading.withLock { $0?.stop() }
        stream.notify(bytes("3"))
        second.reads(stream.read(by: second))
        stream.notify(bytes("4"))
        #expect(first.messages == ["1", "2"] && second.messages == ["3", "4"] && !second.isOver)
    }

    @Test("a message larger than what is kept passes to its reader, and is not kept after that")
    func large() throws {
        let budget = EventBudget()
        let streams = streams(budget)
        let stream: EventStream = try #require(streams.open())
        let taker = Taker()
        taker.reads(stream.read(by: taker))
        let large = String(repeating: "x", count: GatewayLimits.eventBytesPerStream + 1)
        stream.notify(bytes(large))
        stream.notify(bytes("small"))
        #expect(taker.messages == [large, "small"])
        taker.reading.withLock { $0?.stop() }
        let again = Taker()
        again.reads(streams.resume(EventID(session: tag(of: taker), stream: 1, position: 0), by: again))
        #expect(again.messages == ["small"])
    }

    private func tag(of taker: Taker) -> UInt64 { taker.reading.withLock { $0?.start.session } ?? 0 }

    @Test("one that leaves too much waiting reads no more, and may read on")
    func behind() throws {
        final class Sleeper: EventReader { func eventsAreWaiting() {} }
        let streams = streams()
        let stream: EventStream = try #require(streams.open())
        let sleeper = Sleeper()
        let reading: Reading = try #require(stream.read(by: sleeper))
        // One large event is not too much.
        stream.notify([UInt8](repeating: 0x78, count: 33 << 20))
        #expect(reading.take().events.count == 1)
        let piece = [UInt8](repeating: 0x78, count: 1 << 20)
        for _ in 0..<33 { stream.notify(piece) }
        #expect(reading.take().isOver)
        stream.finish(Answer(.ok, body: bytes("end")))
        let taker = Taker()
        taker.reads(streams.resume(reading.start, by: taker))
        #expect(taker.messages.last == "end" && taker.messages.count == 4 && taker.isOver)
    }

    @Test("a session keeps so many bytes: the oldest stream's go first")
    func session() throws {
        let budget = EventBudget()
        let streams = streams(budget)
        let piece = [UInt8](repeating: 0x78, count: 1 << 20)
        let opened = try (0..<4).map { _ in try #require(streams.open()) }
        var starts: [EventID] = []
        for stream in opened {
            let taker = Taker()
            let reading: Reading = try #require(stream.read(by: taker))
            starts.append(reading.start)
            reading.stop()
            for _ in 0..<3 { stream.notify(piece) }
        }
        let kept = starts.map { start in
            let taker = Taker()
            taker.reads(streams.resume(start, by: taker))
            return taker.messages.count
        }
        #expect(kept == [0, 1, 3, 3])
        streams.close()
        #expect(budget.isEmpty)
    }

    @Test("all sessions together keep so many bytes, and give them back when they end")
    func together() throws {
        let budget = EventBudget(bound: 1000)
        do {
            let (first, second) = (streams(budget), streams(budget))
            let (one, two): (EventStream, EventStream) = (try #require(first.open()), try #require(second.open()))
            one.notify([UInt8](repeating: 0x78, count: 800))
            two.notify([UInt8](repeating: 0x79, count: 800))
            let (taker, other) = (Taker(), Taker())
            taker.reads(two.read(by: taker))
            other.reads(one.read(by: other))
            #expect(taker.messages.isEmpty && other.messages.count == 1)
            for one in [taker, other] { one.reading.withLock { $0 = nil } }
        }
        #expect(budget.isEmpty)
    }

    @Test("so many streams are kept: one that has ended makes room, one that has not keeps its place")
    func many() throws {
        let streams = streams()
        let all = try (0..<GatewayLimits.streamsPerSession).map { _ in try #require(streams.open()) }
        #expect(streams.open() == nil)
        all[5].finish(Answer(.ok, body: bytes("end")))
        #expect(streams.open() != nil && streams.open() == nil)
        #expect(all[5].read(by: Taker()) == nil)
    }

    @Test("streams of which nothing was heard for long enough are forgotten, also the one outside any request")
    func old() throws {
        let streams = streams()
        let (stream, listening): (EventStream, EventStream) = (
            try #require(streams.open()), try #require(streams.beginListening())
        )
        let isEnded = Watched(false)
        streams.listens(until: Cancellation { isEnded.change { $0 = true } })
        let taker = Taker()
        taker.reads(listening.read(by: taker))
        #expect(streams.beginListening() == nil)
        clock.advance(by: GatewayLimits.eventAge + .milliseconds(1))
        streams.tidy()
        #expect(stream.read(by: Taker()) == nil && isEnded.value == false)
        taker.reading.withLock { $0?.stop() }
        clock.advance(by: GatewayLimits.eventAge + .milliseconds(1))
        streams.tidy()
        #expect(isEnded.value && streams.listening == nil)
        // The next one has ids of its own.
        let next: Reading? = streams.beginListening()?.read(by: taker)
        #expect(next?.start.stream == 3)
    }

    @Test("when the session is over every reading ends and nothing is kept")
    func closing() throws {
        let streams = streams()
        let stream: EventStream = try #require(streams.open())
        let isEnded = Watched(false)
        _ = streams.beginListening()
        streams.listens(until: Cancellation { isEnded.change { $0 = true } })
        let taker = Taker()
        taker.reads(stream.read(by: taker))
        streams.close()
        #expect(taker.isOver && isEnded.value)
        stream.notify(bytes("late"))
        stream.finish(Answer(.ok))
        #expect(taker.messages.isEmpty && streams.open() == nil && streams.beginListening() == nil)
    }
}
