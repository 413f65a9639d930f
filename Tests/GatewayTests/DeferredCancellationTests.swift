import GatewayTesting
import Testing

@testable import Gateway

/// What is handed out before it is known what there is to cancel.
@Suite("Deferred cancellations")
struct DeferredCancellationTests {
    @Test(
        "what is held before it is known is held once it is; what was let go again is not told of", arguments: [1, 2])
    func early(_ times: Int) {
        let held = Watched<[Bool]>([])
        let deferred = DeferredCancellation()
        for time in 0..<times { deferred.hold(time == 0) }
        deferred.become(Cancellation({}, hold: { isHeld in held.change { $0.append(isHeld) } }))
        #expect(held.value == (times == 1 ? [true] : []))
        deferred.hold(false)
        #expect(held.value.last == false)
    }

    @Test("what is let go just when it is told to hold is not held for good", arguments: [true, false])
    func meanwhile(_ isEarly: Bool) {
        let held = Watched<[Bool]>([])
        let isFirst = Watched(true)
        let deferred = DeferredCancellation()
        // The other thread is done before this one comes to say what it had read.
        let pace = Cancellation(
            {},
            hold: { isHeld in
                let isOvertaken = isFirst.change { isFirst in
                    defer { isFirst = false }
                    return isFirst
                }
                if isOvertaken { deferred.hold(false) }
                held.change { $0.append(isHeld) }
            })
        if isEarly { deferred.hold(true) }
        deferred.become(pace)
        if !isEarly { deferred.hold(true) }
        #expect(held.value.last == false, "\(held.value)")
    }

    @Test("what was taken back is taken back once it is known, and neither held nor known")
    func cancelled() {
        let (cancelled, held) = (Watched(0), Watched<[Bool]>([]))
        let deferred = DeferredCancellation()
        deferred.hold(true)
        deferred.cancel()
        deferred.become(
            Cancellation({ cancelled.change { $0 += 1 } }, hold: { isHeld in held.change { $0.append(isHeld) } }))
        #expect(cancelled.value == 1 && held.value.isEmpty && deferred.isCancelled && !deferred.isKnown)
    }
}
