import Administration
import GatewayStorage
import Testing

/// Who may do what: the whole table, cell by cell.
struct AccessTests {
    /// The least role for each operation; nil: the operator only.
    static let table: [(role: Role?, operations: [Operation])] = [
        (
            .viewer,
            [
                .showOwn, .signOutEverywhere, .changePassword, .showOrganisation, .listMembers, .listServers,
                .showServer, .listTools, .listPolicies, .showPolicy, .comparePolicies, .listGrants, .showGrant,
                .listEvents, .listCalls, .listConnections, .connectClient,
            ]
        ),
        (
            .policyManager,
            [
                .createPolicy, .draftPolicy, .publishPolicy, .rollBackPolicy, .removePolicy, .attachPolicy,
                .detachPolicy,
            ]
        ),
        (
            .admin,
            [
                .inviteMember, .listInvitations, .withdrawInvitation, .changeRole, .removeMember, .disableMember,
                .enableMember, .registerServer,
                .changeServer, .removeServer, .scanServer, .acceptDefinitions, .registerCommand, .createGrant,
                .changeGrant, .rotateGrant, .revokeGrant, .disconnectClient, .observe, .listTokens, .createToken,
                .removeToken, .stop,
                .resume, .rotateSecrets, .export,
            ]
        ),
        (nil, [.createOrganisation, .listOrganisations]),
    ]

    @Test("every operation has its row in the table")
    func complete() {
        let rows = Self.table.flatMap(\.operations)
        #expect(rows.count == Operation.allCases.count)
        #expect(Set(rows) == Set(Operation.allCases))
    }

    @Test("a role may do what its row and the rows before it say, and nothing else", arguments: Role.allCases)
    func cells(role: Role) throws {
        let organisation = try #require(RecordID("org_1"))
        let member = Actor(.member(organisation, email: "a@b"), of: organisation, role: role)
        for (least, operations) in Self.table {
            for operation in operations {
                #expect(member.may(operation) == least.map { role >= $0 } ?? false, "\(role) \(operation)")
            }
        }
        let owner = Actor(.operator, of: organisation, role: .admin)
        #expect(Operation.allCases.allSatisfy(owner.may))
    }

    @Test("a refused operation changes nothing and is not recorded", arguments: [Role.viewer, .policyManager])
    func refused(role: Role) async throws {
        let instance = Instance()
        let admin = try await instance.signUp().actor
        let actor = admin.with(role)
        let world = try await World(instance, admin)
        let events = instance.world.events.count
        for act in world.acts where !actor.may(act.operation) {
            do {
                try await act.body(actor, world.ids)
                Issue.record("\(role) did \(act.operation)")
            } catch let refusal as Refusal {
                #expect(refusal == .notAllowed(needs: act.operation.requirement), "\(act.operation)")
            }
        }
        #expect(instance.world.events.count == events)
    }

    @Test("another organisation's id answers like an unknown id, whatever is done with it")
    func isolation() async throws {
        let instance = Instance()
        let admin = try await instance.signUp().actor
        let world = try await World(instance, admin)
        let stranger = try await instance.otherAdmin()
        let unknown = World.IDs.unknown
        let events = instance.world.events.count
        for act in world.acts {
            var answers: [Refusal?] = []
            for ids in [world.ids, unknown] {
                do {
                    try await act.body(stranger, ids)
                    answers.append(nil)
                } catch let refusal as Refusal {
                    answers.append(refusal)
                }
            }
            #expect(answers[0] == answers[1], "\(act.operation)")
            guard case .unknown = answers[0] else {
                Issue.record("\(act.operation) answered \(String(describing: answers[0]))")
                continue
            }
        }
        #expect(instance.world.events.count == events)
        let grants = try await instance.directory.all(GrantRecord.self, of: admin.organisation)
        #expect(grants.map(\.revokedAt) == [nil])
    }
}
