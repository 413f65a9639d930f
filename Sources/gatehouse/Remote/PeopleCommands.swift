import ArgumentParser
import WireJSON

struct OrganisationCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "organisation",
        abstract: "List and make organisations of a running instance, or stop all of one's grants.",
        subcommands: [List.self, Create.self, Show.self, Stop.self, Resume.self])

    static let columns = ["id", "name", "stopped", "machine", "created_at"]

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List every organisation; for the operator.")
        @OptionGroup var remote: RemoteOptions
        func run() async throws {
            remote.show(try await remote.instance().all("/organisations", paged: false), OrganisationCommand.columns)
        }
    }

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make an organisation and print the link by which its first admin signs up.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "Its name.") var name: String
        @Option(help: "Whom the link is for.") var email: String?
        @Flag(
            help: "Its admins may run programs on this machine and reach its private networks, as the first one's may.")
        var machine = false

        func run() async throws {
            let instance = try remote.instance()
            let answer = try await instance.ask(.post, "/organisations") { json in
                json.member("name", name)
                if machine { json.member("machine", true) }
                if let email { json.member("email", email) }
            }
            remote.show(linkOf: answer, at: instance)
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show the organisation.")
        @OptionGroup var remote: RemoteOptions
        func run() async throws {
            remote.show(try await remote.instance().ask(.get, "/organisation"), OrganisationCommand.columns)
        }
    }

    struct Stop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Stop every grant at once: calls are refused and open streams end, until `resume`.")
        @OptionGroup var remote: RemoteOptions
        func run() async throws { _ = try await remote.instance().ask(.post, "/organisation/stop") }
    }

    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let the grants go on after a stop.")
        @OptionGroup var remote: RemoteOptions
        func run() async throws { _ = try await remote.instance().ask(.post, "/organisation/resume") }
    }
}

struct MemberCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "member", abstract: "Invite people to a running instance, and say what they may do.",
        subcommands: [List.self, Invite.self, Role.self, Disable.self, Enable.self, Remove.self])

    static let columns = ["email", "name", "role", "disabled", "turned_away", "created_at", "id"]

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the members.")
        @OptionGroup var remote: RemoteOptions
        func run() async throws { remote.show(try await remote.instance().all("/members"), MemberCommand.columns) }
    }

    struct Invite: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print a link by which somebody becomes a member.")
        @OptionGroup var remote: RemoteOptions
        @Option(help: "viewer (looks), policy_manager (writes policies) or admin (everything).") var role = "viewer"
        @Option(help: "Whom it is for.") var email: String?

        func run() async throws {
            let instance = try remote.instance()
            let answer = try await instance.ask(.post, "/invitations") { json in
                json.member("role", role)
                if let email { json.member("email", email) }
            }
            remote.show(linkOf: answer, at: instance)
        }
    }

    struct Role: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Give a member another role.")
        @OptionGroup var member: MemberOptions
        @Argument(help: "viewer (looks), policy_manager (writes policies) or admin (everything).") var role: String

        func run() async throws {
            member.remote.show(try await member.act(.patch) { $0.member("role", role) }, MemberCommand.columns)
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Keep a member out, whatever a provider says, and sign it out everywhere.")
        @OptionGroup var member: MemberOptions
        func run() async throws {
            member.remote.show(try await member.act(.post, "/disable"), MemberCommand.columns)
        }
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let a disabled member in again.")
        @OptionGroup var member: MemberOptions
        func run() async throws {
            member.remote.show(try await member.act(.post, "/enable"), MemberCommand.columns)
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Remove a member.")
        @OptionGroup var member: MemberOptions
        func run() async throws { try await member.act(.delete) }
    }
}

struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Tokens for scripts that use the administration interface (/api/v1).",
        subcommands: [List.self, Create.self, Remove.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the tokens.")
        @OptionGroup var remote: RemoteOptions
        func run() async throws {
            remote.show(
                try await remote.instance().all("/tokens"),
                ["label", "role", "member", "expires_at", "created_at", "id"])
        }
    }

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make a token and print it, this once.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "Its label.") var label: String
        @Option(help: "viewer (looks), policy_manager (writes policies) or admin (everything).") var role = "viewer"
        @Option(name: .customLong("for"), help: ArgumentHelp("The member it ends with.", valueName: "email"))
        var owner: String?
        @Option(help: ArgumentHelp("When it ends, RFC 3339 in UTC.", valueName: "time")) var expires: String?

        func run() async throws {
            remote.show(
                issued: try await remote.instance().ask(.post, "/tokens") { json in
                    json.member("label", label)
                    json.member("role", role)
                    if let owner { json.member("for", owner) }
                    if let expires { json.member("expires_at", expires) }
                })
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Remove a token, and what was made with it.")
        @OptionGroup var token: TokenOptions
        func run() async throws { try await token.act(.delete) }
    }
}

struct EventCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "event", abstract: "Who changed what in a running instance.", subcommands: [List.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List events, newest first.")
        @OptionGroup var remote: RemoteOptions
        @Option(help: "How many at most, up to 200.") var limit = 50

        func run() async throws {
            let answer = try await remote.instance().ask(.get, "/events?limit=\(limit)")
            let items = answer?["items"].map { Array($0.elements) } ?? []
            guard !remote.json else { return remote.show(items, []) }
            remote.show(items.compactMap { $0["event"] }, ["time", "actor", "operation", "object", "id", "outcome"])
        }
    }
}

struct SecretCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "secret", abstract: "Change the key that servers' credentials are sealed with.",
        subcommands: [NewKey.self, Rotate.self])

    struct NewKey: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put a new key first in the key file.",
            discussion: "Start the instance anew, then `gatehouse secret rotate`; the old key's line can then go.")
        @Option(help: ArgumentHelp("The data folder.", valueName: "folder")) var data: String?

        func run() throws { print(try SecretKeyFile.addKey(in: DataFolder.chosen(data))) }
    }

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Seal every secret with the present key.",
            discussion: "Of every organisation, through the instance on this machine; with a token, of the token's.")
        @OptionGroup var remote: RemoteOptions

        func run() async throws {
            let instance = try remote.instance()
            guard instance.isOperators, instance.organisation == nil else {
                return remote.show(try await instance.ask(.post, "/secrets/rotate"), ["rotated"])
            }
            var rotated = 0
            for organisation in try await instance.all("/organisations", paged: false) {
                let own = instance.acting(for: organisation["id"]?.string)
                rotated += try await own.ask(.post, "/secrets/rotate")?["rotated"]?.int ?? 0
            }
            var writer = JSONWriter()
            writer.object { $0.member("rotated", rotated) }
            remote.show(try JSON(lenient: writer.bytes), ["rotated"])
        }
    }
}
