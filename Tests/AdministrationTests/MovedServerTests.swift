import Administration
import Testing

/// Secrets of servers that move.
@Suite("Secrets of servers that move")
struct MovedServerTests {
    private static func choices(_ url: String) -> ServerChoices { ServerChoices(transport: .url(url)) }

    private static func run(_ program: String) -> ServerChoices {
        ServerChoices(transport: .command([program, "--stdio"], directory: nil))
    }

    @Test(
        "a kept secret goes to no other host and no other program",
        arguments: [
            "https://evil.example/mcp", "http://notes.example/mcp", "https://notes.example:444/mcp",
            "https://notes.example@evil.example/mcp", "https://notes.example.evil.example/",
        ])
    func elsewhere(url: String) async throws {
        let instance = Instance()
        let office = instance.administration
        let admin = try await instance.signUp().actor
        let server = try await office.registerServer(
            "notes", Self.choices("https://notes.example/mcp"), secrets: ["X-Key": "hush"], by: admin)
        let refusal = Refusal.invalid(
            field: "secrets", reason: "were given for another host or command: give or remove X-Key")
        for changed in [Self.choices(url), Self.run("sh")] {
            await expectRefusal(refusal) {
                _ = try await office.changeServer(server.id, changed, secrets: [:], isEnabled: true, by: admin)
            }
        }
        let path = try await office.changeServer(
            server.id, Self.choices("https://NOTES.example/v2"), secrets: [:], isEnabled: true, by: admin)
        #expect(try await office.openSecrets(of: path) == ["X-Key": "hush"])
        let moved = try await office.changeServer(
            server.id, Self.choices(url), secrets: ["X-Key": .some("new")], isEnabled: true, by: admin)
        #expect(try await office.openSecrets(of: moved) == ["X-Key": "new"])
        let bare = try await office.changeServer(
            server.id, Self.choices("https://third.example/"), secrets: ["X-Key": .none], isEnabled: true, by: admin)
        #expect(try await office.openSecrets(of: bare).isEmpty)
    }

    private static let command = ["npx", "-y", "notes-server@1.4.0"]

    private static func run(_ command: [String], in folder: String?) -> ServerChoices {
        ServerChoices(transport: .command(command, directory: folder))
    }

    @Test(
        "a kept secret goes to no other package that the same program runs, and to no other folder",
        arguments: [
            (["npx", "-y", "evil-server@1.4.0"], "/srv/notes"), (["npx", "-y", "notes-server@1.4.1"], "/srv/notes"),
            (["npx", "-y"], "/srv/notes"), (["npx", "-y", "notes-server@1.4.0", "--debug"], "/srv/notes"),
            (["npx", "notes-server@1.4.0", "-y"], "/srv/notes"), (["uvx", "-y", "notes-server@1.4.0"], "/srv/notes"),
            (command, "/tmp"), (command, "/srv/notes/"), (command, nil),
            // The same letters to a reader; other bytes.
            (["npx", "-y", "notes-server@1.4.0"], "/srv/note\u{301}s"),
        ] as [([String], String?)])
    func otherPackage(command: [String], folder: String?) async throws {
        let instance = Instance()
        let office = instance.administration
        let admin = try await instance.signUp().actor
        let server = try await office.registerServer(
            "notes", Self.run(Self.command, in: "/srv/notes"), secrets: ["NOTES_KEY": "hush"], by: admin)
        let changed = Self.run(command, in: folder)
        await expectRefusal(
            .invalid(
                field: "secrets", reason: "were given for another host or command: give or remove NOTES_KEY")
        ) {
            _ = try await office.changeServer(server.id, changed, secrets: [:], isEnabled: true, by: admin)
        }
        var titled = server.settings
        titled.title = "Notes"
        let kept = try await office.changeServer(server.id, titled, secrets: [:], isEnabled: true, by: admin)
        #expect(try await office.openSecrets(of: kept) == ["NOTES_KEY": "hush"])
        let moved = try await office.changeServer(
            server.id, changed, secrets: ["NOTES_KEY": .some("new")], isEnabled: true, by: admin)
        #expect(try await office.openSecrets(of: moved) == ["NOTES_KEY": "new"])
    }
}
