public import GatewayStorage
import WireJSON

/// What people do: accounts, servers, policies, grants. Every rule about who may do it is here; console, interface and
/// commands all go through it.
///
/// Each operation is a function that ends in a value or throws a ``Refusal`` and has then changed nothing. Each change is
/// recorded in the audit chain before it is made: where that cannot be done, it is not made.
public struct Administration: Sendable {
    public let directory: Directory
    let passwords: PasswordDesk
    let keyring: Keyring
    let ports: AdministrationPorts
    let clock: WallClock
    let firstLink = FirstLink()
    let tickets = SignInTickets()

    public init(
        directory: Directory, passwords: PasswordDesk, keyring: Keyring, ports: AdministrationPorts,
        clock: @escaping WallClock
    ) {
        self.directory = directory
        self.passwords = passwords
        self.keyring = keyring
        self.ports = ports
        self.clock = clock
    }

    /// One change: what is recorded of it and what is done to the directory.
    struct Change {
        var operation: Operation
        /// What the events call it, where that is not the operation.
        var eventName: String?
        var object: DirectoryKind
        var id: RecordID
        var before: [UInt8]?
        var after: [UInt8]?
        var steps: [DirectoryChange] = []
        /// Other records that the steps remove, which the event names.
        var along: [RecordID] = []
        /// Whether what is in force has to be made anew.
        var isEffective = true

        init(_ operation: Operation, _ object: DirectoryKind, _ id: RecordID) {
            self.operation = operation
            self.object = object
            self.id = id
        }

        /// A new record.
        static func inserting(_ record: some DirectoryRecord, by operation: Operation) -> Change {
            var change = Change(operation, type(of: record).kind, record.id)
            change.after = record.description
            change.steps = [.insert(record.row)]
            return change
        }

        static func replacing<Record: DirectoryRecord>(
            _ old: Record, with new: Record, by operation: Operation
        ) -> Change {
            var change = Change(operation, Record.kind, old.id)
            change.before = old.description
            change.after = new.description
            change.steps = [.replace(old.row, with: new.row)]
            return change
        }

        static func removing(_ record: some DirectoryRecord, by operation: Operation) -> Change {
            var change = Change(operation, type(of: record).kind, record.id)
            change.before = record.description
            change.steps = [.remove(record.row)]
            return change
        }
    }

    /// Records and makes a change on somebody's behalf.
    func make(_ change: Change, by actor: Actor) async throws(Refusal) {
        try actor.require(change.operation)
        try await make(change, of: actor.organisation, by: actor.description)
    }

    /// The same for somebody who has no account yet.
    func make(_ change: Change, of organisation: RecordID, by actor: String) async throws(Refusal) {
        var event = AdministrativeEvent(
            time: clock(), organisation: organisation, actor: actor,
            operation: change.eventName ?? change.operation.rawValue,
            object: change.object, id: change.id, before: change.before, after: change.after)
        event.along = change.along
        guard await ports.record(event) else {
            throw .unavailable("the act cannot be recorded in the audit, so it is not done")
        }
        let verdict: DirectoryVerdict
        do throws(Refusal) { verdict = try await directory.apply(change.steps) } catch {
            event.isDone = false
            _ = await ports.record(event)
            throw error
        }
        if case .refused(let conflict) = verdict {
            event.isDone = false
            _ = await ports.record(event)
            throw Refusal(conflict, of: change)
        }
        guard change.isEffective else { return }
        guard await ports.changed() else {
            throw .unavailable("it is kept, but is not in force – the log of the gateway says why")
        }
    }

    /// Refuses one record too many.
    func checkRoom<Record: DirectoryRecord>(for type: Record.Type, in organisation: RecordID) async throws(Refusal) {
        try checkRoom(try await directory.all(type, of: organisation).count)
    }

    func checkRoom(_ count: Int) throws(Refusal) {
        guard count < AdministrationBounds.recordsPerKind else { throw .conflict("there are too many of this kind") }
    }

    /// One page of a listing.
    public struct Page<Item: Sendable>: Sendable {
        public var items: [Item]
        /// Where the next page begins; nil at the end.
        public var next: String?

        public init(items: [Item], next: String?) {
            self.items = items
            self.next = next
        }
    }

    /// One page of an organisation's records, as far as the actor may see them.
    public func list<Record: DirectoryRecord>(
        _ type: Record.Type, as operation: Operation, by actor: Actor, parents: [DirectoryKind: RecordID] = [:],
        after: RecordID?, limit: Int
    ) async throws(Refusal) -> Page<Record> {
        try actor.require(operation)
        let limit = max(1, min(limit, AdministrationBounds.page))
        var items = try await directory.list(
            type, of: actor.organisation, parents: parents, after: after, limit: limit + 1)
        let hasMore = items.count > limit
        if hasMore { items.removeLast() }
        return Page(items: items, next: hasMore ? items.last?.id.text : nil)
    }

    /// One record, as far as the actor may see it.
    public func show<Record: DirectoryRecord>(
        _ type: Record.Type, _ id: RecordID, as operation: Operation, by actor: Actor
    ) async throws(Refusal) -> Record {
        try actor.require(operation)
        return try await directory.fetch(type, id, of: actor.organisation)
    }
}

extension DirectoryRecord {
    /// What people may see of it.
    var description: [UInt8] {
        var writer = JSONWriter()
        describe(to: &writer)
        return writer.bytes
    }
}

extension Refusal {
    /// What a store's refusal means to people.
    init(_ conflict: DirectoryConflict, of change: Administration.Change) {
        switch conflict.reason {
        case .nameTaken, .handleTaken, .idTaken:
            self = .conflict("there is another \(change.object.words) of this name")
        case .parentMissing(let kind): self = .unknown(kind.words)
        case .inUse(let kind): self = .conflict("it is still in use by \(kind.article) \(kind.words)")
        case .changed: self = .conflict("it was changed meanwhile – look again")
        }
    }
}

extension DirectoryKind {
    fileprivate var article: String {
        switch self {
        case .attachment, .identity, .invitation, .organisation: "an"
        default: "a"
        }
    }
}
