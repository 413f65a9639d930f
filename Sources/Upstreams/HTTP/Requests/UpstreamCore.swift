import Fetching
import Gateway
import NIOCore
import Synchronization

/// What the loops of one upstream share: what never changes, and what is agreed with the server.
final class UpstreamCore: Sendable {
    let address: UpstreamAddress
    let headers: [StaticHeader]
    let timeouts: UpstreamTimeouts
    let clientInfo: [UInt8]
    let writer: RequestWriter
    let limits: ConnectionLimits
    let pace: ReconnectPace
    let authorization: UpstreamAuthorization?
    let onEvent: @Sendable (UpstreamEvent) -> Void
    private let ledger: Mutex<AgreementLedger>
    /// Whether a legacy server has been seen to speak outside requests.
    let answersGET = Atomic<Bool>(false)
    private let homeList = Mutex<[Home]>([])
    private let lastID = Atomic<Int>(NamesInUse.firstOwn - 1)
    /// Of requests that stand alone; a session has its own.
    private let names = Mutex(NamesInUse())

    init(
        address: UpstreamAddress, headers: [StaticHeader], timeouts: UpstreamTimeouts, clientInfo: [UInt8],
        writer: RequestWriter, limits: ConnectionLimits,
        pace: ReconnectPace, authorization: UpstreamAuthorization?,
        followsClientEra: Bool, onEvent: @escaping @Sendable (UpstreamEvent) -> Void
    ) {
        self.address = address
        self.headers = headers
        self.timeouts = timeouts
        self.clientInfo = clientInfo
        self.writer = writer
        self.limits = limits
        self.pace = pace
        self.authorization = authorization
        self.onEvent = onEvent
        ledger = Mutex(AgreementLedger(followsClientEra: followsClientEra))
    }

    /// Every loop's part, until everything has ended.
    var homes: [Home] { homeList.withLock { $0 } }

    func setHomes(_ homes: [Home]) { homeList.withLock { $0 = homes } }

    /// Where everything is watched.
    var watchHome: Home? { homeList.withLock { $0.first } }

    /// An id no other request to this upstream bears.
    func nextID() -> Int { lastID.wrappingAdd(1, ordering: .relaxed).newValue }

    /// The names in use in the conversation that a route leads to: a short critical section.
    func claimNames<Value: Sendable>(on route: Route, _ body: (inout NamesInUse) -> Value) -> Value {
        guard let session = route.session else { return names.withLock { body(&$0) } }
        return session.names.withLock { body(&$0) }
    }

    /// A short critical section: nothing is called from inside that could wait, but `waiter` to make one.
    func agreement<Value>(_ body: (inout sending AgreementLedger) -> sending Value) -> Value {
        ledger.withLock(body)
    }
}
