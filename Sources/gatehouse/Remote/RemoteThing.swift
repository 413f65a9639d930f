import ArgumentParser
import WireJSON

/// What things of a running instance are called: where they are listed, and by which member people name them.
struct RemoteKind: Sendable {
    let word: String
    let path: String
    let key: String

    static let server = RemoteKind(word: "server", path: "/servers", key: "slug")
    static let policy = RemoteKind(word: "policy", path: "/policies", key: "name")
    static let grant = RemoteKind(word: "grant", path: "/grants", key: "label")
    static let member = RemoteKind(word: "member", path: "/members", key: "email")
    static let token = RemoteKind(word: "token", path: "/tokens", key: "label")
}

/// The one thing of a running instance that a command is about, as it is named on the command line.
protocol RemoteThing: ParsableArguments {
    static var kind: RemoteKind { get }
    var remote: RemoteOptions { get }
    var name: String { get }
}

extension RemoteThing {
    /// Asks for something to be done to the thing, or to what lies below it.
    ///
    /// - Parameter below: `/stop`, `/draft`; nothing for the thing itself.
    @discardableResult
    func act(
        _ method: RemoteInstance.Method, _ below: String = "", _ write: ((inout JSONWriter) -> Void)? = nil
    ) async throws -> JSON? {
        let instance = try remote.instance()
        let path = try await instance.path(of: name, Self.kind) + below
        return if let write { try await instance.ask(method, path, write) } else {
            try await instance.ask(method, path)
        }
    }

    /// Every item of a listing that lies below the thing.
    func all(_ below: String) async throws -> [JSON] {
        let instance = try remote.instance()
        return try await instance.all(instance.path(of: name, Self.kind) + below)
    }
}

struct ServerOptions: RemoteThing {
    static let kind = RemoteKind.server
    @OptionGroup var remote: RemoteOptions
    @Argument(help: ArgumentHelp("The server's slug.", valueName: "server")) var name: String
}

struct PolicyOptions: RemoteThing {
    static let kind = RemoteKind.policy
    @OptionGroup var remote: RemoteOptions
    @Argument(help: ArgumentHelp("The policy's name.", valueName: "policy")) var name: String
}

struct GrantOptions: RemoteThing {
    static let kind = RemoteKind.grant
    @OptionGroup var remote: RemoteOptions
    @Argument(help: ArgumentHelp("The grant's label.", valueName: "grant")) var name: String
}

struct MemberOptions: RemoteThing {
    static let kind = RemoteKind.member
    @OptionGroup var remote: RemoteOptions
    @Argument(help: ArgumentHelp("The member's email address.", valueName: "email")) var name: String
}

struct TokenOptions: RemoteThing {
    static let kind = RemoteKind.token
    @OptionGroup var remote: RemoteOptions
    @Argument(help: ArgumentHelp("The token's label.", valueName: "label")) var name: String
}
