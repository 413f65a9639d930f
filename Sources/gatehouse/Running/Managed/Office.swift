import Administration
import Gateway
import GatewayStorage
import PolicyEngine
import PolicyFiles
import SQLiteStorage
import ToolCatalogue
import WireJSON

/// Administration, joined to the parts of the running program.
enum Office {
    static func open(
        _ store: SQLiteStore, keyring: Keyring, credentials: CredentialPorts, line: CallLine,
        keeper: ConfigurationKeeper
    ) -> Administration {
        let clock = line.clock.wall
        var ports = AdministrationPorts(
            record: { event in await record(event, in: line.trail) },
            events: { organisation, before, limit throws(Refusal) in
                try await events(of: organisation, before: before, limit: limit, in: store)
            },
            lastUsed: { label, since throws(Refusal) in try await lastUsed(label, since: since, in: store) },
            changed: { await keeper.directoryChanged() },
            listTools: { slug in
                let listed = await listTools(of: slug, line)
                guard case .failure = listed, credentials.standing(slug)?.state == .needsSignIn else { return listed }
                return .failure(
                    ListingFailure("a person has to sign in at the server first – `gatehouse server show` has the link")
                )
            },
            checkPolicy: check,
            objection: { slug, choices, secrets in
                do throws(ServerChoices.Unusable) {
                    _ = try choices.declared(as: slug, secrets: secrets)
                    return nil
                } catch {
                    return Objection(field: error.field, reason: error.reason)
                }
            },
            declared: { keeper.declaredNames })
        ports.credentials = credentials
        return Administration(
            directory: Directory(store), passwords: PasswordDesk(), keyring: keyring, ports: ports, clock: clock)
    }

    private static func record(_ event: AdministrativeEvent, in trail: AuditTrail) async -> Bool {
        let entry = AuditEntry(time: event.time, request: "evt-\(event.id)", content: .event { event.write(to: &$0) })
        return await withCheckedContinuation { continuation in
            let isTaken = trail.record(entry) { continuation.resume(returning: $0) }
            if !isTaken { continuation.resume(returning: false) }
        }
    }

    /// Reads the chain's events from its end; each of one organisation only.
    private static func events(
        of organisation: RecordID, before: Int64?, limit: Int, in store: SQLiteStore
    ) async throws(Refusal) -> [KeptEvent] {
        var found: [KeptEvent] = []
        var filter = AuditFilter(kind: "event", before: before, limit: 500)
        while true {
            let records: [AuditRecord]
            do throws(StorageError) { records = try await store.search(filter) } catch {
                throw .unavailable("the audit cannot be read")
            }
            for record in records {
                guard let json = try? JSON(lenient: record.entry),
                    json["organisation"]?.hasText(organisation.text) ?? false
                else { continue }
                found.append(KeptEvent(sequence: record.sequence, json: record.entry))
                if found.count == limit { return found }
            }
            guard records.count == filter.limit, let last = records.last else { return found }
            filter.before = last.sequence
        }
    }

    private static func lastUsed(
        _ label: String, since: WallTime, in store: SQLiteStore
    ) async throws(Refusal) -> WallTime? {
        do throws(StorageError) {
            let found = try await store.search(
                AuditFilter(kind: "decision", grant: label, since: since, limit: 1)
            ).first
            guard let time = found.flatMap({ try? JSON(lenient: $0.entry) })?["time"]?.int else { return nil }
            return WallTime(milliseconds: Int64(time))
        } catch {
            throw .unavailable("the audit cannot be read")
        }
    }

    private static func listTools(of slug: String, _ line: CallLine) async -> Result<[ListedTool], ListingFailure> {
        guard let server = line.configuration.current.servers[slug] else {
            return .failure(ListingFailure("this server is not in force"))
        }
        guard let tools = await line.acceptance.listed(by: server, for: Scanner.scope(of: slug, line)) else {
            return .failure(ListingFailure("the server's tools cannot be listed – the log of the gateway says why"))
        }
        return .success(
            tools.map { name, tool in
                ListedTool(name: Array(name.utf8), hash: tool.hash.hex, definition: Array(tool.definition.bytes))
            })
    }

    private static func check(_ text: String) -> PolicyVerdict {
        let (document, diagnostics) = PolicyFile.parse(Array(text.utf8), name: "policy")
        func problems(_ severity: Diagnostic.Severity) -> [PolicyProblem] {
            diagnostics.filter { $0.severity == severity }.map { diagnostic in
                let hint = diagnostic.suggestion.map { " – \($0)" } ?? ""
                return PolicyProblem(
                    line: diagnostic.line, column: diagnostic.column, pointer: diagnostic.pointer,
                    message: diagnostic.message + hint)
            }
        }
        var errors = problems(.error)
        if errors.isEmpty {
            do throws(PolicyError) {
                if let document { _ = try Policy(compiling: document, id: "policy", version: 1) }
            } catch {
                errors.append(PolicyProblem(line: 1, column: 1, pointer: "", message: "\(error)"))
            }
            if document == nil {
                errors.append(PolicyProblem(line: 1, column: 1, pointer: "", message: "there is no document"))
            }
        }
        return PolicyVerdict(errors: errors, warnings: problems(.warning))
    }
}
