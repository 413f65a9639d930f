import Gateway
import MCPMessages
import Synchronization
import Testing
import WireJSON

@testable import Upstreams

// protocol.md 1.10: subscriptions, in both eras.
@Suite("a watched stdio server", .timeLimit(.minutes(2)))
struct StdioWatchTests {
    @Test("of the modern era is asked once for all that is wanted, and again when the wants change")
    func modern() async throws {
        try await ServerUnderTest.with("modern") { server async throws in
            let tools = server.watch(UpstreamInterest(lists: [.tools]))
            #expect(await tools.settled == nil)
            let more = server.watch(UpstreamInterest(lists: [.prompts], resources: ["a:1", "a:2"]), as: "bob")
            let same = server.watch(UpstreamInterest(resources: ["a:2"]))
            #expect(await more.settled == nil)
            #expect(await same.settled == nil)
            try await eventually { try await server.listens().count == 1 }
            let filter = try await server.listens()[0]
            #expect(filter["toolsListChanged"]?.bool == true)
            #expect(filter["promptsListChanged"]?.bool == true)
            #expect(filter["resourcesListChanged"] == nil)
            #expect(filter["resourceSubscriptions"]?.elements.map(\.string) == ["a:1", "a:2"])
            more.cancel()
            try await eventually { try await server.listens().first?["resourceSubscriptions"]?.count == 1 }
            for watch in [tools, same] { watch.cancel() }
            try await eventually { try await server.listens().isEmpty }
        }
    }

