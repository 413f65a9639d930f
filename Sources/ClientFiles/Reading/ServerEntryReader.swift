import WireJSON

/// What stands under one server's name, in whichever client's words.
struct ServerEntryReader {
    /// What is wrong in an entry: no value of it is quoted.
    struct Mistake {
        let range: Range<Int>
        let path: [[UInt8]]
        let message: String
    }

    let entry: JSON
    private(set) var mistakes: [Mistake] = []

    init(entry: JSON) { self.entry = entry }

    mutating func server(named name: String, project: String?, line: Int, column: Int) -> ConfiguredServer {
        let transport = transport()
        let nested = entry["command"].flatMap { $0.kind == .object ? $0 : nil }
        var environment = entries(of: nested?["env"] ?? entry["env"], "env")
        environment += names(of: "env_vars").map { .init(name: $0, value: .variable($0)) }
        var headers = entries(of: entry["headers"], "headers") + entries(of: entry["http_headers"], "http_headers")
        for header in entries(of: entry["env_http_headers"], "env_http_headers") {
            guard case .text(let variable) = header.value else { continue }
            headers.append(.init(name: header.name, value: .variable(variable.revealed)))
        }
        if let variable = text("bearer_token_env_var") {
            headers.append(.init(name: "Authorization", value: .bearer(variable: variable)))
        }
        let isEnabled = !(entry["disabled"]?.bool ?? false) && (entry["enabled"]?.bool ?? true)
        return ConfiguredServer(
            name: name, transport: mistakes.isEmpty ? transport : .unreachable("its entry cannot be read"),
            environment: environment, headers: headers, workingDirectory: text("cwd").map { Concealed($0) },
            isEnabled: isEnabled, project: project, line: line, column: column)
    }

    private mutating func transport() -> ConfiguredServer.Transport {
        guard entry.kind == .object else {
            note(entry.range, [], "the entry is no object")
            return .unreachable("its entry cannot be read")
        }
        for key in ["url", "serverUrl", "httpUrl"] where entry[key] != nil && entry["command"] == nil {
            return text(key).map { .url(Concealed($0)) } ?? .unreachable("its entry cannot be read")
        }
        guard let command = entry["command"] else {
            let isExtension = entry["source"]?.hasText("extension") ?? false || entry["settings"] != nil
            if isExtension { return .unreachable("an extension of the editor starts it") }
            note(entry.range, [], "the entry has neither `command` nor `url`")
            return .unreachable("its entry cannot be read")
        }
        switch command.kind {
        case .string:
            let words = texts(of: entry["args"], "args")
            return .command(program: Concealed(command.string ?? ""), arguments: words)
        case .object:
            guard let path = command["path"]?.string else {
                note(command.range, ["command"], "`command.path` is no text")
                return .unreachable("its entry cannot be read")
            }
            return .command(program: Concealed(path), arguments: texts(of: command["args"], "args"))
        case .array:
            let words = texts(of: command, "command") + texts(of: entry["args"], "args")
            guard let program = words.first else {
                note(command.range, ["command"], "`command` is empty")
                return .unreachable("its entry cannot be read")
            }
            return .command(program: program, arguments: Array(words.dropFirst()))
        case .number, .bool, .null:
            note(command.range, ["command"], "`command` is no text")
            return .unreachable("its entry cannot be read")
        }
    }

    private mutating func text(_ key: String) -> String? {
        guard let value = entry[key], !value.isNull else { return nil }
        guard let text = value.string, text.utf8.count <= ClientFileBounds.entryBytes else {
            note(value.range, [key], "`\(key)` is no text, or longer than is read")
            return nil
        }
        return text
    }

    private mutating func texts(of list: JSON?, _ key: String) -> [Concealed] {
        guard let list, !list.isNull else { return [] }
        let texts = list.elements.prefix(ClientFileBounds.entries).compactMap(\.string)
        guard list.kind == .array, texts.count == list.count,
            texts.allSatisfy({ $0.utf8.count <= ClientFileBounds.entryBytes })
        else {
            note(list.range, [key], "`\(key)` is no list of texts, or longer than is read")
            return []
        }
        return texts.map { Concealed($0) }
    }

    private mutating func names(of key: String) -> [String] { texts(of: entry[key], key).map(\.revealed) }

    /// Values may be numbers or truths, which clients turn to text; null leaves a variable out.
    private mutating func entries(of object: JSON?, _ key: String) -> [ConfiguredServer.Entry] {
        guard let object, !object.isNull else { return [] }
        guard object.kind == .object, object.count <= ClientFileBounds.entries else {
            note(object.range, [key], "`\(key)` is no object with a text under each name, or larger than is read")
            return []
        }
        var entries: [ConfiguredServer.Entry] = []
        for (name, value) in object.members {
            switch value.kind {
            case .null: continue
            case .string, .number, .bool:
                let text = value.string ?? String(decoding: value.bytes, as: UTF8.self)
                guard text.utf8.count <= ClientFileBounds.entryBytes else { fallthrough }
                entries.append(.init(name: name.string, value: .text(Concealed(text))))
            case .object, .array: note(value.range, [key], "a value of `\(key)` is no text, or longer than is read")
            }
        }
        return entries
    }

    private mutating func note(_ range: Range<Int>, _ path: [String], _ message: String) {
        mistakes.append(Mistake(range: range, path: path.map { Array($0.utf8) }, message: message))
    }
}
