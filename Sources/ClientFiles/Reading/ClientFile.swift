import WireJSON

/// A client's configuration file, read for the servers it names.
///
/// One server that cannot be read costs no other; a file that two readers could understand differently (a key twice) is
/// not read at all. Values are ``Concealed``; problems quote keys only.
public struct ClientFile: Sendable {
    public enum Form: Sendable, Hashable {
        /// JSON, comments and commas after the last entry let through.
        case json
        case toml

        /// By the file's name.
        public init(path: String) { self = path.lowercased().hasSuffix(".toml") ? .toml : .json }
    }

    public let servers: [ConfiguredServer]
    public let problems: [ClientFileProblem]
    /// The file has a place where servers are named, though perhaps none there.
    public let namesServers: Bool

    /// - Parameter client: Whose file it is; nil to look wherever any client looks.
    public init(_ bytes: [UInt8], form: Form, client: MCPClient? = nil) {
        let sections = client?.sections ?? ServerSection.allCases
        do throws(ClientFileProblem) {
            let document = try Self.document(bytes, form)
            var reading = ClientFileReading(document: document)
            for section in sections { reading.read(section) }
            servers = reading.servers
            problems = reading.problems
            namesServers = reading.namesServers
        } catch {
            servers = []
            problems = [error]
            namesServers = false
        }
    }

    private static func document(_ bytes: [UInt8], _ form: Form) throws(ClientFileProblem) -> ClientDocument {
        guard bytes.count <= ClientFileBounds.fileBytes else {
            throw ClientFileProblem(line: 1, column: 1, "the file is larger than 32 MiB", isWhole: true)
        }
        if bytes.allSatisfy({ $0 <= 0x20 }) { return ClientDocument(empty: bytes) }
        switch form {
        case .json: return ClientDocument(try CommentedJSON(bytes))
        case .toml: return ClientDocument(try TOMLDocument(bytes))
        }
    }
}

/// A file as JSON values, with the place that each key has in the file.
struct ClientDocument {
    let json: JSON?
    let note: ClientFileProblem?
    private var lines: TextPlaces
    /// Where tables and keys of a TOML file stand, by their path.
    private let places: [[[UInt8]]: Int]?

    init(_ document: CommentedJSON) {
        json = document.json
        lines = document.lines
        places = nil
        note =
            document.hasByteOrderMark
            ? ClientFileProblem(
                line: 1, column: 1, "the file begins with a byte order mark; not every client reads that", isNote: true)
            : nil
    }

    init(_ document: TOMLDocument) {
        json = document.json
        lines = document.lines
        places = document.places
        note = nil
    }

    init(empty bytes: [UInt8]) {
        json = nil
        lines = TextPlaces(bytes)
        places = nil
        note = nil
    }

    /// - Parameter range: Where the value lies in `json`.
    mutating func place(of range: Range<Int>, _ path: [[UInt8]]) -> (line: Int, column: Int) {
        guard let places else { return lines.place(of: range.lowerBound) }
        for count in stride(from: path.count, through: 1, by: -1) {
            if let offset = places[Array(path.prefix(count))] { return lines.place(of: offset) }
        }
        return (1, 1)
    }
}
