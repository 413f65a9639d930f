import Foundation
import GatewayStorage
import GatewayTesting
import SQLiteStorage
import Synchronization
import ToolCatalogue

/// How long a search of a catalogue takes at 100,000 servers and 1,000,000 tools, made up: prefixes as people type them,
/// names with slips, words and filters. Prints a table of a search's own time, from query to results, and of the
/// processor's time that it took, which other programs do not lengthen.
@main
struct CatalogueSearch {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
        let (servers, tools) = (arguments.first ?? 100_000, arguments.dropFirst().first ?? 1_000_000)
        let folder = NSTemporaryDirectory() + "catalogue-search-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let index = try SQLiteCatalogue(path: folder + "/catalogue.sqlite")
        let names = try await built(index, servers, tools)
        let size = try FileManager.default.attributesOfItem(atPath: folder + "/catalogue.sqlite")[.size] as? Int ?? 0
        print("file: \(size >> 20) MiB")
        var random = SeededGenerator(seed: 7)
        let first = ContinuousClock.now
        _ = try await index.search(CatalogueQuery(text: slipped(names[0], &random)))
        print("first search for what is nearly right, which reads all names: \(first.duration(to: .now))")
        print("| search | times | middle | p99 | most | processor: middle | p99 | most |")
        print("|---|---|---|---|---|---|---|---|")
        try await report("prefix of one letter", index, names.map { String($0.prefix(1)) })
        try await report("prefix of three letters", index, names.map { String($0.prefix(3)) })
        try await report("prefix of half a name", index, names.map { String($0.prefix($0.count / 2)) })
        try await report("whole name", index, names)
        for text in ["get", "user", "get user", "policy list", "s", "mcp", "mcp get"] {
            try await report("common: `\(text)`", index, [text])
        }
        try await report(
            "prefix, Critical and Destructive", index, names.map { String($0.prefix(3)) }, filtered: true)
        try await report("filters alone", index, [""], filtered: true)
        try await report("an attack alone", index, [""], attack: AttackPattern.named("destructive-bulk-action"))
        try await report("name with one slip", index, names.map { slipped($0, &random) }, aim: .slip)
        try await report("name with two slips", index, names.map { slipped(slipped($0, &random), &random) }, aim: .slip)
        try await report("nothing near", index, names.map { String($0.reversed()) + "qqq" }, aim: .slip)
        let missed = missed.withLock { $0 }
        guard !missed.isEmpty else { return }
        print("missed: \(missed.joined(separator: ", "))")
        exit(1)
    }

    /// What 99 of 100 searches of a kind may take of the processor's time.
    private enum Aim {
        case prefix
        case slip

        var most: Duration {
            switch self {
            case .prefix: .milliseconds(20)
            case .slip: .milliseconds(60)
            }
        }
    }

    private static let missed = Mutex<[String]>([])

    private static func built(_ index: SQLiteCatalogue, _ servers: Int, _ tools: Int) async throws -> [String] {
        let catalogue = SampleCatalogue.generated(servers: servers, tools: tools, seed: 42)
        let start = ContinuousClock.now
        try await index.replace(with: catalogue, digest: "made up")
        print("\(servers) servers and \(catalogue.toolCount) tools indexed in \(start.duration(to: .now))")
        var random = SeededGenerator(seed: 3)
        return (0..<1_000).compactMap { _ in
            catalogue.servers.randomElement(using: &random)?.tools.randomElement(using: &random)?.name
        }
    }

    private static func report(
        _ what: String, _ index: SQLiteCatalogue, _ texts: [String], filtered: Bool = false,
        attack: AttackPattern? = nil, aim: Aim = .prefix
    ) async throws {
        var (times, processor): ([Duration], [Duration]) = ([], [])
        for round in 0..<max(1, 400 / texts.count) {
            for text in texts.prefix(400) where round == 0 || texts.count < 400 {
                let query = CatalogueQuery(
                    text: text, category: filtered ? .destructive : nil, risk: filtered ? .critical : nil,
                    attack: attack)
                let (start, spent) = (ContinuousClock.now, processorTime)
                _ = try await index.search(query)
                times.append(start.duration(to: .now))
                processor.append(processorTime - spent)
            }
        }
        print("| \(what) | \(times.count) | \(shares(times)) | \(shares(processor)) |")
        if share(0.99, of: processor.sorted()) > aim.most { missed.withLock { $0.append(what) } }
    }

    private static func share(_ share: Double, of sorted: [Duration]) -> Duration {
        sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
    }

    /// The middle, the 99th of a hundred, and the most.
    private static func shares(_ durations: [Duration]) -> String {
        let sorted = durations.sorted()
        return [0.5, 0.99, 1].map { milliseconds(share($0, of: sorted)) }.joined(separator: " | ")
    }

    /// Of this process, in its own code and the kernel's.
    private static var processorTime: Duration {
        var spent = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent)
        return .seconds(spent.tv_sec) + .nanoseconds(spent.tv_nsec)
    }

    private static func milliseconds(_ duration: Duration) -> String {
        let microseconds = Int(duration / .microseconds(1))
        let tenths = (microseconds + 50) / 100
        return "\(tenths / 10).\(tenths % 10) ms"
    }

    /// A letter too many, too few, another, or two exchanged.
    private static func slipped(_ name: String, _ random: inout SeededGenerator) -> String {
        var letters = Array(name)
        guard letters.count > 3 else { return name }
        let place = Int.random(in: 1..<(letters.count - 1), using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: letters.remove(at: place)
        case 1: letters.insert("x", at: place)
        case 2: letters[place] = "z"
        default: letters.swapAt(place, place + 1)
        }
        return String(letters)
    }
}
