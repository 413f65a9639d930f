import Fetching
import Gateway
import Logging
import MCPMessages
import NIOCore
import NIOPosix
import ToolInventory
import Upstreams
import WireJSON

/// Asks servers for their whole lists of tools, several at a time, and ends them again.
struct ServerAsking: Sendable {
    struct Listing: Sendable {
        let definitions: [JSON]
        /// The revision of the protocol that the server spoke.
        let revision: String
    }

    enum Answer: Sendable {
        case listed(Listing)
        case failed(String)
    }

    private let group: MultiThreadedEventLoopGroup
    private let logger: Logger
    private let timeouts: UpstreamTimeouts

    init(on group: MultiThreadedEventLoopGroup) {
        self.group = group
        // What servers print beside their messages may hold anything, secrets too.
        var logger = Logger(label: "gatehouse scan") { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = .critical
        self.logger = logger
        var timeouts = UpstreamTimeouts()
        timeouts.start = .seconds(InventoryBounds.startSeconds)
        self.timeouts = timeouts
    }

    /// Asks each; `told` hears how many have answered, as they do.
    func ask(
        _ transports: [DeclaredServer.Transport], told: @escaping @Sendable (Int) -> Void
    ) async -> [Answer] {
        await withTaskGroup(of: (Int, Answer).self) { tasks in
            var answers = [Answer](repeating: .failed("it was not asked"), count: transports.count)
            var (next, count) = (0, 0)
            func start() {
                guard next < transports.count else { return }
                let index = next
                next += 1
                tasks.addTask { (index, await ask(transports[index])) }
            }
            for _ in 0..<InventoryBounds.askedAtOnce { start() }
            while let (index, answer) = await tasks.next() {
                answers[index] = answer
                count += 1
                told(count)
                start()
            }
            return answers
        }
    }

    private func ask(_ transport: DeclaredServer.Transport) async -> Answer {
        switch transport {
        case .command(let command):
            let upstream = StdioUpstream(
                command: command, timeouts: timeouts, clientInfo: House.info, group: group, logger: logger,
                onEvent: { _ in })
            return await withTaskGroup(of: Answer?.self) { tasks in
                tasks.addTask {
                    await upstream.run()
                    return nil
                }
                let answer = await bounded(upstream)
                await upstream.shutDown()
                return answer
            }
        case .url(let address, let headers, let certificates):
            var configuration = HTTPUpstream.Configuration(address: address, clientInfo: House.info)
            configuration.headers = headers
            configuration.timeouts = timeouts
            do {
                if address.scheme == .https { configuration.trust = try TLSTrust(additionalRootsFile: certificates) }
                let upstream = try HTTPUpstream(configuration, on: group, onEvent: { _ in })
                let answer = await bounded(upstream)
                await upstream.shutDown()
                return answer
            } catch {
                return .failed("it cannot be reached from here")
            }
        }
    }

    /// The whole list, or nothing after the time that all of it may take.
    private func bounded(_ upstream: any Upstream) async -> Answer {
        await withTaskGroup(of: Answer.self) { tasks in
            tasks.addTask { await list(upstream) }
            tasks.addTask {
                let isOver = (try? await Task.sleep(for: .seconds(InventoryBounds.listSeconds))) != nil
                // Ends every question that is still open.
                if isOver { await upstream.shutDown() }
                return .failed("it took longer than \(InventoryBounds.listSeconds) s")
            }
            defer { tasks.cancelAll() }
            return await tasks.next() ?? .failed("it was not asked")
        }
    }

    private func list(_ upstream: any Upstream) async -> Answer {
        let scope = UpstreamScope.house
        let described = await withCheckedContinuation { continuation in
            upstream.describe(for: scope) { continuation.resume(returning: $0) }
        }
        let revision: String
        switch described {
        case .failure(let failure): return .failed(Self.words(failure))
        case .success(let description): revision = description.version.rawValue
        }
        var definitions: [JSON] = []
        var page = ListPage()
        for _ in 0..<InventoryBounds.listPages {
            let reply = await ListQuestion.ask(upstream, page, for: scope)
            guard case .success(let answered) = reply else {
                if case .failure(let failure) = reply { return .failed(Self.words(failure)) }
                return .failed("the answer is no list")
            }
            guard case .result(let result) = answered.outcome, let listing = ToolListing(result) else {
                return .failed("it answered with an error or with what is no list of tools")
            }
            definitions += listing.definitions.map(\.definition)
            guard definitions.count <= InventoryBounds.toolsPerServer else {
                return .failed("it lists more than \(InventoryBounds.toolsPerServer) tools")
            }
            guard let cursor = listing.nextCursor else {
                return .listed(Listing(definitions: definitions, revision: revision))
            }
            page = ListPage(cursor: cursor)
        }
        return .failed("its list of tools has no end")
    }

    /// What went wrong; an upstream's own words stay inside.
    private static func words(_ failure: UpstreamFailure) -> String {
        switch failure.kind {
        case .unreachable: "it could not be started or reached"
        case .timedOut: "it did not answer in time"
        case .closed: "it ended before it answered"
        case .unreadable: "what it answered cannot be read"
        case .tooLarge: "its answer is too large"
        case .refused: "it refused to answer"
        case .redirected: "it points elsewhere"
        case .addressRefused:
            "its address is this machine's or a private network's – --allow-local lets a configuration name one"
        case .busy, .cancelled: "it was not asked"
        case .unsupported: "it has no tools to list"
        }
    }
}
