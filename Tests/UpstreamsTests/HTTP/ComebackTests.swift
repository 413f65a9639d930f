import GatewayTesting
import NIOCore
import Testing

@testable import Upstreams

/// When a stream that ended is asked for again. The time is the test's.
@Suite("Coming back")
struct ComebackTests {
    /// How often in an hour a server is asked that ends each stream after it stood for a while.
    private static func attempts(
        standing: TimeAmount?, retry: Int? = nil, seed: UInt64, within: TimeAmount = .hours(1)
    ) -> [NIODeadline] {
        var dice = SeededGenerator(seed: seed)
        var comeback = Comeback()
        var now = NIODeadline.uptimeNanoseconds(0)
        let end = now + within
        var attempts: [NIODeadline] = []
        while now < end {
            attempts.append(now)
            if let standing {
                comeback.stands(since: now)
                now = now + standing
            }
            now =
                now
                + comeback.ended(
                    at: now, retry: retry, pace: ReconnectPace(), chance: .random(in: 0...1, using: &dice))
        }
        return attempts
    }

    @Test(
        "a server that ends each stream at once is asked ever more seldom, once a minute in the end",
        arguments: [nil, 0])
    func backsOff(_ retry: Int?) {
        let seed = UInt64.random(in: .min ... .max)
        let attempts = Self.attempts(standing: .zero, retry: retry, seed: seed)
        let waits = zip(attempts.dropFirst(), attempts).map { $0 - $1 }
        #expect(attempts.count < 80, "seed \(seed)")
        #expect(waits.allSatisfy { $0 <= .seconds(75) }, "seed \(seed)")
        #expect(waits.last ?? .zero >= .seconds(60), "seed \(seed)")
        #expect(attempts.count { $0 < .uptimeNanoseconds(0) + .seconds(10) } < 12, "seed \(seed)")
    }

    @Test("two that were ended together do not come back together")
    func spreads() {
        let (one, two) = (Self.attempts(standing: nil, seed: 1), Self.attempts(standing: nil, seed: 2))
        #expect(!zip(one.dropFirst(), two.dropFirst()).contains { $0 == $1 })
    }

    @Test("a stream that stood for long has not failed")
    func steady() {
        let attempts = Self.attempts(standing: .seconds(10), seed: 3, within: .minutes(10))
        let waits = zip(attempts.dropFirst(), attempts).map { $0 - $1 - .seconds(10) }
        #expect(waits.allSatisfy { $0 >= .milliseconds(500) && $0 <= .milliseconds(625) })
    }

    @Test("a server is left alone for as long as it asks, at the least", arguments: [3000, 120_000])
    func retry(_ retry: Int) {
        let attempts = Self.attempts(standing: .seconds(10), retry: retry, seed: 4)
        let waits = zip(attempts.dropFirst(), attempts).map { $0 - $1 - .seconds(10) }
        #expect(!waits.isEmpty && waits.allSatisfy { $0 >= .milliseconds(Int64(retry)) })
    }
}
