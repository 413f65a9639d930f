import Gateway
import NIOCore

/// One coarse timer for everything that can be late, instead of one for each request.
extension UpstreamLoop {
    func scheduleSweep() {
        guard !isSweeping else { return }
        isSweeping = true
        loop.assumeIsolated().scheduleTask(in: HTTPLimits.sweep) { self.sweep() }
    }

    private func sweep() {
        isSweeping = false
        let now = NIODeadline.now()
        for exchange in exchanges.values where exchange.deadline <= now {
            abandon(exchange, UpstreamFailure(.timedOut, "no answer in time"))
        }
        pool.closeOverdue(at: now)
        streams.closeOverdue(at: now)
        if !exchanges.isEmpty || !pool.isEmpty || !streams.isEmpty { scheduleSweep() }
    }
}
