/// Everything people do.
public enum Operation: String, Sendable, Hashable, CaseIterable {
    case showOwn, signOutEverywhere, changePassword
    case showOrganisation, listMembers, listServers, showServer, listTools, listPolicies, showPolicy, comparePolicies
    case listGrants, showGrant, listEvents, listCalls
    case createPolicy, draftPolicy, publishPolicy, rollBackPolicy, removePolicy, attachPolicy, detachPolicy
    case inviteMember, listInvitations, withdrawInvitation, changeRole, removeMember
    case disableMember, enableMember
    case registerServer, changeServer, removeServer, scanServer, acceptDefinitions
    case registerCommand
    case createGrant, changeGrant, rotateGrant, revokeGrant, observe
    case connectClient, listConnections, disconnectClient
    case listTokens, createToken, removeToken
    case stop, resume
    case rotateSecrets, export
    case createOrganisation, listOrganisations

    /// Who may do what, in one table.
    public var requirement: Requirement {
        switch self {
        case .showOwn, .signOutEverywhere, .changePassword,
            .showOrganisation, .listMembers, .listServers, .showServer, .listTools, .listPolicies, .showPolicy,
            .comparePolicies, .listGrants, .showGrant, .listEvents, .listCalls, .listConnections,
            .connectClient:
            .role(.viewer)
        case .createPolicy, .draftPolicy, .publishPolicy, .rollBackPolicy, .removePolicy, .attachPolicy,
            .detachPolicy:
            .role(.policyManager)
        case .inviteMember, .listInvitations, .withdrawInvitation, .changeRole, .removeMember,
            .disableMember, .enableMember,
            .registerServer, .changeServer, .removeServer, .scanServer, .acceptDefinitions, .registerCommand,
            .createGrant, .changeGrant, .rotateGrant, .revokeGrant, .observe, .disconnectClient,
            .listTokens, .createToken, .removeToken, .stop, .resume, .rotateSecrets, .export:
            .role(.admin)
        case .createOrganisation, .listOrganisations: .operator
        }
    }
}
