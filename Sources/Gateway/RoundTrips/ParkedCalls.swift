import Synchronization

/// Calls of modern clients to legacy servers that wait, between two legs, for what the server asked of the client.
///
/// The call stays open at the server; the client holds a sealed number. Found by number and principal together, once.
final class ParkedCalls: Sendable {
    private struct Parked {
        let flight: InFlight
        let principal: String
        let until: UInt64
    }

    private let calls = Mutex<[UInt64: Parked]>([:])

    /// Keeps a call; nil where too many wait.
    func park(_ flight: InFlight, for principal: String, at now: UInt64) -> UInt64? {
        let life = UInt64(GatewayLimits.roundTripLife / .nanoseconds(1))
        return calls.withLock { calls in
            let own = calls.values.count { $0.principal.utf8.elementsEqual(principal.utf8) }
            guard calls.count < GatewayLimits.parkedCalls, own < GatewayLimits.parkedCallsPerPrincipal else {
                return nil
            }
            let number = UInt64.random(in: .min ... .max)
            guard calls[number] == nil else { return nil }
            calls[number] = Parked(flight: flight, principal: principal, until: now + life)
            return number
        }
    }

    /// Takes a call out, for its principal alone.
    func claim(_ number: UInt64, for principal: String, at now: UInt64) -> InFlight? {
        calls.withLock { calls in
            guard let parked = calls[number], parked.principal.utf8.elementsEqual(principal.utf8), parked.until > now
            else { return nil }
            calls[number] = nil
            return parked.flight
        }
    }

    /// Ends the calls whose client did not come back in time.
    func sweep(at now: UInt64) {
        let expired = calls.withLock { calls in
            let expired = calls.filter { $0.value.until <= now }
            for number in expired.keys { calls[number] = nil }
            return expired.values.map(\.flight)
        }
        for flight in expired { flight.cancel() }
    }
}
