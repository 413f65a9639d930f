public import GatewayStorage
public import WireJSON

/// A thing of the directory as a value, and as the row that keeps it.
public protocol DirectoryRecord: Sendable, Equatable {
    static var kind: DirectoryKind { get }
    var organisation: RecordID { get }
    var id: RecordID { get }
    /// Unique in the organisation, where there is one.
    var name: [UInt8]? { get }
    /// Unique everywhere, where there is one.
    var handle: [UInt8]? { get }
    var parents: [DirectoryKind: RecordID] { get }
    /// Writes the members that people may see: those of the interface, of events and of pages.
    func write(to writer: inout JSONWriter)
    /// Writes the members that nobody sees.
    func writeHidden(to writer: inout JSONWriter)
    /// Reads what was written; nil where it is not that.
    init?(_ row: DirectoryRow, _ shown: JSON, hidden: JSON)
}

extension DirectoryRecord {
    public var name: [UInt8]? { nil }
    public var handle: [UInt8]? { nil }
    public var parents: [DirectoryKind: RecordID] { [:] }
    public func writeHidden(to writer: inout JSONWriter) {}

    /// The row that keeps it.
    public var row: DirectoryRow {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("shown")
            writer.object { write(to: &$0) }
            writer.key("hidden")
            writer.object { writeHidden(to: &$0) }
        }
        return DirectoryRow(
            kind: Self.kind, organisation: organisation, id: id, name: name, handle: handle, parents: parents,
            body: writer.bytes)
    }

    /// Reads the row of one.
    init(row: DirectoryRow) throws(Refusal) {
        guard row.kind == Self.kind, let body = try? JSON(row.body), let shown = body["shown"],
            let hidden = body["hidden"], let record = Self(row, shown, hidden: hidden)
        else { throw .unreadableRecord }
        self = record
    }

    /// What people may see of it: one JSON object with its id.
    public func describe(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", id.text)
            write(to: &writer)
        }
    }
}

extension JSON {
    func text(_ key: String) -> String? { self[key]?.string }
    func time(_ key: String) -> WallTime? { text(key).flatMap { Timestamp.time($0) } }
    func id(_ key: String) -> RecordID? { text(key).flatMap { RecordID($0) } }
    func texts(_ key: String) -> [String]? { self[key]?.elements.compactMap(\.string) }

    /// An object of texts.
    func table(_ key: String) -> [String: String] {
        var table: [String: String] = [:]
        for (key, value) in self[key]?.members.map({ ($0.key.string, $0.value.string) }) ?? [] { table[key] = value }
        return table
    }
}

extension JSONWriter {
    mutating func member(_ key: String, _ time: WallTime) { member(key, Timestamp.text(time)) }
    mutating func member(_ key: String, optional time: WallTime?) { if let time { member(key, time) } }
    mutating func member(_ key: String, optional text: String?) { if let text { member(key, text) } }
    mutating func member(_ key: String, optional id: RecordID?) { if let id { member(key, id.text) } }
    mutating func member(_ key: String, optional number: Int?) { if let number { member(key, number) } }

    mutating func member(_ key: String, _ texts: [String]) {
        self.key(key)
        array { writer in for text in texts { writer.string(text) } }
    }

    mutating func member(_ key: String, _ table: [String: String]) {
        self.key(key)
        object { writer in
            for (key, value) in table.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
                writer.member(key, value)
            }
        }
    }
}
