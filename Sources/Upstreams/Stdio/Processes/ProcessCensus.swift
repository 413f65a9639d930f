import Glibc
import Synchronization

/// Who is whose child among all processes of the system, at one moment.
struct ProcessCensus: Sendable {
    struct Person: Sendable, Equatable {
        let pid: pid_t
        let parent: pid_t
        let group: pid_t
        let session: pid_t
    }

    let people: [Person]
    private let children: [pid_t: [Person]]
    private let sessions: [pid_t: [Person]]

    init(_ people: [Person]) {
        self.people = people
        children = Dictionary(grouping: people, by: \.parent)
        sessions = Dictionary(grouping: people, by: \.session)
    }

    /// What is known of the last one, and what it took.
    private static let last = Mutex<(census: ProcessCensus, at: ContinuousClock.Instant, took: Duration)?>(nil)

    /// The last one if it is recent, else a new one. However many ask and however often, counting a large table of
    /// processes costs one part in fifty of a processor at most.
    static func recent(within age: Duration) -> ProcessCensus {
        last.withLock { last in
            let begun = ContinuousClock.now
            if let last, begun - last.at < max(age, last.took * 49) { return last.census }
            let census = take()
            last = (census, begun, ContinuousClock.now - begun)
            return census
        }
    }

    /// Reads `/proc`. Empty where there is none.
    static func take() -> ProcessCensus {
        guard let directory = opendir("/proc") else { return ProcessCensus([]) }
        defer { closedir(directory) }
        var people: [Person] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard let pid = pid_t(name), let stat = ProcessFile.read("/proc/\(pid)/stat"),
                let person = Person(pid: pid, stat: stat)
            else { continue }
            people.append(person)
        }
        return ProcessCensus(people)
    }

    /// Those of a session, and whoever descends from one of them: also where it left for a session of its own, as long
    /// as its parent lives.
    func household(of leader: pid_t) -> [Person] {
        var household: [pid_t: Person] = [:]
        var open = sessions[leader] ?? []
        while let person = open.popLast() {
            guard household.updateValue(person, forKey: person.pid) == nil else { continue }
            open += children[person.pid] ?? []
        }
        return household.values.sorted { $0.pid < $1.pid }
    }
}

extension ProcessCensus.Person {
    /// - Parameter stat: `/proc/PID/stat`: the name stands in brackets and may hold anything, brackets too.
    init?(pid: pid_t, stat: String) {
        let fields = stat.utf8.split(separator: UInt8(ascii: ")"), omittingEmptySubsequences: false).last?
            .split(separator: UInt8(ascii: " ")).map { String(Substring($0)) }
        // State, parent, group, session.
        guard let fields, fields.count > 3, fields[0] != "Z", let parent = pid_t(fields[1]),
            let group = pid_t(fields[2]), let session = pid_t(fields[3])
        else { return nil }
        self.init(pid: pid, parent: parent, group: group, session: session)
    }
}

/// What a household uses.
struct ProcessUsage: Sendable {
    let people: [ProcessCensus.Person]
    /// Resident or swapped out, without files that are only mapped.
    let bytes: Int

    init(_ people: [ProcessCensus.Person]) {
        self.people = people
        bytes = people.reduce(0) { $0 + Self.bytes(of: $1.pid) }
    }

    /// Ends everybody, group by group: a group never spans sessions, so it holds nobody else's.
    func killAll() {
        for group in Set(people.map(\.group)) where group > 1 && group != getpgrp() { kill(-group, SIGKILL) }
    }

    private static func bytes(of pid: pid_t) -> Int {
        let status = ProcessFile.read("/proc/\(pid)/status") ?? ""
        var kilobytes = 0
        for line in status.utf8.split(separator: UInt8(ascii: "\n")) {
            let isCounted = ["RssAnon:", "RssShmem:", "VmSwap:"].contains { line.starts(with: $0.utf8) }
            guard isCounted else { continue }
            let digits = line.filter { (0x30...0x39).contains($0) }
            kilobytes += Int(String(decoding: digits, as: UTF8.self)) ?? 0
        }
        return kilobytes << 10
    }
}

/// A small file of `/proc`.
enum ProcessFile {
    static func read(_ path: String) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        return withUnsafeTemporaryAllocation(byteCount: 8192, alignment: 1) { buffer in
            let count = Glibc.read(file, buffer.baseAddress, buffer.count)
            guard count > 0 else { return nil }
            return String(decoding: buffer.prefix(count), as: UTF8.self)
        }
    }
}
