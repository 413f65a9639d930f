import ArgumentParser
import Crypto
import Foundation
import GatewayStorage
import PolicyEngine
import PolicyTools
import SQLiteStorage
import WireJSON

struct PolicyReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Judge the calls in the audit by another policy.",
        discussion: """
            Tells of each recorded call whether it would be allowed, held for a person, denied, over a limit or of a tool \
            that is not there. Where the record does not tell what a rule asks (arguments are kept only with \
            `capture: full`), the call is undecidable, and never counted as allowed.

                $ gatehouse policy replay new.yaml --data data --server iam --from 2026-11-01
                214 calls judged
                    190 allowed, before: 188 allowed, 2 denied
                    21 undecidable, before: 21 allowed
                    3 denied, before: 3 allowed
            """)

    @Argument(help: ArgumentHelp("The policy to judge by.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("The folder of the gateway's store.", valueName: "folder"))
    var data: String?

    @Option(help: ArgumentHelp("The audit's file itself, as given to `wrap --audit`.", valueName: "file.sqlite"))
    var audit: String?

    @Option(help: ArgumentHelp("The tools' definitions: they tell the defaults of arguments.", valueName: "tools.json"))
    var tools: String?

    @Option(help: "Only calls to this server; needed where the audit has several.") var server: String?
    @Option(help: "Only calls with this grant.") var grant: String?
    @Option(help: ArgumentHelp("Not earlier than this.", valueName: "time")) var from: String?
    @Option(help: ArgumentHelp("Earlier than this.", valueName: "time")) var to: String?
    @Flag(help: "Print a JSON object.") var json = false

    func validate() throws {
        guard data == nil || audit == nil else { throw ValidationError("give either --data or --audit") }
        _ = try (Self.milliseconds(from), Self.milliseconds(to))
    }

    func run() async throws {
        let document = try PolicyDocuments.load(file)
        let definitions = try tools.map { try ToolSourceOptions.read($0) }
        var replay: PolicyReplay
        do { replay = try PolicyReplay(document, tools: definitions) } catch {
            throw CommandFailure("\(file): \(error)", .checkFailed)
        }
        var summary = ReplaySummary()
        var servers: Set<String> = []
        try await forEachCall { call in
            servers.insert(call.server)
            summary.add(call, replay.judge(call))
        }
        guard servers.count < 2 else {
            let names = servers.sorted().map { "`\($0)`" }.joined(separator: ", ")
            throw CommandFailure(
                "a policy is for one server, and these were called: \(names) – name one with --server", .checkFailed)
        }
        print(json ? ReplayReport.json(summary) : ReplayReport.text(summary, moment: Self.text), terminator: "")
    }

    /// The calls that were asked for, oldest first, a page of the audit at a time.
    private func forEachCall(_ body: (RecordedCall) -> Void) async throws {
        let (from, to) = (try Self.milliseconds(from) ?? .min, try Self.milliseconds(to) ?? .max)
        do {
            let audit = try SQLiteAudit(reading: DataFolder.storeToRead(audit, in: data))
            var last: Int64 = 0
            while let page = try await Self.page(of: audit, after: last) {
                for record in page {
                    last = record.sequence
                    guard let entry = try? JSON(lenient: record.entry),
                        let call = RecordedCall(entry: entry, digest: { Array(SHA256.hash(data: $0)) }),
                        from <= call.time, call.time < to, Self.isSame(call.server, server),
                        Self.isSame(call.grant, grant)
                    else { continue }
                    body(call)
                }
            }
        } catch let error as StorageError {
            throw CommandFailure("\(error)")
        }
    }

    private static func page(of audit: SQLiteAudit, after sequence: Int64) async throws -> [AuditRecord]? {
        let page = try await audit.records(after: sequence, limit: StorageBounds.recordsPerPage)
        return page.isEmpty ? nil : page
    }

    private static func isSame(_ name: String, _ wanted: String?) -> Bool {
        wanted.map { $0.utf8.elementsEqual(name.utf8) } ?? true
    }

    /// A moment as typed: `2026-11-01`, which starts at midnight UTC, or `2026-11-01T08:00:00Z`.
    private static func milliseconds(_ text: String?) throws -> Int64? {
        guard let text else { return nil }
        let day = Date.ISO8601FormatStyle().year().month().day()
        guard let date = (try? Date(text, strategy: .iso8601)) ?? (try? Date(text, strategy: day)) else {
            throw ValidationError("`\(text)` is no time – write 2026-11-01 or 2026-11-01T08:00:00Z")
        }
        return Int64(date.timeIntervalSince1970 * 1_000)
    }

    private static func text(_ milliseconds: Int64) -> String {
        Date(timeIntervalSince1970: Double(milliseconds) / 1_000).formatted(.iso8601)
    }
}
