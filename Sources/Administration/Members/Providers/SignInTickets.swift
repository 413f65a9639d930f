import GatewayStorage
import Synchronization
import WireJSON

/// Tickets of sign-ins at providers: what a browser keeps while its person is away, sealed, and good for one answer.
///
/// Nothing is kept here for a browser that never comes back, so that no ticket is pushed out by a crowd's. Answers are looked
/// at within bounds: whoever sends many from one address keeps out those who share it, and nobody else; a crowd from ten
/// addresses or more can keep everybody out for as long as it goes on.
final class SignInTickets: Sendable {
    private struct Used {
        var digests: Set<[UInt8]> = []
        /// In the order of their use.
        var times: [(digest: [UInt8], peer: String, at: WallTime)] = []
    }

    private let used = Mutex(Used())

    /// Takes a ticket away; answered yes once for each, and in a minute at most
    /// ``AdministrationBounds/signInAnswersPerAddress`` times for one peer and ``AdministrationBounds/signInAnswers`` for
    /// all. One that is too many is not taken, and is good for another try.
    ///
    /// - Parameter plain: what was sealed: one ticket may be spelled in several ways.
    func use(_ plain: [UInt8], from peer: String, at now: WallTime) -> Administration.TicketUse {
        let digest = BearerToken.digest(of: Hexadecimal.text(plain))
        return used.withLock { used in
            let over = used.times.prefix { $0.at.advanced(by: AdministrationBounds.signInTicket) <= now }
            for entry in over { used.digests.remove(entry.digest) }
            used.times.removeFirst(over.count)
            guard !used.digests.contains(digest) else { return .used }
            let lately = used.times.reversed().prefix { now < $0.at.advanced(by: .seconds(60)) }
            let own = lately.count { $0.peer.utf8.elementsEqual(peer.utf8) }
            guard lately.count < AdministrationBounds.signInAnswers,
                own < AdministrationBounds.signInAnswersPerAddress
            else { return .busy }
            used.digests.insert(digest)
            used.times.append((digest, peer, now))
            return .taken
        }
    }
}

extension Administration {
    /// What using a ticket comes to.
    public enum TicketUse: Sendable, Hashable {
        case taken
        /// It was used before.
        case used
        /// Too many sign-ins at once: it was not taken.
        case busy
    }

    /// Seals what a browser keeps until it comes back from a provider.
    public func sealTicket(_ plain: [UInt8]) throws(Refusal) -> String {
        var writer = JSONWriter()
        writer.object {
            $0.member("until", clock().advanced(by: AdministrationBounds.signInTicket))
            $0.member("ticket", Hexadecimal.text(plain))
        }
        return Hexadecimal.text(try keyring.current.seal(writer.bytes, context: Self.ticketContext))
    }

    /// What was sealed; nil for a ticket that is forged or over.
    public func openTicket(_ ticket: String) -> [UInt8]? {
        guard ticket.utf8.count <= AdministrationBounds.ticketBytes, let sealed = Hexadecimal.bytes(ticket),
            let plain = try? keyring.current.open(sealed, context: Self.ticketContext), let kept = try? JSON(plain),
            let until = kept.time("until"), clock() < until
        else { return nil }
        return kept.text("ticket").flatMap { Hexadecimal.bytes($0) }
    }

    /// Takes an opened ticket away, so that no second answer is believed for it.
    ///
    /// - Parameter peer: where the answer comes from, as far as bounds are counted by it.
    public func useTicket(_ plain: [UInt8], from peer: String) -> TicketUse {
        tickets.use(plain, from: peer, at: clock())
    }

    private static var ticketContext: [UInt8] { Array("gatehouse-sign-in-1".utf8) }
}
