import Administration
import Gateway
import GatewayStorage
import Logging
import PolicyEngine
import PolicyFiles
import ToolCatalogue
import Upstreams
import WireJSON

/// What the directory says is to be in force now: the same values that a configuration file is read into.
struct ManagedConfiguration: Sendable {
    struct Accepted: Sendable {
        var tools: [ToolName: Definitions.Accepted] = [:]
        /// Hashes last seen of tools that are not as accepted.
        var seen: [ToolName: DefinitionHash] = [:]
    }

    var servers: [DeclaredServer] = []
    /// By slug: whose it is.
    var owners: [String: String] = [:]
    /// By slug.
    var accepted: [String: Accepted] = [:]
    var grants: [TokenDigest: Principal] = [:]
    /// The grants in force by record id, whether or not they have a token.
    var registered: [String: Grant] = [:]
    /// Clients that signed in, by their connection's id.
    var connections: [String: Principal] = [:]
    /// By record id; kept so that an unchanged version is compiled once.
    var policies: [String: Policy] = [:]
    /// When something of it ends by itself.
    var nextEnd: WallTime?
}

/// Reads the directory into a configuration. What of it cannot be used is left out, which denies, and is reported.
struct ManagedReader {
    let office: Administration
    let earlier: ManagedConfiguration
    let now: WallTime
    let logger: Logger
    private var made = ManagedConfiguration()

    init(office: Administration, earlier: ManagedConfiguration, now: WallTime, logger: Logger) {
        self.office = office
        self.earlier = earlier
        self.now = now
        self.logger = logger
    }

    mutating func read() async throws(Refusal) -> ManagedConfiguration {
        for organisation in try await office.directory.organisations() {
            let before = made
            do throws(Refusal) { try await read(organisation) } catch {
                // One whose records are spoilt is out of force; the others' changes are not held up by it.
                guard error == .unreadableRecord else { throw error }
                made = before
                logger.error("an organisation cannot be read", metadata: ["organisation": "\(organisation.id)"])
            }
        }
        return made
    }

    private mutating func read(_ organisation: Organisation) async throws(Refusal) {
        let slugs = try await servers(of: organisation)
        let policies = try await policies(of: organisation)
        // No token of a stopped organisation is anybody's.
        if !organisation.isStopped { try await grants(of: organisation, slugs, policies) }
    }

    /// The slugs of the servers in force, by id.
    private mutating func servers(of organisation: Organisation) async throws(Refusal) -> [RecordID: String] {
        var slugs: [RecordID: String] = [:]
        for server in try await office.directory.all(ServerRecord.self, of: organisation.id) where server.isReachable {
            do throws(ServerChoices.Unusable) {
                let secrets: [String: String]
                do throws(Refusal) { secrets = try await office.openSecrets(of: server) } catch {
                    throw .init(field: "secrets", reason: "\(error)")
                }
                var declared = try server.settings.declared(
                    as: server.slug, secrets: secrets, mayUseMachine: organisation.mayUseMachine)
                declared.account = DeclaredServer.account(of: server.id)
                made.servers.append(declared)
            } catch {
                logger.error("a server cannot be used", metadata: ["server": "\(server.slug)", "error": "\(error)"])
                continue
            }
            slugs[server.id] = server.slug
            made.owners[server.slug] = organisation.id.text
            made.accepted[server.slug] = try await accepted(of: server)
        }
        return slugs
    }

    private func accepted(of server: ServerRecord) async throws(Refusal) -> ManagedConfiguration.Accepted {
        var accepted = ManagedConfiguration.Accepted()
        let known = try await office.directory.all(
            SeenDefinition.self, of: server.organisation, parents: [.server: server.id])
        for definition in known {
            guard let name = ToolName(definition.tool), let hash = definition.acceptedHash,
                let json = definition.accepted.flatMap({ try? JSON(lenient: $0) })
            else { continue }
            accepted.tools[name] = .init(hash: DefinitionHash(hex: hash), definition: json)
            if definition.state == .changed, let seen = definition.seenHash {
                accepted.seen[name] = DefinitionHash(hex: seen)
            }
        }
        return accepted
    }

    private mutating func policies(of organisation: Organisation) async throws(Refusal) -> [RecordID: Policy] {
        var policies: [RecordID: Policy] = [:]
        for record in try await office.directory.all(PolicyRecord.self, of: organisation.id) {
            guard let number = record.published else { continue }
            if let known = earlier.policies[record.id.text], known.version == number {
                policies[record.id] = known
            } else {
                let version = try await office.directory.fetch(
                    PolicyVersion.self, PolicyVersion.id(of: record.id, number), of: organisation.id)
                let read = PolicyFile.parse(Array(version.document.utf8), name: record.title)
                guard let document = read.document,
                    let policy = try? Policy(compiling: document, id: record.id.text, version: number)
                else {
                    logger.error("a published policy cannot be used", metadata: ["policy": "\(record.id)"])
                    continue
                }
                policies[record.id] = policy
            }
            made.policies[record.id.text] = policies[record.id]
        }
        return policies
    }

    private mutating func grants(
        of organisation: Organisation, _ slugs: [RecordID: String], _ policies: [RecordID: Policy]
    ) async throws(Refusal) {
        var access: [RecordID: [String: Access]] = [:]
        for pair in try await office.directory.all(Attachment.self, of: organisation.id) {
            // Without a policy in force there is no access.
            guard let slug = slugs[pair.server], let policy = policies[pair.policy] else { continue }
            access[pair.grant, default: [:]][slug] = .policy(policy, pair.mode == .observe ? .observe : .enforce)
        }
        var principals: [RecordID: Principal] = [:]
        for grant in try await office.directory.all(GrantRecord.self, of: organisation.id)
        where grant.isInForce(at: now) {
            note(end: grant.expiresAt)
            principals[grant.id] = Principal(
                id: "grant:\(grant.id)",
                grant: Grant(
                    id: grant.id.text, label: grant.label, of: organisation.id.text, tags: grant.tags,
                    access: access[grant.id] ?? [:]))
            made.registered[grant.id.text] = principals[grant.id]?.grant
        }
        try await connections(of: organisation, principals)
        for credential in try await office.directory.all(Credential.self, of: organisation.id)
        where credential.isInForce(at: now) {
            guard let principal = principals[credential.grant],
                let digest = TokenDigest(hex: Hexadecimal.text(credential.digest))
            else { continue }
            note(end: credential.endsAt)
            made.grants[digest] = principal
        }
    }

    private mutating func connections(
        of organisation: Organisation, _ principals: [RecordID: Principal]
    ) async throws(Refusal) {
        for (connection, member, grant) in try await office.connectionsInForce(of: organisation.id, at: now) {
            guard let principal = principals[grant.id] else { continue }
            note(end: connection.expiresAt)
            made.connections[connection.id.text] = Principal(
                id: "\(principal.id)/member:\(member.id)", grant: principal.grant)
        }
    }

    private mutating func note(end: WallTime?) {
        guard let end else { return }
        made.nextEnd = min(made.nextEnd ?? end, end)
    }
}
