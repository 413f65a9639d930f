import Administration
import GatewayStorage
import Testing

/// What files declare, beside what people register.
@Suite("Files")
struct FilesTests {
    private let instance = Instance()
    private var office: Administration { instance.administration }

    private static let report = FilesReport(
        servers: [.init(slug: "notes", isCommand: false)], policies: ["safe"],
        grants: [.init(label: "laptop", servers: ["notes": "safe"])],
        drift: [.init(.refused, .configuration, "gatehouse.yaml:1", "unknown key")])

    private func declare() {
        instance.change {
            $0.files = Self.report
            $0.declared = DeclaredNames(servers: ["notes", "iam"])
        }
    }

    @Test("what is registered beside the files, or under a name of theirs, is told with what the files themselves say")
    func drift() async throws {
        let admin = try await instance.signUp().actor
        _ = try await World(instance, admin)
        _ = try await office.registerServer("extra", World.url, secrets: [:], by: admin)
        declare()
        let drift = try await office.drift(by: admin).drift
        #expect(
            Set(drift.map { "\($0.kind.rawValue) \($0.object.rawValue) \($0.name)" }) == [
                "refused configuration gatehouse.yaml:1", "shadowed server iam", "undeclared server extra",
                "undeclared policy readers", "undeclared grant claude",
            ])
    }

    @Test("without files there is nothing to compare")
    func none() async throws {
        let admin = try await instance.signUp().actor
        await expectRefusal(.conflict("no configuration file is in use")) { _ = try await office.drift(by: admin) }
        #expect(try await office.declared(for: admin) == nil)
    }

    @Test("where there are several organisations, files are nobody's but the operator's")
    func several() async throws {
        let admin = try await instance.signUp().actor
        declare()
        #expect(try await office.declared(for: admin.with(.viewer))?.servers.map(\.slug) == ["notes"])
        let other = try await instance.otherAdmin()
        for actor in [admin, other] {
            #expect(try await office.declared(for: actor) == nil)
            await expectRefusal(.notAllowed(needs: .operator)) { _ = try await office.drift(by: actor) }
        }
        let owner = Actor(.operator, of: admin.organisation, role: .admin)
        #expect(try await office.declared(for: owner)?.grants.map(\.label) == ["laptop"])
    }

    @Test("who may not export sees no difference")
    func role() async throws {
        let admin = try await instance.signUp().actor
        declare()
        for role in [Role.viewer, .policyManager] {
            await expectRefusal(.notAllowed(needs: .role(.admin))) {
                _ = try await office.drift(by: admin.with(role))
            }
        }
    }

    @Test("a server of the catalogue is started by admins alone, and by a command that is known")
    func catalogue() async throws {
        let admin = try await instance.signUp().actor
        instance.change { world in
            for (name, command) in [("iam", ["uvx", "iam@1"]), ("docker", nil)] as [(String, [String]?)] {
                world.offers[name] = CatalogueOffer(
                    name: name, registry: "pypi", package: name, version: "1", command: command, policy: "{}", tools: 1)
            }
        }
        #expect(try await office.command(ofCatalogue: "iam", by: admin) == ["uvx", "iam@1"])
        #expect(try await office.offer("iam", by: admin.with(.viewer)).tools == 1)
        await expectRefusal(.notAllowed(needs: .role(.admin))) {
            _ = try await office.command(ofCatalogue: "iam", by: admin.with(.policyManager))
        }
        await expectRefusal(.unknown("server in the catalogue")) {
            _ = try await office.command(ofCatalogue: "nothing", by: admin)
        }
        await expectRefusal(
            .conflict("the catalogue knows no command that starts this server in a version of its own")
        ) {
            _ = try await office.command(ofCatalogue: "docker", by: admin)
        }
    }
}
