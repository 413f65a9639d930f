import Gateway
import Testing
import WireJSON

@testable import Upstreams

@Suite("what a stdio server's processes may use", .timeLimit(.minutes(2)))
struct StdioUsageTests {
    private static var limits: StdioLimits {
        var limits = StdioLimits.brisk
        limits.memory = 96 << 20
        limits.descriptors = 123
        limits.census = .milliseconds(50)
        return limits
    }

    @Test("no core dump, so many descriptors, so much writable memory")
    func bounds() async throws {
        try await ServerUnderTest.with("modern", limits: Self.limits) { server async throws in
            let limits = try await server.call("limits")
            #expect(limits["Max core file size"]?.elements.map(\.string) == ["1", "1"])
            #expect(limits["Max open files"]?.elements.map(\.string) == ["123", "123"])
            #expect(limits["Max data size"]?.elements.map(\.string) == ["402653184", "402653184"])
        }
    }

    @Test("a child that uses too much memory is ended, and the next call finds a new one")
    func memory() async throws {
        try await ServerUnderTest.with("modern", limits: Self.limits) { server async throws in
            #expect(try await server.call("grow", #"{"mib":40}"#).string == "grown")
            let failure = try await server.failure("grow", #"{"mib":100,"stays":true}"#)
            #expect(failure.kind == .closed)
            #expect(failure.detail.contains("of memory, more than 96"), "\(failure.detail)")
            #expect(server.log.all.contains { $0.hasPrefix("warning child ended for what it used") })
            #expect(try await server.call("grow", #"{"mib":40}"#).string == "grown")
        }
    }

    @Test("what it started counts with it, and goes with it, also in a session of its own")
    func grandchild() async throws {
        try await ServerUnderTest.with("modern", limits: Self.limits) { server async throws in
            let failure = try await server.failure("grow", #"{"mib":120,"elsewhere":true}"#)
            #expect(failure.detail.contains("of memory"), "\(failure.detail)")
            try await eventually { !ProcessTable.commands().contains { $0.contains("bytearray(120 << 20)") } }
        }
    }

    @Test("memory that comes too fast to be counted is not had")
    func burst() async throws {
        var limits = Self.limits
        limits.census = .seconds(600)
        try await ServerUnderTest.with("modern", limits: limits) { server async throws in
            #expect(try await server.call("grow", #"{"mib":500}"#).string == "no memory")
        }
    }

    @Test("a child that becomes too many processes is ended with all of them")
    func processes() async throws {
        var limits = Self.limits
        limits.processes = 5
        try await ServerUnderTest.with("modern", limits: limits) { server async throws in
            let pid = try await server.pid()
            #expect(try await server.call("multiply", #"{"times":3,"seconds":"612.7"}"#).count == 3)
            // They may be counted before it has said which they are.
            do {
                #expect(try await server.call("multiply", #"{"times":6,"seconds":"612.7"}"#).count == 6)
            } catch let error as UpstreamFailure {
                #expect(error.detail.contains("more than 5"), "\(error.detail)")
            }
            try await eventually { !ProcessTable.commands().contains { $0.contains("612.7") } }
            try await eventually { !ProcessTable.isAlive(pid) }
            #expect(try await server.pid() != pid)
        }
    }

    @Test("a census reads what its processes call themselves as no more than a name")
    func census() {
        let person = ProcessCensus.Person(pid: 7, stat: "7 (a) R 1 1 1) ) S 5 6 4 0 -1 4194560 1\n")
        #expect(person == .init(pid: 7, parent: 5, group: 6, session: 4))
        #expect(ProcessCensus.Person(pid: 7, stat: "7 (a) Z 5 6 4 0") == nil)
        #expect(ProcessCensus.Person(pid: 7, stat: "7 (a) S 5 x") == nil)
        #expect(ProcessCensus.Person(pid: 7, stat: "") == nil)
    }

    @Test("a household is a session and its descendants, and ends where nobody is related")
    func household() {
        func person(_ pid: Int32, _ parent: Int32, _ session: Int32) -> ProcessCensus.Person {
            .init(pid: pid, parent: parent, group: session, session: session)
        }
        let census = ProcessCensus([
            person(1, 0, 1), person(10, 1, 10), person(11, 10, 10), person(12, 11, 12), person(13, 1, 10),
            person(14, 12, 14), person(20, 1, 20), person(21, 20, 20), person(30, 31, 30), person(31, 30, 31),
        ])
        #expect(census.household(of: 10).map(\.pid) == [10, 11, 12, 13, 14])
        #expect(census.household(of: 20).map(\.pid) == [20, 21])
        #expect(census.household(of: 99).isEmpty)
        #expect(census.household(of: 30).map(\.pid) == [30, 31])
    }
}

extension ProcessTable {
    /// The command lines of all processes.
    static func commands() -> [String] {
        ProcessCensus.take().people.compactMap { ProcessFile.read("/proc/\($0.pid)/cmdline") }
    }
}
