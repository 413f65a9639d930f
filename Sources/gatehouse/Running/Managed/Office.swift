import Administration
import Gateway
import GatewayStorage
import Logging
import PolicyEngine
import PolicyFiles
import SQLiteStorage
import ToolCatalogue
import WireJSON

/// Administration, joined to the parts of the running program.
enum Office {
    static func open(
        _ store: SQLiteStore, keyring: Keyring, credentials: CredentialPorts,
        catalogue: (any CatalogueIndex)?, line: CallLine, keeper: ConfigurationKeeper
    ) -> Administration {
        let clock = line.clock.wall
        var ports = AdministrationPorts(
            record: { event in await record(event, in: line.trail) },
            events: { organisation, before, limit throws(Refusal) in
                try await events(of: organisation, before: before, limit: limit, in: store)
            },
            lastUsed: { organisation, label, since throws(Refusal) in
                try await lastUsed(label, of: organisation, since: since, in: store)
            },
            calls: { filter throws(Refusal) in try await calls(filter, in: store) },
            changed: { await keeper.directoryChanged() },
            listTools: { slug in
                // A slug that a file took meanwhile is the file's: its server is not asked here.
                if keeper.owns(server: slug) { return .failure(.notInForce) }
                let listed = await listTools(of: slug, line)
                guard case .failure = listed, credentials.standing(slug)?.state == .needsSignIn else { return listed }
                return .failure(
                    ListingFailure("a person has to sign in at the server first – `gatehouse server show` has the link")
                )
            },
            checkPolicy: PolicyVerdict.init(checking:),
            comparePolicies: PolicyComparison.init(from:to:over:),
            objection: { slug, choices, secrets in
                do throws(ServerChoices.Unusable) {
                    _ = try choices.declared(as: slug, secrets: secrets, mayUseMachine: true)
                    return nil
                } catch {
                    return Objection(field: error.field, reason: error.reason)
                }
            },
            declared: { keeper.declaredNames })
        ports.credentials = credentials
        if let catalogue { ports.catalogue = CatalogueOffer.lookup(in: catalogue) }
        ports.files = { keeper.filesReport(isCompared: $0) }
        return Administration(
            directory: Directory(store) { error in
                keeper.logger.error("the directory fails", metadata: ["error": "\(error)"])
            },
            passwords: PasswordDesk(), keyring: keyring, ports: ports, clock: clock)
    }

    private static func record(_ event: AdministrativeEvent, in trail: AuditTrail) async -> Bool {
        let entry = AuditEntry(time: event.time, request: "evt-\(event.id)", content: .event { event.write(to: &$0) })
        return await withCheckedContinuation { continuation in
            let isTaken = trail.record(entry) { continuation.resume(returning: $0) }
            if !isTaken { continuation.resume(returning: false) }
        }
    }

    /// Pages of the chain that are read for the completions of one page of calls.
    private static let completionPages = 20

    /// Events of one organisation, newest first.
    private static func events(
        of organisation: RecordID, before: Int64?, limit: Int, in store: SQLiteStore
    ) async throws(Refusal) -> [KeptEvent] {
        do throws(StorageError) {
            let filter = AuditFilter(kind: "event", organisation: organisation.text, before: before, limit: limit)
            return try await store.search(filter).map { KeptEvent(sequence: $0.sequence, json: $0.entry) }
        } catch {
            throw .unavailable("the audit cannot be read")
        }
    }

    private static func calls(_ filter: AuditFilter, in store: SQLiteStore) async throws(Refusal) -> [KeptEvent] {
        do throws(StorageError) {
            let decisions = try await store.search(filter)
            let calls = try await AuditListing.of(decisions, in: store, most: completionPages)
            return calls.map { KeptEvent(sequence: $0.sequence, json: $0.object()) }
        } catch {
            throw .unavailable("the audit cannot be read")
        }
    }

    private static func lastUsed(
        _ label: String, of organisation: RecordID, since: WallTime, in store: SQLiteStore
    ) async throws(Refusal) -> WallTime? {
        do throws(StorageError) {
            let found = try await store.search(
                AuditFilter(kind: "decision", organisation: organisation.text, grant: label, since: since, limit: 1)
            ).first
            guard let time = found.flatMap({ try? JSON(lenient: $0.entry) })?["time"]?.int else { return nil }
            return WallTime(milliseconds: Int64(time))
        } catch {
            throw .unavailable("the audit cannot be read")
        }
    }

    private static func listTools(of slug: String, _ line: CallLine) async -> Result<[ListedTool], ListingFailure> {
        guard let server = line.configuration.current.servers[slug] else {
            return .failure(.notInForce)
        }
        guard let tools = await line.acceptance.listed(by: server, for: Scanner.scope(of: slug, line)) else {
            return .failure(ListingFailure("the server's tools cannot be listed – the log of the gateway says why"))
        }
        return .success(
            tools.map { name, tool in
                ListedTool(name: Array(name.utf8), hash: tool.hash.hex, definition: Array(tool.definition.bytes))
            })
    }
}

extension ListingFailure {
    fileprivate static let notInForce = ListingFailure("this server is not in force")
}
