import Administration
import GatewayStorage
import HTTPTypes
import WireJSON

extension APIOperation {
    static let page: [Parameter] = [
        Parameter(name: "limit", shape: .integer(1...AdministrationBounds.page), words: "How many at most."),
        Parameter(name: "cursor", shape: .id, words: "The `next` of the page before."),
    ]

    static let people: [APIOperation] = [
        APIOperation(
            id: "showOwn", method: .get, path: "/me", summary: "Who the token is.", requirement: .showOwn, status: .ok,
            answer: .object([.need("actor", .anyText), .need("organisation", .id), .need("role", .role)])
        ) { call in
            APIAnswer { json in
                json.object { json in
                    json.member("actor", call.actor.description)
                    json.member("organisation", call.actor.organisation.text)
                    json.member("role", call.actor.role.rawValue)
                }
            }
        },
        APIOperation(
            id: "showOrganisation", method: .get, path: "/organisation", summary: "The organisation.",
            requirement: .showOrganisation, status: .ok, answer: .organisation
        ) { call in
            APIAnswer(
                try await call.office.show(
                    Organisation.self, call.actor.organisation, as: .showOrganisation, by: call.actor))
        },
        stop("stopOrganisation", "/organisation/stop", "Stop every grant of the organisation at once.", true) { _ in
            .organisation
        },
        stop("resumeOrganisation", "/organisation/resume", "Let them go on.", false) { _ in .organisation },
        APIOperation(
            id: "listMembers", method: .get, path: "/members", summary: "The members.", requirement: .listMembers,
            query: page, status: .ok, answer: .page(of: .member)
        ) { call in
            APIAnswer(
                try await call.office.list(
                    Member.self, as: .listMembers, by: call.actor, after: call.cursor(), limit: call.limit))
        },
        APIOperation(
            id: "changeMember", method: .patch, path: "/members/{id}", summary: "Give a member another role.",
            requirement: .changeRole, body: .object([.need("role", .role)]), status: .ok, answer: .member
        ) { call in
            let role = call.body.string("role").flatMap { Role(rawValue: $0) } ?? .viewer
            return APIAnswer(try await call.office.changeRole(of: call.id(), to: role, by: call.actor))
        },
        APIOperation(
            id: "removeMember", method: .delete, path: "/members/{id}", summary: "Remove a member.",
            requirement: .removeMember, status: .noContent
        ) { call in
            try await call.office.removeMember(call.id(), by: call.actor)
            return .empty
        },
        disabling("disableMember", "disable", "Keep a member out, and sign it out everywhere.", true),
        disabling("enableMember", "enable", "Let a disabled member in again.", false),
        APIOperation(
            id: "listInvitations", method: .get, path: "/invitations", summary: "Invitations not yet used.",
            requirement: .listInvitations, query: page, status: .ok, answer: .page(of: .invitation)
        ) { call in
            APIAnswer(
                try await call.office.list(
                    Invitation.self, as: .listInvitations, by: call.actor, after: call.cursor(), limit: call.limit))
        },
        APIOperation(
            id: "inviteMember", method: .post, path: "/invitations",
            summary: "Invite somebody; the token of the link is told this once.", requirement: .inviteMember,
            body: .object([.need("role", .role), .may("email", .text(bytes: AdministrationBounds.emailBytes))]),
            status: .created, answer: .issued(.invitation)
        ) { call in
            let role = call.body.string("role").flatMap { Role(rawValue: $0) } ?? .viewer
            let issued = try await call.office.invite(call.body.string("email"), role: role, by: call.actor)
            return APIAnswer(issued, location: "/invitations/\(issued.record.id)")
        },
        APIOperation(
            id: "withdrawInvitation", method: .delete, path: "/invitations/{id}", summary: "Withdraw an invitation.",
            requirement: .withdrawInvitation, status: .noContent
        ) { call in
            try await call.office.withdrawInvitation(call.id(), by: call.actor)
            return .empty
        },
        APIOperation(
            id: "listTokens", method: .get, path: "/tokens", summary: "Tokens of this interface.",
            requirement: .listTokens, query: page, status: .ok, answer: .page(of: .token)
        ) { call in
            APIAnswer(
                try await call.office.list(
                    AdminToken.self, as: .listTokens, by: call.actor, after: call.cursor(), limit: call.limit))
        },
        APIOperation(
            id: "createToken", method: .post, path: "/tokens",
            summary: "Make a token of this interface, told this once.", requirement: .createToken,
            body: .object([
                .need("label", .name), .need("role", .role), .may("expires_at", .time),
                .may("for", .text(bytes: AdministrationBounds.emailBytes)),
            ]), status: .created, answer: .issued(.token)
        ) { call in
            let role = call.body.string("role").flatMap { Role(rawValue: $0) } ?? .viewer
            let issued = try await call.office.createToken(
                call.body.string("label") ?? "", role: role, for: call.body.string("for"),
                expiresAt: call.body.string("expires_at").flatMap { Timestamp.time($0) }, by: call.actor)
            return APIAnswer(issued, location: "/tokens/\(issued.record.id)")
        },
        APIOperation(
            id: "removeToken", method: .delete, path: "/tokens/{id}",
            summary: "Remove a token of this interface, and what was made with it.",
            requirement: .removeToken, status: .noContent
        ) { call in
            try await call.office.removeToken(call.id(), by: call.actor)
            return .empty
        },
        APIOperation(
            id: "export", method: .get, path: "/export",
            summary: "What is in force as configuration files; secrets are not in them.", requirement: .export,
            status: .ok, answer: .object([.need("files", .table(.anyText, most: AdministrationBounds.recordsPerKind))])
        ) { call in
            let files = try await call.office.export(by: call.actor)
            return APIAnswer { json in
                json.object { json in
                    json.key("files")
                    json.object { json in for file in files { json.member(file.path, file.text) } }
                }
            }
        },
        APIOperation(
            id: "rotateSecrets", method: .post, path: "/secrets/rotate",
            summary: "Seal every secret with the present key.", requirement: .rotateSecrets, status: .ok,
            answer: .object([.need("rotated", .number)])
        ) { call in
            let count = try await call.office.rotateSecrets(by: call.actor)
            return APIAnswer { json in json.object { $0.member("rotated", count) } }
        },
    ]

    private static func disabling(
        _ id: String, _ verb: String, _ summary: String, _ isDisabled: Bool
    ) -> APIOperation {
        APIOperation(
            id: id, method: .post, path: "/members/{id}/\(verb)", summary: summary,
            requirement: isDisabled ? .disableMember : .enableMember, status: .ok, answer: .member
        ) { call in
            APIAnswer(try await call.office.setDisabled(isDisabled, call.id(), by: call.actor))
        }
    }

    /// An emergency stop, or its end.
    static func stop(
        _ id: String, _ path: String, _ summary: String, _ isStopped: Bool,
        _ what: @escaping @Sendable (APICall) throws(Refusal) -> Administration.Stoppable
    ) -> APIOperation {
        APIOperation(
            id: id, method: .post, path: path, summary: summary, requirement: isStopped ? .stop : .resume,
            status: .noContent
        ) { call in
            try await call.office.setStopped(isStopped, what(call), by: call.actor)
            return .empty
        }
    }
}
