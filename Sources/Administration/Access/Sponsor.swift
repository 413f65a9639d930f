public import GatewayStorage
import WireJSON

/// Who stands behind a token or an invitation: it ends with either of them.
public struct Sponsor: Sendable, Hashable {
    /// The member whose it is.
    public var member: RecordID?
    /// The token of the interface that made it.
    public var token: RecordID?

    /// Nobody: it is the operator's, or its maker is not known.
    public init() {}

    init(member: RecordID?, token: RecordID? = nil) {
        self.member = member
        self.token = token
    }

    /// Reads what was written, which earlier versions did not.
    init(_ shown: JSON, hidden: JSON) { self.init(member: shown.id("member"), token: hidden.id("made_with")) }

    func write(to writer: inout JSONWriter) { writer.member("member", optional: member) }
    func writeHidden(to writer: inout JSONWriter) { writer.member("made_with", optional: token) }
}

extension Actor {
    /// Who stands behind what this actor makes for others to come in by.
    var sponsor: Sponsor {
        switch who {
        case .member(let id, _): Sponsor(member: id)
        case .token(let id, _, let member): Sponsor(member: member, token: id)
        case .operator: Sponsor()
        }
    }
}

extension Administration {
    /// Whether those who stand behind something with this role still do: what ends with them may be there a moment longer,
    /// where it was made while they went.
    func isSponsored(_ sponsor: Sponsor, _ role: Role, in organisation: RecordID) async throws(Refusal) -> Bool {
        do throws(Refusal) {
            if let token = sponsor.token { _ = try await directory.fetch(AdminToken.self, token, of: organisation) }
            guard let id = sponsor.member else { return true }
            let member = try await directory.fetch(Member.self, id, of: organisation)
            return member.mayAct && role <= member.role
        } catch .unknown {
            return false
        }
    }
}
