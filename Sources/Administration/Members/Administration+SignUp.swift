public import GatewayStorage

extension Administration {
    /// Somebody who has just signed in: the cookie's token is given this once.
    public struct SignedIn: Sendable {
        public let actor: Actor
        public let token: String
        public let expiresAt: WallTime
    }

    /// What a person who signs up says of themself.
    public struct Newcomer: Sendable {
        public var fullName: String
        public var email: String
        public var password: String

        public init(fullName: String, email: String, password: String) {
            self.fullName = fullName
            self.email = email
            self.password = password
        }
    }

    /// The token of the first sign-up's link; nil where there is an organisation.
    public func makeFirstLink() async throws(Refusal) -> String? {
        guard try await directory.organisations().isEmpty else { return nil }
        return firstLink.make(at: clock())
    }

    /// What a link's token is good for.
    public enum Link: Sendable, Hashable {
        /// The first sign-up.
        case first
        case invitation(to: String, role: Role, email: String?)
    }

    /// What the link leads to; nil where it is void, whatever the reason.
    public func link(_ token: String) async throws(Refusal) -> Link? {
        if firstLink.isValid(token, at: clock()), try await directory.organisations().isEmpty { return .first }
        guard let invitation = try await invitation(token) else { return nil }
        let organisation = try await directory.fetch(
            Organisation.self, invitation.organisation, of: invitation.organisation)
        return .invitation(to: organisation.title, role: invitation.role, email: invitation.email?.text)
    }

    /// The first sign-up: makes the organisation; its creator is admin.
    public func signUp(
        link: String, organisation title: String, _ newcomer: Newcomer
    ) async throws(Refusal) -> SignedIn {
        let now = clock()
        let title = try GivenText.name(title, "organisation")
        let made = RecordID.make(.organisation, at: now)
        var organisation = Organisation(id: made, title: title, createdAt: now)
        organisation.mayUseMachine = true
        guard firstLink.isValid(link, at: now) else { throw Self.voidLink }
        let member = try await member(newcomer, of: made, role: .admin)
        guard let giveBack = firstLink.use(link, at: now) else { throw Self.voidLink }
        guard try await directory.organisations().isEmpty else { throw Self.voidLink }
        var change = Change.inserting(member, by: .createOrganisation)
        change.steps.insert(.insert(organisation.row), at: 0)
        let session = newSession(member)
        change.steps.append(.insert(session.record.row))
        do throws(Refusal) { try await make(change, of: made, by: "first sign-up") } catch {
            // Nobody has signed up: the link is good for another try.
            giveBack()
            throw error
        }
        return session.signedIn
    }

    /// Becomes a member by an invitation, which is used up.
    public func join(link: String, _ newcomer: Newcomer) async throws(Refusal) -> SignedIn {
        guard let invitation = try await invitation(link) else { throw Self.voidLink }
        let member = try await member(newcomer, of: invitation.organisation, role: invitation.role)
        if let email = invitation.email, email != member.email {
            throw .invalid(field: "email", reason: "is not the address this invitation is for")
        }
        var change = Change.inserting(member, by: .inviteMember)
        change.steps.insert(.remove(invitation.row), at: 0)
        let session = newSession(member)
        change.steps.append(.insert(session.record.row))
        do throws(Refusal) {
            try await make(change, of: invitation.organisation, by: "invitation \(invitation.id)")
        } catch .conflict {
            // Which of them is said to nobody: that the address has an account, or that the link was used meanwhile.
            throw .conflict("this invitation cannot be used with this address")
        }
        return session.signedIn
    }

    private static let voidLink = Refusal.conflict("this link is not valid any more – ask for a new one")

    private func invitation(_ token: String) async throws(Refusal) -> Invitation? {
        guard BearerToken.isFormed(token, for: .invitation),
            let invitation = try await directory.find(Invitation.self, handle: BearerToken.digest(of: token)),
            clock() < invitation.expiresAt,
            try await isSponsored(invitation.sponsor, invitation.role, in: invitation.organisation)
        else { return nil }
        return invitation
    }

    private func member(
        _ newcomer: Newcomer, of organisation: RecordID, role: Role
    ) async throws(Refusal) -> Member {
        let fullName = try GivenText.name(newcomer.fullName, "name")
        let email = try GivenText.email(newcomer.email)
        let password = try GivenText.password(newcomer.password)
        let now = clock()
        return Member(
            organisation: organisation, id: .make(.member, at: now), email: email, fullName: fullName, role: role,
            password: try await passwords.hash(password), createdAt: now)
    }

    func newSession(_ member: Member) -> (record: Session, signedIn: SignedIn) {
        let token = BearerToken(.session)
        let now = clock()
        let session = Session(
            organisation: member.organisation, id: .make(.session, at: now), member: member.id, digest: token.digest,
            createdAt: now, expiresAt: now.advanced(by: AdministrationBounds.session))
        return (session, SignedIn(actor: member.actor, token: token.secret, expiresAt: session.expiresAt))
    }
}

extension Member {
    var actor: Actor { Actor(.member(id, email: email.text), of: organisation, role: role) }
}
