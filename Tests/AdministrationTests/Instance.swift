import Administration
import GatewayStorage
import Synchronization
import Testing
import WireJSON

/// Administration over a real directory in memory, with what it asks of the program around it played by values.
final class Instance: Sendable {
    struct World {
        var events: [AdministrativeEvent] = []
        var isAuditThere = true
        /// Happens once, after the next act is recorded and before it is done.
        var meanwhile: (@Sendable () async -> Void)?
        var changes = 0
        var listed: [String: [ListedTool]] = [:]
        var declared = DeclaredNames()
        var asked: [AuditFilter] = []
        var calls: [KeptEvent] = []
        var standing: AuthorizationStanding?
        var forgotten: [RecordID] = []
        var files: FilesReport?
        var offers: [String: CatalogueOffer] = [:]
        var now = WallTime(milliseconds: 1_790_000_000_000)
    }

    private let held = Mutex(World())
    let directory: Directory
    let keyring: Keyring
    /// A derivation that costs next to nothing.
    private let desk = PasswordDesk(cost: PasswordHash.Cost(rounds: 16, blockSize: 1, parallelism: 1))

    init(
        keyring: Keyring = Keyring(SecretKey.make().key), _ store: any DirectoryStore = MemoryDirectory()
    ) {
        self.keyring = keyring
        directory = Directory(store)
    }

    var world: World { held.withLock { $0 } }
    func change(_ body: @Sendable (inout World) -> Void) { held.withLock { body(&$0) } }
    func wait(_ duration: Duration) { held.withLock { $0.now = $0.now.advanced(by: duration) } }

    var administration: Administration { made.withLock { $0 } ?? make() }
    private let made = Mutex<Administration?>(nil)

    private func make() -> Administration {
        let administration = administration(keyring)
        made.withLock { $0 = administration }
        return administration
    }

    func administration(_ keyring: Keyring) -> Administration {
        Administration(
            directory: directory, passwords: desk, keyring: keyring, ports: ports, clock: { [self] in world.now })
    }

    private var ports: AdministrationPorts {
        var ports = AdministrationPorts(
            record: { [self] event in
                let meanwhile = held.withLock { world in
                    defer { world.meanwhile = nil }
                    return world.meanwhile
                }
                await meanwhile?()
                return held.withLock { world in
                    if world.isAuditThere { world.events.append(event) }
                    return world.isAuditThere
                }
            },
            events: { [self] organisation, before, limit throws(Refusal) in
                world.events.enumerated().filter { $0.element.organisation == organisation }.map { index, event in
                    var writer = JSONWriter()
                    writer.object { event.write(to: &$0) }
                    return KeptEvent(sequence: Int64(index + 1), json: writer.bytes)
                }.filter { before == nil || $0.sequence < before ?? 0 }.reversed().prefix(limit).map { $0 }
            },
            lastUsed: { _, _, _ throws(Refusal) in nil },
            calls: { [self] filter throws(Refusal) in
                change { $0.asked.append(filter) }
                return world.calls
            },
            changed: { [self] in
                change { $0.changes += 1 }
                return true
            },
            listTools: { [self] slug in
                world.listed[slug].map { .success($0) } ?? .failure(ListingFailure("cannot be reached"))
            },
            checkPolicy: { text in
                let problem = PolicyProblem(line: 1, column: 1, pointer: "", message: "no JSON")
                return PolicyVerdict(errors: (try? JSON(Array(text.utf8))) == nil ? [problem] : [], warnings: [])
            },
            comparePolicies: { old, new, definitions in
                guard (try? JSON(Array(new.utf8))) != nil else { return nil }
                let change = PolicyComparison.Change(
                    direction: "other", kind: "setting", subject: old, detail: new, old: nil, new: nil)
                return PolicyComparison(isLooser: false, tools: definitions?.count, changes: [change])
            },
            objection: { slug, _, _ in
                slug.utf8.allSatisfy { $0 != 0x20 } ? nil : Objection(field: "slug", reason: "has a space")
            },
            declared: { [self] in world.declared })
        ports.credentials.standing = { [self] _ in world.standing }
        ports.credentials.forget = { [self] id in change { $0.forgotten.append(id) } }
        ports.files = { [self] _ in world.files }
        ports.catalogue = { [self] name throws(Refusal) in world.offers[name] }
        return ports
    }

    /// A first admin of the only organisation.
    func signUp(_ email: String = "ann@example.com") async throws -> Administration.SignedIn {
        let link = try #require(try await administration.makeFirstLink())
        return try await administration.signUp(
            link: link, organisation: "Acme",
            .init(fullName: "Ann", email: email, password: "correct horse battery"))
    }

    /// A further member of the admin's organisation.
    func member(_ email: String, _ role: Role, by admin: Actor) async throws -> Actor {
        let invitation = try await administration.invite(email, role: role, by: admin)
        return try await administration.join(
            link: invitation.token, .init(fullName: "Pat", email: email, password: "battery horse staple")
        ).actor
    }

    /// An admin of another organisation.
    func otherAdmin() async throws -> Actor {
        let any = try await directory.organisations()
        let owner = Actor(.operator, of: any[0].id, role: .admin)
        let made = try await administration.createOrganisation("Umbrella", admin: nil, by: owner)
        let joined = try await administration.join(
            link: made.invitation.token,
            .init(fullName: "Mal", email: "mal@example.org", password: "staple battery horse"))
        return joined.actor
    }
}

/// The same actor with another role.
extension Actor {
    func with(_ role: Role) -> Actor { Actor(who, of: organisation, role: role) }
}

/// Expects a refusal of this very kind.
func expectRefusal(
    _ expected: Refusal, _ what: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Void
) async {
    do {
        try await body()
        Issue.record("nothing was refused; \(expected) was expected", sourceLocation: sourceLocation)
    } catch let refusal as Refusal {
        #expect(refusal == expected, what, sourceLocation: sourceLocation)
    } catch {
        Issue.record("\(error) is no refusal", sourceLocation: sourceLocation)
    }
}
