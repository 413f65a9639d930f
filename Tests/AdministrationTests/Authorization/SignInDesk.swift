import Administration
import GatewayStorage
import OAuthMessages
import Synchronization
import Testing
import WireJSON

/// An authorisation server over a directory in memory, with one of everything, and a client that asks it.
struct SignInDesk: Sendable {
    static let gateway = "https://gateway.example"
    static let issuer = "https://console.example"
    static let callback = "https://client.example/cb"

    let instance = Instance()
    let office: Administration
    let server: AuthorizationServer
    let admin: Actor
    let grant: RecordID
    let proof = ProofKey()
    /// What documents there are, by address; and which were fetched.
    let documents = Documents()

    final class Documents: Sendable {
        private let held = Mutex<(documents: [String: [UInt8]], asked: [String])>(([:], []))
        func put(_ document: String, at id: String) { held.withLock { $0.documents[id] = Array(document.utf8) } }
        var asked: [String] { held.withLock { $0.asked } }
        func fetch(_ id: String) -> Result<[UInt8], ClientDocuments.Absence> {
            held.withLock { held in
                held.asked.append(id)
                return held.documents[id].map { .success($0) } ?? .failure(.init("it cannot be had"))
            }
        }
    }

    init() async throws {
        office = instance.administration
        admin = try await instance.signUp().actor
        let world = try await World(instance, admin)
        grant = world.ids.grant
        let documents = documents
        server = AuthorizationServer(
            issuer: Self.issuer, gateway: Self.gateway, office: office,
            documents: ClientDocuments { documents.fetch($0) })
    }

    /// The id of a client that registered.
    func register(_ name: String = "Client") async throws -> String {
        let body = #"{"client_name":"\#(name)","redirect_uris":["\#(Self.callback)","http://127.0.0.1/cb"]}"#
        return try #require(try JSON(await server.register(Array(body.utf8)))["client_id"]?.string)
    }

    /// A question that is in order, but for the changes; a nil takes a member out.
    func question(_ client: String, _ changes: [String: String?] = [:]) -> String {
        var members: [String: String?] = [
            "response_type": "code", "client_id": client, "redirect_uri": Self.callback, "state": "s",
            "code_challenge": proof.challenge, "code_challenge_method": "S256", "resource": Self.gateway + "/mcp/iam",
        ]
        for (name, value) in changes { members.updateValue(value, forKey: name) }
        return FormText.write(members.compactMap { name, value in value.map { (name, $0) } })
    }

    func ready(_ query: String) async throws -> AuthorizationRequest {
        guard case .ready(let request) = await server.look(at: query, isMember: true) else {
            throw Turned(verdict: await server.look(at: query, isMember: true))
        }
        return request
    }

    struct Turned: Error { let verdict: RequestVerdict }

    /// A code that a member gave.
    func code(_ client: String, by actor: Actor? = nil) async throws -> String {
        let location = try await server.consent(
            to: try await ready(question(client)), with: grant, by: actor ?? admin)
        let fields = try #require(FormText.read(location.split(separator: "?", maxSplits: 1)[1]))
        #expect(fields["iss"] == Self.issuer && fields["state"] == "s")
        return try #require(fields["code"])
    }

    func exchange(_ code: String, _ client: String, _ changes: [String: String?] = [:]) async throws -> Given {
        var form: [String: String?] = [
            "grant_type": "authorization_code", "code": code, "client_id": client, "redirect_uri": Self.callback,
            "code_verifier": proof.verifier, "resource": Self.gateway + "/mcp/iam",
        ]
        for (name, value) in changes { form.updateValue(value, forKey: name) }
        return try Given(JSON(await server.token(form.compactMapValues(\.self))))
    }

    func refresh(_ token: String, _ client: String, _ changes: [String: String] = [:]) async throws -> Given {
        let form = ["grant_type": "refresh_token", "refresh_token": token, "client_id": client]
        return try Given(JSON(await server.token(form.merging(changes) { $1 })))
    }

    /// What a client got.
    struct Given {
        let access: String
        let refresh: String

        init(_ json: JSON) throws {
            access = try #require(json["access_token"]?.string)
            refresh = try #require(json["refresh_token"]?.string)
        }
    }

    var connections: [Connection] {
        get async throws { try await instance.directory.all(Connection.self, of: admin.organisation) }
    }

    /// How many connections' tokens are taken now.
    var inForce: Int {
        get async throws {
            try await office.connectionsInForce(of: admin.organisation, at: instance.world.now).count
        }
    }

    /// Operations of the events since a number of them.
    func events(since count: Int) -> [String] { instance.world.events.dropFirst(count).map(\.operation) }
}

/// Expects a refusal with this code.
func expectRefused(
    _ code: OAuthRefusal.Code, _ what: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Void
) async {
    do {
        try await body()
        Issue.record("nothing was refused", sourceLocation: sourceLocation)
    } catch let refusal as OAuthRefusal {
        #expect(refusal.code == code, what, sourceLocation: sourceLocation)
    } catch {
        Issue.record("\(error) is no refusal", sourceLocation: sourceLocation)
    }
}
