import ArgumentParser
import WireJSON

/// The `grant` commands that act on a running instance.
enum GrantRemoteCommands {
    static let columns = ["label", "tags", "expires_at", "stopped", "revoked_at", "created_at", "declared", "id"]

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the grants of a running instance.")
        @OptionGroup var remote: RemoteOptions
        func run() async throws { remote.show(try await remote.instance().all("/grants"), columns) }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a grant: when it last called, and the servers it reaches.")
        @OptionGroup var grant: GrantOptions

        func run() async throws {
            let remote = grant.remote
            let answer = try await grant.act(.get)
            guard !remote.json else { return remote.show(answer, []) }
            remote.show(answer?["grant"], columns)
            remote.show(answer, ["last_used_at"])
            remote.show(itemsOf: try await grant.act(.get, "/servers"), ["server", "policy", "mode"])
        }
    }

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a grant and print its token, this once.",
            discussion: """
                  gatehouse grant create laptop --server iam=readers --tag team=platform

                The agent presents the token as `Authorization: Bearer …` at http://GATEWAY/mcp/iam; every call is judged by \
                the policy `readers`. `gatehouse connect` writes that into a client's configuration.
                """)
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The grant's label.") var label: String
        @Option(
            help: ArgumentHelp(
                "A server it reaches and the policy before it; may be given several times.", valueName: "server=policy")
        )
        var server: [String] = []
        @Option(help: ArgumentHelp("A tag, for policies and the audit.", valueName: "name=value")) var tag: [String] =
            []
        @Option(help: ArgumentHelp("When it ends, RFC 3339 in UTC.", valueName: "time")) var expires: String?
        @Option(
            help: ArgumentHelp(
                "The least role whose members may connect clients with it: viewer, policy_manager.", valueName: "role"))
        var connectableBy: String?
        @Flag(help: "Only observe: calls are let through and the audit says what would have happened.")
        var observe = false

        func validate() throws {
            _ = try PairOption.server.pairs(server)
            _ = try PairOption.tag.pairs(tag)
        }

        func run() async throws {
            let instance = try remote.instance()
            var pairs: [(server: String, policy: String)] = []
            for pair in try PairOption.server.pairs(server) {
                pairs.append(
                    (try await instance.id(of: pair.0, .server), try await instance.id(of: pair.1, .policy)))
            }
            let tags = try PairOption.tag.pairs(tag)
            let answer = try await instance.ask(.post, "/grants") { [self, pairs] json in
                json.member("label", label)
                if let expires { json.member("expires_at", expires) }
                if let connectableBy { json.member("connectable_by", connectableBy) }
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
        static let configuration = CommandConfiguration(
            abstract: "Give a grant a new token and print it, this once; the old one ends at once, or after --overlap.")
        @OptionGroup var grant: GrantOptions
        @Option(help: ArgumentHelp("How long the old token goes on.", valueName: "seconds")) var overlap = 0

        func run() async throws {
            grant.remote.show(issued: try await grant.act(.post, "/rotate") { $0.member("overlap", overlap) })
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "End a grant for good, open streams included.")
        @OptionGroup var grant: GrantOptions
        func run() async throws { try await grant.act(.delete) }
    }

    struct Attach: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let a grant reach a server under a policy.")
        @OptionGroup var grant: GrantOptions
        @Argument(help: "The server's slug.") var server: String
        @Argument(help: "The policy's name.") var policy: String
        @Flag(help: "Only observe: calls are let through and the audit says what would have happened.")
        var observe = false

        func run() async throws {
            let instance = try grant.remote.instance()
            let (server, policy) = try await (instance.id(of: server, .server), instance.id(of: policy, .policy))
            let answer = try await grant.act(.put, "/servers/\(server)") { json in
                json.member("policy", policy)
                json.member("mode", observe ? "observe" : "enforce")
            }
            grant.remote.show(answer, ["server", "policy", "mode"])
        }
    }

    struct Detach: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let a grant reach a server no more.")
        @OptionGroup var grant: GrantOptions
        @Argument(help: "The server's slug.") var server: String

        func run() async throws {
            let server = try await grant.remote.instance().id(of: server, .server)
            try await grant.act(.delete, "/servers/\(server)")
        }
    }

    struct Stop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Stop a grant at once: its calls are refused and its open streams end, until `resume`.")
        @OptionGroup var grant: GrantOptions
        func run() async throws { try await grant.act(.post, "/stop") }
    }

    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let a stopped grant go on.")
        @OptionGroup var grant: GrantOptions
        func run() async throws { try await grant.act(.post, "/resume") }
    }
}
