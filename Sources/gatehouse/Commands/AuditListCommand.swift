import ArgumentParser
import GatewayStorage
import SQLiteStorage
import WireJSON

struct AuditListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List calls, newest first.",
        discussion: """
            One entry per call: what was asked and decided, and for a call that was sent, how it ended. With --json, \
            an array of objects with the members that Docs/Audit.md describes.
            """)

    @OptionGroup var store: StoreOptions

    @Option(help: ArgumentHelp("Only calls of this organisation (default: of all).", valueName: "id"))
    var organisation: String?
    @Option(help: "Only calls to this server.") var server: String?
    @Option(help: "Only calls of this tool.") var tool: String?
    @Option(help: "Only calls with this grant.") var grant: String?
    @Option(help: "Only calls that ended so: allowed, denied, limited, not_visible, refused, …") var outcome: String?
    @Option(help: "Only the call with this request id.") var request: String?
    @Option(help: "How many calls at most.") var limit = 100
    @Flag(help: "Print JSON.") var json = false

    func validate() throws {
        guard (1...StorageBounds.recordsPerPage).contains(limit) else {
            throw ValidationError("--limit is a number from 1 to \(StorageBounds.recordsPerPage)")
        }
    }

    func run() async throws {
        let path = try store.path()
        do throws(StorageError) {
            let audit = try SQLiteAudit(reading: path)
            let decisions = try await audit.search(
                AuditFilter(
                    kind: "decision", organisation: organisation, server: server, tool: tool, grant: grant,
                    outcome: outcome, request: request,
                    limit: limit))
            let entries = try await AuditListing.of(decisions, in: audit)
            print(json ? AuditListing.json(entries) : AuditListing.table(entries))
        } catch {
            throw CommandFailure("\(error)")
        }
    }
}
