import WireJSON

/// One file's sections, gone through one after another.
struct ClientFileReading {
    private var document: ClientDocument
    private(set) var servers: [ConfiguredServer] = []
    private(set) var problems: [ClientFileProblem] = []
    private(set) var namesServers = false

    init(document: ClientDocument) {
        self.document = document
        if let note = document.note { problems.append(note) }
    }

    mutating func read(_ section: ServerSection) {
        guard let root = document.json else { return }
        guard root.kind == .object else {
            if problems.isEmpty { tell(root.range, [], "the file holds no object") }
            return
        }
        guard section == .projects else { return read(section.path, of: root, at: [], project: nil) }
        guard let projects = root["projects"], projects.kind == .object else { return }
        for (key, project) in projects.members.prefix(ClientFileBounds.projects) where project.kind == .object {
            read(section.path, of: project, at: [Array("projects".utf8), key.utf8], project: key.string)
        }
        if projects.count > ClientFileBounds.projects {
            tell(projects.range, [Array("projects".utf8)], "there are more projects than are read")
        }
    }

    private mutating func read(_ keys: [String], of parent: JSON, at path: [[UInt8]], project: String?) {
        var (value, path) = (parent, path)
        for key in keys {
            // Another program's setting of the same name is nobody's mistake.
            guard value.kind == .object, let next = value[key] else { return }
            value = next
            path.append(Array(key.utf8))
        }
        guard value.kind == .object else {
            return tell(
                value.range, path, "`\(keys.joined(separator: "."))` is no object with a server under each name")
        }
        namesServers = true
        for (key, entry) in value.members {
            guard servers.count < ClientFileBounds.servers else {
                return tell(key.range, path + [key.utf8], "there are more servers than are read")
            }
            read(entry, under: key, at: path + [key.utf8], project: project)
        }
    }

    private mutating func read(_ entry: JSON, under key: JSONKey, at path: [[UInt8]], project: String?) {
        let name = key.utf8
        guard name.count <= ClientFileBounds.nameBytes else {
            return tell(key.range, path, "a server's name is longer than is read")
        }
        let place = document.place(of: key.range, path)
        var reader = ServerEntryReader(entry: entry)
        let server = reader.server(named: key.string, project: project, line: place.line, column: place.column)
        for mistake in reader.mistakes {
            tell(mistake.range, path + mistake.path, "`\(key.string.prefix(60))`: \(mistake.message)")
        }
        servers.append(server)
    }

    private mutating func tell(_ range: Range<Int>, _ path: [[UInt8]], _ message: String) {
        guard problems.count < ClientFileBounds.problems else { return }
        let place = document.place(of: range, path)
        problems.append(ClientFileProblem(line: place.line, column: place.column, message))
    }
}
