import Gateway
import NIOCore

/// What the server says of itself, out of the handshake or the probe.
extension UpstreamLoop {
    func describe(
        for scope: UpstreamScope,
        _ answer: @escaping @Sendable (Result<UpstreamDescription, UpstreamFailure>) -> Void
    ) {
        core.agreement { $0.forgetDescription(olderThan: HTTPLimits.descriptionAge, at: .now()) }
        describeAsAgreed(for: scope, answer)
    }

    private func describeAsAgreed(
        for scope: UpstreamScope,
        _ answer: @escaping @Sendable (Result<UpstreamDescription, UpstreamFailure>) -> Void
    ) {
        let step = core.agreement { ledger in
            ledger.step(for: scope) {
                self.waiter { home, failure in
                    if let failure { answer(.failure(failure)) } else { home.describeAsAgreed(for: scope, answer) }
                }
            }
        }
        switch step {
        case .go(.legacy(let session)): answer(.success(session.description))
        case .go(.modern), .go(.opening): answer(modernDescription)
        case .wait: break
        case .probe: probe()
        case .initialize: initialize(scope)
        case .refuse(let failure): answer(.failure(failure))
        }
    }

    private var modernDescription: Result<UpstreamDescription, UpstreamFailure> {
        guard case .modern(let description?, _) = core.agreement({ $0.standing }) else {
            return .failure(UpstreamFailure(.unsupported, "the server does not answer `server/discover`"))
        }
        return .success(description)
    }
}
