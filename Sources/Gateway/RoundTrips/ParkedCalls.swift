import Synchronization

/// Calls of modern clients to legacy servers that wait, between two legs, for what the server asked of the client.
///
/// The call stays open at the server; the client holds a sealed number. Found by number and principal together, once.
final class ParkedCalls: Sendable {
    private struct Parked {
        let flight: InFlight
        let principal: Principal
        let until: UInt64

        func isOf(_ other: Principal) -> Bool { principal.id.utf8.elementsEqual(other.id.utf8) }
    }

    private let calls = Mutex<[UInt64: Parked]>([:])

    /// Keeps a call; nil where too many wait.
    func park(_ flight: InFlight, for principal: Principal, at now: UInt64) -> UInt64? {
        let life = UInt64(GatewayLimits.roundTripLife / .nanoseconds(1))
        return calls.withLock { calls in
            let own = calls.values.count { $0.isOf(principal) }
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
    func claim(_ number: UInt64, for principal: Principal, at now: UInt64) -> InFlight? {
        calls.withLock { calls in
            guard let parked = calls[number], parked.isOf(principal), parked.until > now else { return nil }
            calls[number] = nil
            return parked.flight
        }
    }

    /// Ends the calls whose client did not come back in time.
    func sweep(at now: UInt64) { end { $0.until <= now } }

    /// Ends the calls of those who may not come back for them.
    func endAll(where isMeant: (Principal, _ server: String) -> Bool) {
        end { isMeant($0.principal, $0.flight.candidate.inbound.server.slug) }
    }

    private func end(where isMeant: (Parked) -> Bool) {
        let ended = calls.withLock { calls in
            let ended = calls.filter { isMeant($0.value) }
            for number in ended.keys { calls[number] = nil }
            return ended.values.map(\.flight)
        }
        for flight in ended { flight.cancel() }
    }
}
