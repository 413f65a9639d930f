import Gateway
import MCPMessages
import NIOCore

/// Responses that are streams: of a request that says something before its answer, and of a session.
extension MCPEndpointHandler {
    /// A message before the answer: begins the stream, if it has not begun.
    func notify(_ message: [UInt8], request: Int) {
        guard request == number, case .answering = state else { return }
        openStream()
        guard case .answering(let exchange) = state else { return }
        if let events = exchange.stream?.events {
            events.notify(message)
        } else {
            write(event: SSEEncoder.event(message))
        }
    }

    /// Writes what a session's stream has said.
    func takeEvents(request: Int) {
        guard request == number, case .answering(var exchange) = state, let reading = exchange.reading, let context
        else { return }
        let taken = reading.take()
        exchange.lastSign = .now()
        if taken.isOver { exchange.reading = nil }
        state = .answering(exchange)
        writer(context).write(taken.events, endFollows: taken.isOver)
        if taken.isOver { finish(Answer(.ok), request: request) }
    }

    /// Begins the response as a stream, if it has not begun; one that its session keeps, where it has one.
    func openStream() {
        guard case .answering(var exchange) = state, !exchange.isStreaming else { return }
        let opened = exchange.stream?.openEvents()
        exchange.reading = opened?.reading
        beginStream(&exchange, at: opened?.isPrimed == true ? opened?.reading.start : nil)
    }

    /// Begins a response that is a session's stream and nothing else.
    func listen(to reading: Reading, isPrimed: Bool) {
        guard case .answering(var exchange) = state else { return }
        exchange.isListening = true
        exchange.reading = reading
        beginStream(&exchange, at: isPrimed ? reading.start : nil)
        takeEvents(request: number)
    }

    private func beginStream(_ exchange: inout Exchange, at start: EventID?) {
        guard let context else { return }
        exchange.isStreaming = true
        exchange.lastSign = .now()
        state = .answering(exchange)
        let retry = Int(limits.retry.nanoseconds / 1_000_000)
        writer(context).beginStream(
            sessionID: exchange.sessionID, opening: start.map { SSEEncoder.priming(id: $0.text, retry: retry) } ?? [])
    }

    func write(event: [UInt8]) {
        guard case .answering(var exchange) = state, let context else { return }
        exchange.lastSign = .now()
        state = .answering(exchange)
        writer(context).write(event: event)
    }
}
