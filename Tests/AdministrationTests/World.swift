import Administration
import GatewayStorage
import Testing

/// One thing of every kind, and every act that is done to one by its id.
struct World {
    struct IDs: Sendable {
        var member, invitation, token, server, policy, grant: RecordID

        static let unknown: IDs = {
            func id(_ text: String) -> RecordID {
                guard let id = RecordID(text) else { preconditionFailure("an id of the test is one") }
                return id
            }
            return IDs(
                member: id("mem_0"), invitation: id("inv_0"), token: id("tok_0"), server: id("srv_0"),
                policy: id("pol_0"), grant: id("gra_0"))
        }()
    }

    struct Act: Sendable {
        let operation: Operation
        let body: @Sendable (Actor, IDs) async throws -> Void
    }

    let ids: IDs
    let acts: [Act]

    static let policy = #"{"version":"1","default":"deny","tools":{"list_users":{}}}"#
    static let url = ServerChoices(transport: .url("http://127.0.0.1:1/mcp"))

    init(_ instance: Instance, _ admin: Actor) async throws {
        let office = instance.administration
        let server = try await office.registerServer("iam", Self.url, secrets: ["X-Key": "hush"], by: admin)
        let policy = try await office.createPolicy("readers", draft: Self.policy, by: admin)
        _ = try await office.publishPolicy(policy.id, by: admin)
        let pair = Administration.Pair(server: server.id, policy: policy.id, mode: .enforce)
        let grant = try await office.createGrant("claude", tags: [:], expiresAt: nil, pairs: [pair], by: admin)
        let invitation = try await office.invite(nil, role: .viewer, by: admin)
        let joined = try await office.join(
            link: invitation.token, .init(fullName: "Bob", email: "bob@example.com", password: "bobs long password"))
        guard case .member(let member, _) = joined.actor.who else { preconditionFailure("a member joined") }
        let token = try await office.createToken("ci", role: .viewer, expiresAt: nil, by: admin)
        let open = try await office.invite("carol@example.com", role: .admin, by: admin)
        ids = IDs(
            member: member, invitation: open.record.id, token: token.record.id, server: server.id, policy: policy.id,
            grant: grant.record.id)
        acts = [
            Act(operation: .showServer) {
                _ = try await office.show(ServerRecord.self, $1.server, as: .showServer, by: $0)
            },
            Act(operation: .changeServer) {
                _ = try await office.changeServer($1.server, Self.url, secrets: [:], isEnabled: true, by: $0)
            },
            Act(operation: .removeServer) { try await office.removeServer($1.server, by: $0) },
            Act(operation: .scanServer) { _ = try await office.scan($1.server, by: $0) },
            Act(operation: .acceptDefinitions) { _ = try await office.acceptDefinitions(nil, of: $1.server, by: $0) },
            Act(operation: .listTools) { _ = try await office.difference(tool: [], of: $1.server, by: $0) },
            Act(operation: .stop) { try await office.setStopped(true, .server($1.server), by: $0) },
            Act(operation: .stop) { try await office.setStopped(true, .grant($1.grant), by: $0) },
            Act(operation: .resume) { try await office.setStopped(false, .grant($1.grant), by: $0) },
            Act(operation: .draftPolicy) { _ = try await office.draftPolicy($1.policy, "{}", by: $0) },
            Act(operation: .publishPolicy) { _ = try await office.publishPolicy($1.policy, document: "{}", by: $0) },
            Act(operation: .rollBackPolicy) { _ = try await office.rollBackPolicy($1.policy, to: 1, by: $0) },
            Act(operation: .showPolicy) { _ = try await office.version(1, of: $1.policy, by: $0) },
            Act(operation: .comparePolicies) {
                _ = try await office.comparePolicy($1.policy, from: .version(1), to: .version(1), over: nil, by: $0)
            },
            Act(operation: .comparePolicies) {
                _ = try await office.comparePolicy(
                    $1.policy, from: .version(1), to: .version(1), over: $1.server, by: $0)
            },
            Act(operation: .removePolicy) { try await office.removePolicy($1.policy, by: $0) },
            Act(operation: .changeGrant) {
                _ = try await office.changeGrant($1.grant, tags: [:], expiresAt: nil, by: $0)
            },
            Act(operation: .rotateGrant) { _ = try await office.rotateGrant($1.grant, overlap: .zero, by: $0) },
            Act(operation: .revokeGrant) { _ = try await office.revokeGrant($1.grant, by: $0) },
            Act(operation: .showGrant) { _ = try await office.attachments(of: $1.grant, by: $0) },
            Act(operation: .attachPolicy) {
                let pair = Administration.Pair(server: $1.server, policy: $1.policy, mode: .enforce)
                _ = try await office.attach(pair, to: $1.grant, by: $0)
            },
            Act(operation: .detachPolicy) { try await office.detach($1.server, from: $1.grant, by: $0) },
            Act(operation: .createGrant) {
                let pair = Administration.Pair(server: $1.server, policy: $1.policy, mode: .enforce)
                _ = try await office.createGrant("x", tags: [:], expiresAt: nil, pairs: [pair], by: $0)
            },
            Act(operation: .changeRole) { _ = try await office.changeRole(of: $1.member, to: .viewer, by: $0) },
            Act(operation: .removeMember) { try await office.removeMember($1.member, by: $0) },
            Act(operation: .withdrawInvitation) { try await office.withdrawInvitation($1.invitation, by: $0) },
            Act(operation: .removeToken) { try await office.removeToken($1.token, by: $0) },
        ]
    }
}
