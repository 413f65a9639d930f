public import GatewayStorage

/// What administration asks of the program around it.
public struct AdministrationPorts: Sendable {
    /// Puts an event into the audit chain; true once it is durable.
    public var record: @Sendable (AdministrativeEvent) async -> Bool
    /// Events of one organisation, newest first: those before a position of the chain.
    public var events: @Sendable (RecordID, _ before: Int64?, _ limit: Int) async throws(Refusal) -> [KeptEvent]
    /// When a grant of this label last called, at or after a moment, as the audit has it.
    public var lastUsed:
        @Sendable (_ organisation: RecordID, _ label: String, _ since: WallTime) async throws(Refusal) -> WallTime?
    /// Calls as the audit has them, newest first: each one object, its completion inside.
    public var calls: @Sendable (AuditFilter) async throws(Refusal) -> [KeptEvent]
    /// Puts in force what the directory now says; true when it is.
    public var changed: @Sendable () async -> Bool
    /// Asks a server for its whole list of tools, now; words for people where it cannot be had.
    public var listTools: @Sendable (_ slug: String) async -> Result<[ListedTool], ListingFailure>
    /// Reads and compiles a policy document.
    public var checkPolicy: @Sendable (_ document: String) -> PolicyVerdict
    /// What two policy documents decide differently, over these definitions of tools or, without any, the names they have;
    /// nil where one of them is none.
    public var comparePolicies: @Sendable (_ old: String, _ new: String, _ definitions: [[UInt8]]?) -> PolicyComparison?
    /// Why a server cannot be reached as said; nil where it can be tried.
    public var objection: @Sendable (_ slug: String, ServerChoices, _ secrets: [String: String]) -> Objection?
    /// What files own, and is not changed here.
    public var declared: @Sendable () -> DeclaredNames
    /// Tokens that servers gave the gateway, where it keeps them.
    public var credentials = CredentialPorts()
    /// Asks the catalogue for a server.
    public var catalogue: CatalogueLookup = { _ throws(Refusal) in nil }
    /// What configuration files declare, compared with what runs or not; nil where there is none.
    public var files: @Sendable (_ isCompared: Bool) async -> FilesReport? = { _ in nil }

    public init(
        record: @escaping @Sendable (AdministrativeEvent) async -> Bool,
        events: @escaping @Sendable (RecordID, Int64?, Int) async throws(Refusal) -> [KeptEvent],
        lastUsed: @escaping @Sendable (RecordID, String, WallTime) async throws(Refusal) -> WallTime?,
        calls: @escaping @Sendable (AuditFilter) async throws(Refusal) -> [KeptEvent],
        changed: @escaping @Sendable () async -> Bool,
        listTools: @escaping @Sendable (String) async -> Result<[ListedTool], ListingFailure>,
        checkPolicy: @escaping @Sendable (String) -> PolicyVerdict,
        comparePolicies: @escaping @Sendable (String, String, [[UInt8]]?) -> PolicyComparison?,
        objection: @escaping @Sendable (String, ServerChoices, [String: String]) -> Objection?,
        declared: @escaping @Sendable () -> DeclaredNames
    ) {
        self.record = record
        self.events = events
        self.lastUsed = lastUsed
        self.calls = calls
        self.changed = changed
        self.listTools = listTools
        self.checkPolicy = checkPolicy
        self.comparePolicies = comparePolicies
        self.objection = objection
        self.declared = declared
    }
}

/// An event as read back: its place in the chain and its JSON object.
public struct KeptEvent: Sendable, Hashable {
    public let sequence: Int64
    public let json: [UInt8]

    public init(sequence: Int64, json: [UInt8]) {
        self.sequence = sequence
        self.json = json
    }
}

/// A tool as its server lists it.
public struct ListedTool: Sendable, Hashable {
    public let name: [UInt8]
    /// Of the definition, hexadecimal.
    public let hash: String
    /// JSON as the server sent it.
    public let definition: [UInt8]

    public init(name: [UInt8], hash: String, definition: [UInt8]) {
        self.name = name
        self.hash = hash
        self.definition = definition
    }
}

/// Why a list of tools could not be had.
public struct ListingFailure: Error, Sendable, Hashable {
    public let words: String
    public init(_ words: String) { self.words = words }
}

/// What is wrong with a member of a request.
public struct Objection: Sendable, Hashable {
    public let field: String
    public let reason: String

    public init(field: String, reason: String) {
        self.field = field
        self.reason = reason
    }
}

/// What compiling a policy found.
public struct PolicyVerdict: Sendable, Hashable {
    public var errors: [PolicyProblem]
    public var warnings: [PolicyProblem]

    public init(errors: [PolicyProblem], warnings: [PolicyProblem]) {
        self.errors = errors
        self.warnings = warnings
    }
}

/// A mistake in a policy, and where.
public struct PolicyProblem: Sendable, Hashable, CustomStringConvertible {
    public let line: Int
    public let column: Int
    /// JSON Pointer into the document.
    public let pointer: String
    public let message: String

    public init(line: Int, column: Int, pointer: String, message: String) {
        self.line = line
        self.column = column
        self.pointer = pointer
        self.message = message
    }

    public var description: String { "\(line):\(column): \(message)" }
}

/// Names that configuration files own.
public struct DeclaredNames: Sendable, Hashable {
    public var servers: Set<String>
    public var policies: Set<String>
    public var grants: Set<String>

    public init(servers: Set<String> = [], policies: Set<String> = [], grants: Set<String> = []) {
        self.servers = servers
        self.policies = policies
        self.grants = grants
    }
}
