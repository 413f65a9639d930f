import Gateway
import Upstreams

/// What a configuration file declares: checked values, nothing opened or started yet.
struct DeclaredConfiguration: Sendable, Equatable {
    var listen = ListenAddress.standard
    /// Folder of the store; relative paths of the file are relative to the file.
    var dataDirectory: String?
    /// Further names by which clients reach the endpoint.
    var hosts: [String] = []
    /// How clients reach the endpoint, where that is not its own address: scheme, host and port.
    var publicOrigin: String?
    var tls: TLSFiles?
    /// TLS ends at a proxy in front.
    var isBehindProxy = false
    var console = DeclaredConsole()
    /// How often registered servers' tools are listed again; nil: only when asked for, or when a server says so.
    var rescan: Duration? = RescanBounds.interval
    var servers: [DeclaredServer] = []
    var policies: [DeclaredPolicy] = []
    var grants: [DeclaredGrant] = []
    var identity: [DeclaredProvider] = []
    var signIn: [DeclaredSignIn] = []

    /// Whether clients' addresses of the endpoints are known, which tokens are issued for.
    var knowsEndpoints: Bool { publicOrigin != nil || (!isBehindProxy && listen.isLoopback) }

    /// Certificate chain and key, PEM files.
    struct TLSFiles: Sendable, Equatable {
        var certificate: String
        var key: String
    }
}

/// One server as declared.
struct DeclaredServer: Sendable, Equatable {
    enum Transport: Sendable, Equatable {
        case command(StdioCommand)
        case url(UpstreamAddress, headers: [StaticHeader], certificates: String?)
    }

    var slug: String
    var transport: Transport
    /// How the gateway gets itself authorised there, where the server asks for tokens.
    var oauth: OAuthSettings?
    /// The name its tokens are kept under; nil for a server of a file, whose slug it is.
    var account: String?
    var timeouts = UpstreamTimeouts()
    /// Of a server's processes, where it is a command.
    var limits = StdioLimits()
    var settings: ServerSettings

    /// Whether two declarations can be served by one running upstream.
    func reaches(sameAs other: DeclaredServer) -> Bool {
        slug == other.slug && transport == other.transport && timeouts == other.timeouts && oauth == other.oauth
            && limits == other.limits && account == other.account
    }
}

/// A policy document by name.
struct DeclaredPolicy: Sendable, Equatable {
    var name: String
    var path: String
    /// Where it is named, for diagnostics.
    var line: Int
    var column: Int
}

/// A grant as declared: its token is known by digest only.
struct DeclaredGrant: Sendable, Equatable {
    struct Pair: Sendable, Equatable {
        var server: String
        var policy: String
        var mode: Mode
    }

    var label: String
    /// Nil for one that only identity providers' tokens lead to.
    var token: TokenDigest?
    var tags: [String: String]
    var pairs: [Pair]
}
