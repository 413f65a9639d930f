import WireJSON

/// A client's configuration file with an entry put in or brought up to date.
public enum ClientFileEdit {
    /// The file as it is to be written. What is not the entry stays byte for byte.
    ///
    /// - Parameter file: The file as it is; nil where there is none.
    /// - Throws: Where the file cannot be read whole, or has something else where the entry belongs: then nothing is to be
    ///   written.
    public static func putting(
        _ entry: GatewayEntry, of client: MCPClient, into file: [UInt8]?
    ) throws(ClientFileProblem) -> [UInt8] {
        let file = file ?? []
        guard file.count <= ClientFileBounds.fileBytes else {
            throw ClientFileProblem(line: 1, column: 1, "the file is larger than 32 MiB", isWhole: true)
        }
        let edited: [UInt8]
        if client == .codex {
            edited = try TOMLInsertion.putting(entry, into: file)
        } else {
            edited = try json(entry, of: client, into: file.allSatisfy { $0 <= 0x20 } ? Array("{}\n".utf8) : file)
        }
        try check(edited, holds: entry, client, unlike: file)
        return edited
    }

    /// What stands under a name in the place where an entry is put; nil where nothing does.
    public static func entry(named name: String, of client: MCPClient, in file: [UInt8]) -> ConfiguredServer? {
        let form: ClientFile.Form = client == .codex ? .toml : .json
        return ClientFile(file, form: form, client: client).servers.first {
            $0.project == nil && $0.name.utf8.elementsEqual(name.utf8)
        }
    }

    private static func json(
        _ entry: GatewayEntry, of client: MCPClient, into file: [UInt8]
    ) throws(ClientFileProblem) -> [UInt8] {
        let section = client.sections.first?.path ?? []
        let document = try CommentedJSON(file)
        guard document.json.kind == .object else {
            throw document.lines.problem(at: 0, "the file holds no object", isWhole: true)
        }
        guard let value = try? JSON(entry.json(for: client)),
            let edited = JSONInsertion(document).setting(value, at: section + [entry.name])
        else {
            let range = document.json[section[0]]?.range ?? 0..<0
            throw document.lines.problem(at: range.lowerBound, "`\(section.joined(separator: "."))` is no object")
        }
        guard let input = entry.input(for: client), let question = try? JSON(input) else { return edited }
        let asked = try CommentedJSON(edited)
        let isAsked = asked.json["inputs"]?.elements.contains { $0["id"]?.hasText(GatewayEntry.inputID) ?? false }
        if isAsked ?? false { return edited }
        guard let whole = JSONInsertion(asked).appending(question, to: "inputs") else {
            throw document.lines.problem(at: document.json["inputs"]?.range.lowerBound ?? 0, "`inputs` is no list")
        }
        return whole
    }

    /// What was written is read again: the entry is there, and every server that was there before.
    private static func check(
        _ edited: [UInt8], holds entry: GatewayEntry, _ client: MCPClient, unlike file: [UInt8]
    ) throws(ClientFileProblem) {
        let form: ClientFile.Form = client == .codex ? .toml : .json
        let after = ClientFile(edited, form: form, client: client)
        if let problem = after.problems.first(where: \.isWhole) { throw problem }
        let before = ClientFile(file, form: form, client: client)
        let names = Set(after.servers.map { Array($0.name.utf8) })
        let isWhole = before.servers.allSatisfy { names.contains(Array($0.name.utf8)) }
        guard isWhole, names.contains(Array(entry.name.utf8)) else {
            throw ClientFileProblem(line: 1, column: 1, "the entry cannot be put into this file; do it by hand")
        }
    }
}
