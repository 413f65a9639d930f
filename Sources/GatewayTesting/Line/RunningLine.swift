public import Gateway
public import GatewayStorage
import Logging
import PolicyEngine
public import WireJSON

/// The line before a ``RecordedUpstream``, with stores in memory, running for as long as a closure takes.
///
///     let audit = try await RunningLine.with(.init(.policy(policy, .enforce), tools: ["echo"])) { world in
///         …
///     }
public struct RunningLine: Sendable {
    /// What a line is put together from.
    public struct Setup: Sendable {
        public var access: Access
        public var upstream: RecordedUpstream
        public var settings = ServerSettings(acceptance: .initial)
        public var tags: [String: String] = [:]
        public var audit: any AuditStore = MemoryAudit()
        public var definitions: any DefinitionStore = MemoryDefinitions()
        public var clock = ManualClock()
        /// Whether the upstream's list, and each other's, is accepted before the closure begins.
        public var isEstablished = true
        /// Servers of the grant beside the one.
        public var others: [Other] = []
        /// How long the servers of a stack are waited for.
        public var stackPatience = GatewayLimits.stackPatience

        /// A further server of the grant.
        public struct Other: Sendable {
            public var slug: String
            public var access: Access
            public var upstream: RecordedUpstream
            public var settings: ServerSettings

            public init(
                _ slug: String, _ access: Access, _ upstream: RecordedUpstream,
                settings: ServerSettings = ServerSettings(acceptance: .initial)
            ) {
                self.slug = slug
                self.access = access
                self.upstream = upstream
                self.settings = settings
                self.settings.acceptsBothEras = false
            }
        }

        public init(_ access: Access, _ upstream: RecordedUpstream) {
            self.access = access
            self.upstream = upstream
            // A test that is about both lists asks for both.
            settings.acceptsBothEras = false
        }

        /// Before an upstream with tools of these names.
        public init(_ access: Access, tools: [String], personality: Personality = .lastKeyWins) {
            self.init(
                access, RecordedUpstream(personality: personality, tools: tools.map { RunningLine.definition($0) }))
        }
    }

    public static let slug = "tools"
    public static let token = "ghs_of-the-test"

    public let line: CallLine
    public let upstream: RecordedUpstream
    public let counters: ControlledCounters
    public let ledger: CounterLedger
    public let clock: ManualClock
    public let server: Server
    /// All servers of the grant, that one first.
    public let servers: [Server]
    public let principal: Principal

    /// A tool's definition, JSON.
    public static func definition(
        _ name: String, description: String = "does it", schema: String = "{\"type\":\"object\"}"
    ) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("name")
        writer.string(name)
        writer.key("description")
        writer.string(description)
        writer.key("inputSchema")
        writer.raw(schema.utf8)
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// Runs the line, then ends it in order.
    ///
    /// - Returns: the whole audit, oldest first.
    @discardableResult
    public static func with(
        _ setup: Setup, _ body: (RunningLine) async throws -> Void
    ) async throws -> [JSON] {
        let world = RunningLine(setup)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await world.line.trail.run() }
            group.addTask { await world.slowLane.run() }
            func end() {
                world.slowLane.close()
                world.line.trail.close()
            }
            do {
                if setup.isEstablished {
                    for server in world.servers { _ = await world.line.acceptance.establish(server, for: .house) }
                }
                try await body(world)
            } catch {
                end()
                throw error
            }
            end()
            try await group.waitForAll()
        }
        return try await setup.audit.records(after: 0, limit: StorageBounds.recordsPerPage).map {
            try JSON(lenient: $0.entry)
        }
    }

    /// Puts further principals' grants in force, each under a token of its own, and gives them back as they came.
    @discardableResult
    public func letIn(_ others: Principal...) -> [Principal] {
        let tokens = [TokenDigest(of: Self.token.utf8)] + others.map { TokenDigest(of: "ghs_of-\($0.id)".utf8) }
        line.configuration.replace(
            servers: servers,
            grants: Dictionary(zip(tokens, [principal] + others), uniquingKeysWith: { first, _ in first }))
        return others
    }

    /// A time of the wall as one of the steady clock, which has none before 1970 and none that nothing can be added to.
    private static func nanoseconds(_ time: WallTime) -> UInt64 {
        min(UInt64(clamping: time.milliseconds), .max / 2_000_000) * 1_000_000
    }

    private let slowLane: SlowLane

    private init(_ setup: Setup) {
        upstream = setup.upstream
        clock = setup.clock
        counters = ControlledCounters(over: MemoryCounters(clock: clock.reading))
        ledger = CounterLedger(over: counters, clock: clock.reading)
        slowLane = SlowLane()
        guard let server = Server(slug: Self.slug, upstream: setup.upstream, settings: setup.settings) else {
            preconditionFailure("the test's server has a name")
        }
        self.server = server
        servers =
            [server] + setup.others.compactMap { Server(slug: $0.slug, upstream: $0.upstream, settings: $0.settings) }
        let access = [Self.slug: setup.access].merging(setup.others.map { ($0.slug, $0.access) }) { _, other in other }
        principal = Principal(grant: Grant(label: "laptop", tags: setup.tags, access: access))
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let wall = clock.reading
        line = CallLine(
            configuration: RunningConfiguration(
                Snapshot(servers: servers, grants: [TokenDigest(of: Self.token.utf8): principal])),
            trail: AuditTrail(setup.audit, logger: logger), ledger: ledger, definitions: setup.definitions,
            slowLane: slowLane,
            clock: GatewayClock(wall: wall, steady: { Self.nanoseconds(wall()) }), logger: logger,
            stackPatience: setup.stackPatience)
    }
}
