import ArgumentParser
import WireJSON

/// The `grant` commands that act on a running instance.
enum GrantRemoteCommands {
    static let columns = ["label", "tags", "expires_at", "stopped", "revoked_at", "created_at", "id"]

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the grants of a running instance.")
        @OptionGroup var remote: RemoteOptions
        func run() async throws { remote.show(try await remote.instance().all("/grants"), columns) }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a grant: when it last called, and the servers it reaches.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The grant's label.") var grant: String

        func run() async throws {
            let instance = try remote.instance()
            let id = try await instance.grant(grant)
            let answer = try await instance.ask(.get, "/grants/\(id)")
            guard !remote.json else { return remote.show(answer, []) }
            remote.show(answer?["grant"], columns)
            remote.show(answer, ["last_used_at"])
            let servers = try await instance.ask(.get, "/grants/\(id)/servers")
            remote.show(servers?["items"].map { Array($0.elements) } ?? [], ["server", "policy", "mode"])
        }
    }

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a grant and print its token, this once.",
            discussion: "gatehouse grant create laptop --server iam=readers --tag team=platform")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The grant's label.") var label: String
        @Option(help: ArgumentHelp("A server and the policy before it.", valueName: "server=policy"))
        var server: [String] = []
        @Option(help: ArgumentHelp("A tag.", valueName: "name=value")) var tag: [String] = []
        @Option(help: ArgumentHelp("When it ends, RFC 3339 in UTC.", valueName: "time")) var expires: String?
        @Flag(help: "Only observe: calls are let through and the audit says what would have happened.")
        var observe = false

        func run() async throws {
            let instance = try remote.instance()
            var pairs: [(server: String, policy: String)] = []
            for pair in try server.map({ try GrantRemoteCommands.pair($0) }) {
                pairs.append((try await instance.server(pair.0), try await instance.policy(pair.1)))
            }
            let tags = try tag.map { try GrantRemoteCommands.pair($0) }
            let answer = try await instance.ask(.post, "/grants") { [self, pairs] json in
                json.member("label", label)
                if let expires { json.member("expires_at", expires) }
                json.key("tags")
                json.object { json in for (name, value) in tags { json.member(name, value) } }
                json.key("servers")
                json.array { json in
                    for pair in pairs {
                        json.object { json in
                            json.member("server", pair.server)
                            json.member("policy", pair.policy)
                            json.member("mode", observe ? "observe" : "enforce")
                        }
                    }
                }
            }
            remote.show(issued: answer)
        }
    }

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make a new token and print it, this once.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The grant's label.") var grant: String
        @Option(help: ArgumentHelp("How long the old token goes on.", valueName: "seconds")) var overlap = 0

        func run() async throws {
            let instance = try remote.instance()
            remote.show(
                issued: try await instance.ask(.post, "/grants/\(instance.grant(grant))/rotate") {
                    $0.member("overlap", overlap)
                })
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "End a grant for good, open streams included.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The grant's label.") var grant: String

        func run() async throws {
            let instance = try remote.instance()
            _ = try await instance.ask(.delete, "/grants/\(instance.grant(grant))")
        }
    }

    struct Attach: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let a grant reach a server under a policy.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The grant's label.") var grant: String
        @Argument(help: "The server's slug.") var server: String
        @Argument(help: "The policy's name.") var policy: String
        @Flag(help: "Only observe.") var observe = false

        func run() async throws {
            let instance = try remote.instance()
            let policy = try await instance.policy(policy)
            let answer = try await instance.ask(
                .put, "/grants/\(instance.grant(grant))/servers/\(instance.server(server))"
            ) { json in
                json.member("policy", policy)
                json.member("mode", observe ? "observe" : "enforce")
            }
            remote.show(answer, ["server", "policy", "mode"])
        }
    }

    struct Detach: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let a grant reach a server no more.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The grant's label.") var grant: String
        @Argument(help: "The server's slug.") var server: String

        func run() async throws {
            let instance = try remote.instance()
            _ = try await instance.ask(
                .delete, "/grants/\(instance.grant(grant))/servers/\(instance.server(server))")
        }
    }

    struct Stop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Emergency stop: open streams end too.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The grant's label.") var grant: String

        func run() async throws {
            let instance = try remote.instance()
            _ = try await instance.ask(.post, "/grants/\(instance.grant(grant))/stop")
        }
    }

    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let it go on after a stop.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The grant's label.") var grant: String

        func run() async throws {
            let instance = try remote.instance()
            _ = try await instance.ask(.post, "/grants/\(instance.grant(grant))/resume")
        }
    }

    static func pair(_ text: String) throws -> (String, String) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else {
            throw CommandFailure("`\(text)` is no pair – write NAME=VALUE", .checkFailed)
        }
        return (String(parts[0]), String(parts[1]))
    }
}
