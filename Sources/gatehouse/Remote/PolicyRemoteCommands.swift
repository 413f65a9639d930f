import ArgumentParser
import Foundation
import WireJSON

/// The `policy` commands that act on a running instance; the others work on files.
enum PolicyRemoteCommands {
    static let columns = ["name", "published", "newest", "id"]

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the policies of a running instance.")
        @OptionGroup var remote: RemoteOptions
        func run() async throws { remote.show(try await remote.instance().all("/policies"), columns) }
    }

    struct Publish: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put a file in force as the next version of a policy, which is made if there is none.")
        @OptionGroup var remote: RemoteOptions
        @Argument(help: "The policy's name.") var policy: String
        @Argument(help: "The document; without it the draft is published.") var file: String?

        func run() async throws {
            let instance = try remote.instance()
            let text = try file.map { try PolicyRemoteCommands.document($0) }
            let known = try await instance.all("/policies").first { $0["name"]?.hasText(policy) ?? false }
            var id = known?["id"]?.string
            if id == nil, text != nil {
                id = try await instance.ask(.post, "/policies") { $0.member("name", policy) }?["id"]?.string
            }
            guard let id else { throw CommandFailure("there is no policy `\(policy)`", .checkFailed) }
            let answer = try await instance.ask(.post, "/policies/\(id)/publish") { json in
                if let text { json.member("document", text) }
            }
            remote.show(answer, ["number", "published_by", "created_at"])
        }
    }

    struct Draft: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a file the draft of a policy; `publish` puts it in force.")
        @OptionGroup var policy: PolicyOptions
        @Argument(help: "The document.") var file: String

        func run() async throws {
            let text = try PolicyRemoteCommands.document(file)
            let answer = try await policy.act(.put, "/draft") { $0.member("document", text) }
            guard !policy.remote.json else { return policy.remote.show(answer, []) }
            for problem in answer?["verdict"]?["errors"].map({ Array($0.elements) }) ?? [] {
                print("\(file):\(problem["line"]?.int ?? 1): \(RemoteTable.text(problem["message"] ?? problem))")
            }
        }
    }

    struct Versions: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the versions of a policy.")
        @OptionGroup var policy: PolicyOptions

        func run() async throws {
            policy.remote.show(try await policy.all("/versions"), ["number", "created_at", "published_by"])
        }
    }

    struct RollBack: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rollback", abstract: "Put an earlier version in force again, as the next version.")
        @OptionGroup var policy: PolicyOptions
        @Argument(help: "The version's number.") var version: Int

        func run() async throws {
            let answer = try await policy.act(.post, "/rollback") { $0.member("version", version) }
            policy.remote.show(answer, ["number", "published_by", "created_at"])
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Remove a policy that no grant uses.")
        @OptionGroup var policy: PolicyOptions
        func run() async throws { try await policy.act(.delete) }
    }

    private static func document(_ file: String) throws -> String {
        guard let text = String(validating: try PolicyDocuments.bytes(file), as: UTF8.self) else {
            throw CommandFailure("the policy file `\(file)` is not UTF-8", .checkFailed)
        }
        return text
    }
}
