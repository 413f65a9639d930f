/// What configuration files own here, and where what they say is not what runs.
///
/// Values of files are not in it: a variable's content may stand in any of them.
public struct FilesReport: Sendable, Hashable {
    public struct Server: Sendable, Hashable {
        public let slug: String
        public let isCommand: Bool

        public init(slug: String, isCommand: Bool) {
            self.slug = slug
            self.isCommand = isCommand
        }
    }

    public struct Grant: Sendable, Hashable {
        public let label: String
        /// Server → policy.
        public let servers: [String: String]

        public init(label: String, servers: [String: String]) {
            self.label = label
            self.servers = servers
        }
    }

    /// One place where the files and what runs differ.
    public struct Drift: Sendable, Hashable {
        public enum Kind: String, Sendable, CaseIterable {
            /// The files have a mistake: what ran before goes on.
            case refused
            /// The files say so, and it is not in force.
            case pending
            /// It takes effect at the next start.
            case restart
            /// Registered, but a file owns its name: it is not in force.
            case shadowed
            /// Registered beside the files.
            case undeclared
        }

        public enum Object: String, Sendable, CaseIterable {
            case configuration, setting, server, policy, grant
        }

        public let kind: Kind
        public let object: Object
        public let name: String
        /// In words for people.
        public let detail: String

        public init(_ kind: Kind, _ object: Object, _ name: String, _ detail: String) {
            self.kind = kind
            self.object = object
            self.name = name
            self.detail = detail
        }
    }

    public var servers: [Server]
    public var policies: [String]
    public var grants: [Grant]
    public var drift: [Drift]

    public init(servers: [Server] = [], policies: [String] = [], grants: [Grant] = [], drift: [Drift] = []) {
        self.servers = servers
        self.policies = policies
        self.grants = grants
        self.drift = drift
    }
}
