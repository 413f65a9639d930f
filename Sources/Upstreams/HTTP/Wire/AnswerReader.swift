import Gateway
import MCPMessages
import NIOCore
import WireJSON

/// Reads the body of one response as the JSON-RPC messages in it: one in `application/json`, any number in
/// `text/event-stream`.
///
/// MCP, "Streamable HTTP", "Sending Messages to the Server". Servers are met that stream as `application/json`, a message
/// a line: where no length is announced, messages are given out line by line. A response with a status of 400 or more may carry a JSON-RPC
/// error; when its body is anything else, there is simply no message.
struct AnswerReader {
    private enum Body {
        case none
        case json([UInt8])
        case lines(JSONLines, read: Int)
        case events(SSEDecoder, read: Int)
    }

    private var body = Body.none
    private var isSuccess = true
    /// Whether the body may go on for ever.
    private let isEndless: Bool
    /// Where a stream of events has come to, for going on with it later; nil when its server keeps nothing to go on with.
    private(set) var lastEventID: [UInt8]?
    /// Whether a message has come.
    private(set) var hasSpoken = false
    /// Where a server of 2024-11-05 wants messages sent.
    private(set) var endpoint: [UInt8]?
    /// How many milliseconds the server wants to be left alone before that.
    private(set) var retry: Int?

    init(isEndless: Bool = false) { self.isEndless = isEndless }

    /// Takes the head. False when the body is of no interest, whatever it is.
    mutating func begin(_ head: ResponseHead) throws(UpstreamFailure) -> Bool {
        isSuccess = (200..<300).contains(head.status)
        guard head.body != .none else { return false }
        if head.isEncoded {
            if !isSuccess { return false }
            throw UpstreamFailure(.unreadable, "the answer has a content encoding that was not asked for")
        }
        switch head.content {
        case .json:
            guard case .length(let length) = head.body else {
                body = .lines(JSONLines(), read: 0)
                return true
            }
            var bytes: [UInt8] = []
            guard length <= HTTPLimits.bodyBytes else { throw Self.tooLarge }
            bytes.reserveCapacity(min(length, HTTPLimits.reservedBytes))
            body = .json(bytes)
            return true
        case .events where isSuccess:
            body = .events(SSEDecoder(), read: 0)
            return true
        case .events, .other:
            guard isSuccess else { return false }
            throw UpstreamFailure(.unreadable, "the answer is \(Quoted.text(head.content)), neither JSON nor events")
        }
    }

    /// Takes a piece of the body and gives out the messages that are complete with it, in a stream.
    mutating func take(_ bytes: ByteBuffer) throws(UpstreamFailure) -> [Message] {
        switch body {
        case .none: return []
        case .json(var read):
            body = .none  // INVARIANT: the array has one owner while it grows
            guard read.count + bytes.readableBytes <= HTTPLimits.bodyBytes else { throw Self.tooLarge }
            read.append(contentsOf: bytes.readableBytesView)
            body = .json(read)
            return []
        case .lines(var lines, let read):
            body = .none
            let total = try count(bytes, after: read)
            guard let found = lines.feed(bytes.readableBytesView, limit: HTTPLimits.bodyBytes) else {
                throw Self.tooLarge
            }
            body = .lines(lines, read: total)
            return try messages(found)
        case .events(var decoder, let read):
            body = .none
            let total = try count(bytes, after: read)
            let events: [SSEDecoder.Event]
            do { events = try decoder.feed(bytes.readableBytesView) } catch { throw Self.tooLarge }
            body = .events(decoder, read: total)
            return try messages(events)
        }
    }

    /// The body is complete: its message, when it is one JSON document.
    mutating func finish() throws(UpstreamFailure) -> Message? {
        let bytes: [UInt8]
        switch body {
        case .json(let read): bytes = read
        case .lines(let lines, _): bytes = lines.isEmpty ? [] : lines.bytes
        case .none, .events: return nil
        }
        body = .none
        guard !bytes.isEmpty else { return nil }
        do { return try Self.message(bytes) } catch {
            if isSuccess { throw error }
            return nil
        }
    }

    private func count(_ bytes: ByteBuffer, after read: Int) throws(UpstreamFailure) -> Int {
        let total = read + bytes.readableBytes
        guard isEndless || total <= HTTPLimits.streamBytes else { throw Self.tooLarge }
        return total
    }

    private func messages(_ lines: [[UInt8]]) throws(UpstreamFailure) -> [Message] {
        var messages: [Message] = []
        for line in lines {
            do { messages.append(try Self.message(line)) } catch {
                if isSuccess { throw error }
            }
        }
        return messages
    }

    private mutating func messages(_ events: [SSEDecoder.Event]) throws(UpstreamFailure) -> [Message] {
        var messages: [Message] = []
        for event in events {
            if let id = event.id { lastEventID = Self.isBearable(id) ? id : nil }
            if let retry = event.retry { self.retry = retry }
            if let name = event.name, name.elementsEqual("endpoint".utf8) { endpoint = event.data }
            guard !event.data.isEmpty else { continue }
            if let name = event.name, !name.isEmpty, !name.elementsEqual("message".utf8) { continue }
            messages.append(try Self.message(event.data))
            hasSpoken = true
        }
        return messages
    }

    private static func message(_ bytes: [UInt8]) throws(UpstreamFailure) -> Message {
        let json: JSON
        do { json = try JSON(lenient: bytes, limits: .upstream) } catch {
            throw UpstreamFailure(.unreadable, "the answer is not JSON: \(error)")
        }
        do { return try Message(json) } catch {
            throw UpstreamFailure(.unreadable, "the answer is no JSON-RPC message: \(error.reason)")
        }
    }

    mutating func takeEndpoint() -> [UInt8]? {
        defer { endpoint = nil }
        return endpoint
    }

    /// Whether an event's id can stand in a header.
    private static func isBearable(_ id: [UInt8]) -> Bool {
        !id.isEmpty && id.count <= HTTPLimits.eventIDBytes && id.allSatisfy { (0x21...0x7E).contains($0) }
    }

    private static var tooLarge: UpstreamFailure {
        UpstreamFailure(.tooLarge, "the answer is over its bound")
    }
}
