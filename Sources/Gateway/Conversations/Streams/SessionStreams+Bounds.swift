extension SessionStreams.State {
    mutating func begin(at now: UInt64) -> Int {
        newest += 1
        streams[newest] = SessionStreams.Stream(lastUsed: now)
        return newest
    }

    mutating func count(_ bytes: Int, _ budget: EventBudget) {
        self.bytes += bytes
        budget.take(bytes)
    }

    /// Whether one more stream can be kept; the oldest that has ended goes for it.
    mutating func makesRoom(_ budget: EventBudget) -> Bool {
        guard streams.count >= GatewayLimits.streamsPerSession else { return true }
        let ended = streams.filter { $0.value.log.isEnded && $0.value.reader == nil }.keys.min()
        guard let ended else { return false }
        remove(ended, budget)
        return true
    }

    /// Forgets the streams of requests that were neither spoken on nor read for too long.
    mutating func forgetOld(at now: UInt64, _ budget: EventBudget) {
        let old = streams.filter { $0.key != listening?.stream && isOld($0.value, at: now) }
        for number in old.keys { remove(number, budget) }
    }

    /// Forgets the stream outside any request, where it was neither spoken on nor read for too long.
    ///
    /// - Returns: what ends the listening.
    mutating func forgetListening(at now: UInt64, _ budget: EventBudget) -> Cancellation? {
        guard let listening, let stream = streams[listening.stream], isOld(stream, at: now) else { return nil }
        remove(listening.stream, budget)
        self.listening = nil
        return listening.ending
    }

    private func isOld(_ stream: SessionStreams.Stream, at now: UInt64) -> Bool {
        let age = UInt64(GatewayLimits.eventAge.components.seconds) * 1_000_000_000
        return stream.reader == nil && now > stream.lastUsed && now - stream.lastUsed > age
    }

    private mutating func remove(_ number: Int, _ budget: EventBudget) {
        guard let stream = streams.removeValue(forKey: number) else { return }
        count(-stream.log.bytes, budget)
    }

    /// Forgets the oldest events until the bounds are kept: of the stream, of the session, of all sessions.
    ///
    /// What a reader is yet to take is not forgotten; one that leaves too much behind reads no more.
    ///
    /// - Returns: the reader that was cut off.
    mutating func keepsBounds(changed number: Int, _ budget: EventBudget) -> (any EventReader)? {
        var cut: (any EventReader)?
        if let stream = streams[number], stream.log.isTooFarAhead {
            cut = stream.reader?.reader
            streams[number]?.reader = nil
        }
        while isOverfull(number), drop(from: number, budget) {}
        guard bytes > GatewayLimits.eventBytesPerSession || budget.isExceeded else { return cut }
        for other in streams.keys.sorted() {
            while bytes > GatewayLimits.eventBytesPerSession || budget.isExceeded, drop(from: other, budget) {}
        }
        return cut
    }

    /// Forgets a stream's oldest event, if there is one and nobody is yet to take it.
    private mutating func drop(from number: Int, _ budget: EventBudget) -> Bool {
        guard canDrop(from: number) else { return false }
        count(-(streams[number]?.log.dropOldest() ?? 0), budget)
        return true
    }

    private func isOverfull(_ number: Int) -> Bool {
        streams[number].map {
            $0.log.count > GatewayLimits.eventsPerStream || $0.log.bytes > GatewayLimits.eventBytesPerStream
        } ?? false
    }

    private func canDrop(from number: Int) -> Bool {
        streams[number].map { stream in
            stream.log.count > 0 && (stream.reader.map { stream.log.first <= $0.position } ?? true)
        } ?? false
    }
}