    @Test("of the modern era tells what changed, and nothing under a subscription that is not this side's")
    func modernEvents() async throws {
        try await ServerUnderTest.with("modern") { server async throws in
            let interest = UpstreamInterest(lists: Set(ListKind.allCases), resources: ["a:1"])
            let watch = server.watch(interest)
            #expect(await watch.settled == nil)
            for list in ["tools", "prompts", "resources"] {
                _ = try await server.call("change", #"{"list":"\#(list)"}"#)
            }
            _ = try await server.call("touch", #"{"uri":"a:1"}"#)
            #expect(
                server.events.names == [
                    "changed tools", "changed prompts", "changed resources", "notifications/resources/updated",
                ])
            watch.cancel()
            try await eventually { try await server.listens().isEmpty }
            _ = try await server.call("foreign")
            #expect(server.events.names.count == 4)
        }
    }

    @Test(
        "that will not be watched says so: an error, silence, an acknowledgement of nothing",
        arguments: [
            ("no-listen", UpstreamFailure.Kind.unsupported), ("silent-listen", .timedOut),
            ("honours=prompts", .unsupported),
        ])
    func modernRefusal(habit: String, kind: UpstreamFailure.Kind) async throws {
        var timeouts = UpstreamTimeouts.brisk
        // Short for the one that says nothing; what is said may take its time on a busy machine.
        if kind == .timedOut { timeouts.list = .milliseconds(300) }
        try await ServerUnderTest.with("modern", [habit], timeouts: timeouts) { server async throws in
            let watch = server.watch(UpstreamInterest(lists: [.tools]))
            #expect(await watch.settled?.kind == kind)
            #expect(try await server.call("echo")["pid"] != nil)
        }
    }

    @Test("of the modern era that ends a subscription is asked again", arguments: ["false", "true"])
    func ended(gracefully: String) async throws {
        var limits = StdioLimits.brisk
        limits.rewatch = .milliseconds(50)
        try await ServerUnderTest.with("modern", limits: limits) { server async throws in
            let watch = server.watch(UpstreamInterest(lists: [.tools]))
            #expect(await watch.settled == nil)
            _ = try await server.call("end-listening", #"{"gracefully":\#(gracefully)}"#)
            try await eventually { try await server.listens().count == 1 }
            try await eventually {
                server.events.names.sorted() == ["changed prompts", "changed resources", "changed tools"]
            }
            watch.cancel()
        }
    }

    @Test("of a legacy era is subscribed once for each address, and unsubscribed by the last who leaves")
    func legacy() async throws {
        try await ServerUnderTest.with("legacy") { server async throws in
            let first = server.watch(UpstreamInterest(lists: [.tools], resources: ["a:1", "a:2", "a:1"]))
            let second = server.watch(UpstreamInterest(resources: ["a:2"]))
            #expect(await first.settled == nil)
            #expect(await second.settled == nil)
            #expect(try await server.subscribed() == ["a:1", "a:2"])
            first.cancel()
            first.cancel()
            try await eventually { try await server.subscribed() == ["a:2"] }
            second.cancel()
            try await eventually { try await server.subscribed().isEmpty }
            let methods = try await server.methodsSeen().filter { $0.hasPrefix("resources/") }
            #expect(methods.count == 4)
        }
    }

    @Test("of a legacy era tells in the principal's own conversation, and shares none of it")
    func legacyEvents() async throws {
        try await ServerUnderTest.with("legacy") { server async throws in
            let (ann, bob) = (
                server.watch(UpstreamInterest(resources: ["a:1"]), as: "ann"),
                server.watch(UpstreamInterest(resources: ["b:1"]), as: "bob")
            )
            #expect(await ann.settled == nil)
            #expect(await bob.settled == nil)
            #expect(try await server.subscribed(as: "bob") == ["b:1"])
            _ = try await server.call("touch", #"{"uri":"b:1"}"#, as: "bob")
            _ = try await server.call("change", #"{"list":"resources"}"#, as: "ann")
            #expect(server.events.names == ["bob: notifications/resources/updated", "changed resources"])
        }
    }

    @Test("of a legacy era that refuses one address refuses that watcher, with its error, and no other")
    func legacyRefusal() async throws {
        try await ServerUnderTest.with("legacy", ["refuses=x:1"]) { server async throws in
            let good = server.watch(UpstreamInterest(resources: ["a:1"]))
            let bad = server.watch(UpstreamInterest(resources: ["a:2", "x:1"]))
            #expect(await good.settled == nil)
            let failure = await bad.settled
            #expect(failure?.error?["code"]?.int == -32002)
            try await eventually { try await server.subscribed() == ["a:1"] }
        }
    }

    @Test(
        "that crashes comes up again by itself, is asked again, and what may have changed is told once",
        arguments: [
            "modern", "legacy",
        ])
    func crash(era: String) async throws {
        try await ServerUnderTest.with(era) { server async throws in
            let watch = server.watch(UpstreamInterest(lists: [.tools], resources: ["a:1"]))
            #expect(await watch.settled == nil)
            #expect(server.events.all.isEmpty)
            for crashes in 1...2 {
                #expect(try await server.failure("crash").kind == .closed)
                try await eventually { server.events.names.count == 3 * crashes }
                if era == "modern" {
                    try await eventually {
                        try await server.listens().first?["resourceSubscriptions"]?.elements.map(\.string) == ["a:1"]
                    }
                } else {
                    try await eventually { try await server.subscribed() == ["a:1"] }
                }
            }
            #expect(Set(server.events.names) == ["changed tools", "changed prompts", "changed resources"])
            watch.cancel()
        }
    }

    @Test("is not ended for idleness, and is once nobody watches")
    func idle() async throws {
        var limits = StdioLimits.brisk
        limits.idle = .milliseconds(200)
        try await ServerUnderTest.with("legacy", limits: limits) { server async throws in
            let watch = server.watch(UpstreamInterest(lists: [.tools]), as: "ann")
            #expect(await watch.settled == nil)
            let pid = try await server.pid(as: "ann")
            let idle = try await server.pid(as: "bob")
            try await eventually { !ProcessTable.isAlive(idle) }
            #expect(ProcessTable.isAlive(pid))
            watch.cancel()
            try await eventually { !ProcessTable.isAlive(pid) }
        }
    }

    @Test("that cannot be had refuses the watcher, and is not tried for ever for it")
    func broken() async throws {
        try await ServerUnderTest.with("modern", ["broken"]) { server async throws in
            let watch = server.watch(UpstreamInterest(lists: [.tools]))
            #expect(await watch.settled?.kind == .unreachable)
            let early = server.watch(UpstreamInterest(lists: [.tools]))
            early.cancel()
            #expect(await early.settled?.kind == .cancelled)
        }
    }

    @Test("has no more watchers and addresses than its bounds")
    func bounded() async throws {
        var limits = StdioLimits.brisk
        limits.watches = 3
        limits.watchedResources = 2
        limits.watchedBytes = 100
        try await ServerUnderTest.with("modern", limits: limits) { server async throws in
            let long = String(repeating: "x", count: 101)
            let first = server.watch(UpstreamInterest(resources: ["a:1"]))
            #expect(await first.settled == nil)
            #expect(await server.watch(UpstreamInterest(resources: ["a:2", "a:3"])).settled?.kind == .busy)
            #expect(await server.watch(UpstreamInterest(resources: [long])).settled?.kind == .busy)
            #expect(await server.watch(UpstreamInterest(resources: ["a:2"])).settled == nil)
            #expect(await server.watch(UpstreamInterest(lists: [.tools])).settled == nil)
            #expect(await server.watch(UpstreamInterest(lists: [.tools])).settled?.kind == .busy)
            first.cancel()
            #expect(await server.watch(UpstreamInterest(resources: ["a:4"])).settled == nil)
        }
    }

    @Test("that changes one resource without end is told of at its rate, and of the last change")
    func flood() async throws {
        var limits = StdioLimits.brisk
        limits.events = 2
        try await ServerUnderTest.with("legacy", limits: limits) { server async throws in
            let watch = server.watch(UpstreamInterest(resources: ["a:1"]))
            #expect(await watch.settled == nil)
            _ = try await server.call("touch", #"{"uri":"a:1","times":500}"#)
            let told = server.events.names.count
            #expect(told <= 13)
            try await eventually { server.events.names.count == told + 1 }
        }
    }
}

/// One watcher, and how it went.
final class WatchUnderTest: Sendable {
    private let settlings = Gathered<UpstreamFailure?>()
    private let cancellation = Mutex(Cancellation.none)

    init(_ server: ServerUnderTest, _ interest: UpstreamInterest, _ scope: UpstreamScope) {
        let made = server.upstream.watch(interest, for: scope) { [settlings] in settlings.add($0) }
        cancellation.withLock { $0 = made }
    }

    func cancel() { cancellation.withLock { $0 }.cancel() }

    /// Nil once the server has taken it.
    var settled: UpstreamFailure? {
        get async {
            try? await eventually { !settlings.all.isEmpty }
            let all = settlings.all
            #expect(all.count == 1)
            return all.first ?? nil
        }
    }
}

extension UpstreamInterest {
    fileprivate init(lists: Set<ListKind> = [], resources: [String]) {
        self.init(lists: lists, resources: resources.map { Array($0.utf8) })
    }
}

extension ServerUnderTest {
    func watch(_ interest: UpstreamInterest, as principal: String = "ann") -> WatchUnderTest {
        WatchUnderTest(self, interest, UpstreamScope(principal: principal, clientEra: .modern))
    }

    /// The filters under which a modern server tells.
    func listens() async throws -> [JSON] { try await call("subscribed")["listens"]?.elements.map { $0 } ?? [] }

    /// What a legacy server tells of.
    func subscribed(as principal: String = "ann") async throws -> [String] {
        try await call("subscribed", as: principal)["resources"]?.elements.compactMap(\.string).sorted() ?? []
    }
}
