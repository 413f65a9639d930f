import GatewayStorage
public import MCPMessages
import PolicyEngine

/// One call that may go upstream, once.
///
/// Not copyable and made by `Admission` alone: to forge one, to keep one for later or to send one twice does not compile.
public struct AdmittedCall: ~Copyable, Sendable {
    /// `tools/call`, or another method where all are let through.
    public let method: String
    /// The members that travel, as judged.
    public let params: UpstreamParams
    /// The tool's name (or prompt's, or URI), for the mirrored header; empty where the method has none.
    public let mirroredName: [UInt8]
    /// The client's own id and progress token.
    public let names: RequestNames
    public let scope: UpstreamScope
    /// The arguments that the tool's schema wants repeated in headers, for a modern server over HTTP.
    public let parameterHeaders: [ParameterHeader]

    /// Whether the client asked for progress.
    public var wantsProgress: Bool { names.progressToken != nil }

    fileprivate init(_ candidate: CallCandidate) {
        method = candidate.inbound.request.method
        params = candidate.params
        mirroredName = candidate.mirroredName
        names = RequestNames(
            id: candidate.inbound.request.id,
            progressToken: candidate.inbound.metadata.progressToken.flatMap(RequestID.init))
        scope = candidate.inbound.scope
        parameterHeaders = candidate.parameterHeaders
    }
}

/// What became of a candidate.
enum AdmissionOutcome: ~Copyable {
    case admitted(AdmittedCall, ChargeReceipt?)
    case refused(Outcome)
}

/// Collects what a permitted call owes, and lets it through: charges, then the decision's audit entry, then the call.
///
/// A limit is charged, not read: the atomic charge is the check. What is in memory is settled on the spot; what must
/// wait for the store goes to the slow lane and settles from there.
struct Admission: Sendable {
    typealias Settle = @Sendable (consuming AdmissionOutcome) -> Void

    let ledger: CounterLedger
    let trail: AuditTrail
    let slowLane: SlowLane
    let clock: GatewayClock

    func admit(_ candidate: CallCandidate, settle: @escaping Settle) {
        guard candidate.approvals.isEmpty || candidate.isObserved else {
            return settle(.refused(.approvalOwed(candidate.approvals[0])))
        }
        guard !candidate.charges.isEmpty else { return record(candidate, receipt: nil, settle) }
        let owed = candidate.counterCharges
        switch ledger.charge(owed, at: clock.wall()) {
        case .settled(let outcome): charged(candidate, outcome, settle)
        case .needsReservation:
            let isTaken = slowLane.submit { [self] in
                do {
                    charged(candidate, try await ledger.reserve(owed), settle)
                } catch {
                    unavailable(candidate, settle)
                }
            }
            if !isTaken { settle(.refused(.unavailable(.overloaded))) }
        }
    }

    /// A further leg of a call that was admitted: judged again, recorded and charged already.
    func readmit(_ candidate: CallCandidate) -> AdmittedCall { AdmittedCall(candidate) }

    /// Gives back what a call was charged of which nothing was written upstream.
    func refund(_ receipt: ChargeReceipt) { ledger.refund(receipt) }

    private func charged(_ candidate: CallCandidate, _ outcome: ChargeOutcome, _ settle: @escaping Settle) {
        switch outcome {
        case .charged(let receipt): record(candidate, receipt: receipt, settle)
        case .exhausted(let index, let retryAfter):
            let limited = Outcome.limited(candidate.charges[index], retryAfter: retryAfter)
            guard candidate.isObserved else { return settle(.refused(limited)) }
            var observed = candidate
            observed.advisory = observed.advisory ?? limited
            record(observed, receipt: nil, settle)
        }
    }

    private func unavailable(_ candidate: CallCandidate, _ settle: @escaping Settle) {
        guard candidate.isObserved else { return settle(.refused(.unavailable(.limits))) }
        var observed = candidate
        observed.advisory = observed.advisory ?? .unavailable(.limits)
        record(observed, receipt: nil, settle)
    }

    private func record(_ candidate: CallCandidate, receipt: ChargeReceipt?, _ settle: @escaping Settle) {
        let entry = candidate.decisionEntry(at: clock.wall())
        guard candidate.inbound.server.settings.isAuditStrict else {
            guard trail.record(entry) else { return unrecorded(receipt, settle) }
            return settle(.admitted(AdmittedCall(candidate), receipt))
        }
        let isTaken = trail.record(entry) { isDurable in
            guard isDurable else { return unrecorded(receipt, settle) }
            settle(.admitted(AdmittedCall(candidate), receipt))
        }
        if !isTaken { unrecorded(receipt, settle) }
    }

    private func unrecorded(_ receipt: ChargeReceipt?, _ settle: Settle) {
        if let receipt { refund(receipt) }
        settle(.refused(.unavailable(.audit)))
    }
}
