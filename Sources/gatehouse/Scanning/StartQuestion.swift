import ClientFiles
import ToolCatalogue

/// What a person is told who is to say whether servers that configurations name are started or called.
///
/// A configuration may be a stranger's, of a project that was just fetched: what it would run, and what else of it decides
/// what runs, is told before anything does. Nobody there means no.
struct StartQuestion {
    private let startable: [ScanTargets.Named]

    init(_ targets: ScanTargets) {
        startable = targets.named.filter { $0.file != nil && $0.server.isEnabled && $0.server.transport.isReachable }
    }

    /// Asks, if there is something to ask about and somebody who can answer.
    var isAnsweredYes: Bool {
        guard !startable.isEmpty, Terminal.hasPerson else { return false }
        Terminal.say(text)
        return Terminal.confirms("Start these programs, call these addresses, and list their tools?")
    }

    var text: String {
        let count = startable.count
        let heading =
            "\(count) server\(count == 1 ? " is" : "s are") configured that can be asked for \(count == 1 ? "its" : "their") tools:"
        return ([heading, ""] + startable.flatMap(Self.lines)).joined(separator: "\n")
    }

    private static func lines(_ named: ScanTargets.Named) -> [String] {
        let server = ShownServer(named.server)
        let places = ShownServer.places(of: named.server)
        var lines = ["  \(shown(named.server.name))  \(server.transport == "http" ? "calls" : "starts") \(server.text)"]
        lines.append("      \(shown(named.file ?? "", 300)):\(named.server.line)")
        if !server.headerNames.isEmpty { lines.append("      sends \(list(server.headerNames))") }
        if !server.environmentNames.isEmpty { lines.append("      sets \(list(server.environmentNames))") }
        if !server.takenNames.isEmpty { lines.append("      is given \(list(server.takenNames)) of your environment") }
        if let program = places.program {
            lines.append("    ! the program is \(shown(program, 300)), whatever its name")
        }
        if let folder = places.folder { lines.append("    ! it runs in \(shown(folder, 300))") }
        if server.isInterpreter { lines.append("    ! it runs whatever its arguments say, which stand in the file") }
        if !server.alteringNames.isEmpty {
            let one = server.alteringNames.count == 1
            lines.append(
                "    ! \(list(server.alteringNames)) change\(one ? "s" : "") what runs, whatever the command says")
        }
        return lines + [""]
    }

    /// Names of one server that are told at most.
    private static let names = 12

    private static func list(_ names: [String]) -> String {
        let left = names.count - Self.names
        return names.prefix(Self.names).map { shown($0) }.joined(separator: ", ")
            + (left > 0 ? " and \(left) more" : "")
    }

    private static func shown(_ text: String, _ limit: Int = 100) -> String { ShownText.of(text.utf8, limit: limit) }
}

extension ConfiguredServer.Transport {
    fileprivate var isReachable: Bool {
        if case .unreachable = self { false } else { true }
    }
}
