import ArgumentParser
import PolicyTools
import WireJSON

struct PolicyDiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Tell what a change of a policy lets through, and what it stops.",
        discussion: """
            Compares what two policies decide, not how they are written: tools gained, lost, hidden, closed, capped or held, \
            and rules loosened or tightened.

                $ gatehouse policy diff old.yaml new.yaml --tools tools.json
                tighter  get_user     capped: 100 in 1 minute for each grant, counted as `get_user_rate` [/tools/get_user/rate_limit]
                looser   create_user  released: no person is asked any more for every call [/tools/create_user/action]
                1 looser, 1 tighter, 0 other over 12 tools

            With --policy, two states of a policy of a running instance are compared, for the tools of its server if \
            --server names one: --from and --to are a version's number, `published` or `draft`.

                $ gatehouse policy diff --policy readers --from 3 --server iam

            With --fail-on-looser, exit code 1 when more calls may pass than before: for a pipeline that wants a person to \
            look at those.
            """)

    @Argument(help: ArgumentHelp("The policy as it is.", valueName: "old"))
    var old: String?

    @Argument(help: ArgumentHelp("The policy as it is to be.", valueName: "new"))
    var new: String?

    @Option(help: ArgumentHelp("Instead of files: a policy of a running instance.", valueName: "name"))
    var policy: String?
    @Option(help: ArgumentHelp("The state it is compared from (default: published).", valueName: "state"))
    var from: String?
    @Option(help: ArgumentHelp("The state it is compared to (default: draft).", valueName: "state"))
    var to: String?

    @OptionGroup var source: ToolSourceOptions
    @OptionGroup var remote: RemoteOptions

    @Flag(help: "Exit code 1 when a call may pass that did not.") var failOnLooser = false

    func validate() throws {
        if policy != nil {
            guard old == nil, source.tools == nil, source.config == nil else {
                throw ValidationError("--policy goes with --from, --to and --server, not with files")
            }
        } else {
            guard old != nil, new != nil else { throw ValidationError("name two files, or --policy") }
            guard from == nil, to == nil else { throw ValidationError("--from and --to go with --policy") }
        }
        for (name, state) in [("from", from), ("to", to)] {
            guard let state, !["published", "draft"].contains(state), Int(state) == nil else { continue }
            throw ValidationError("--\(name) is a version's number, `published` or `draft`")
        }
    }

    func run() async throws {
        let isLooser: Bool
        if let policy {
            isLooser = try await compare(policy, in: try remote.instance())
        } else {
            let diff = PolicyDiff(
                from: try PolicyDocuments.load(old ?? ""), to: try PolicyDocuments.load(new ?? ""),
                over: try await source.definitions())
            print(remote.json ? DiffReport.json(diff) : DiffReport.text(diff), terminator: "")
            isLooser = diff.isLooser
        }
        if failOnLooser, isLooser { throw ExitCode(CommandFailure.Code.checkFailed.rawValue) }
    }

    /// Prints what two states in a running instance decide differently; whether the new one is looser.
    private func compare(_ policy: String, in instance: RemoteInstance) async throws -> Bool {
        var query: [String] = []
        for (name, state) in [("from", from), ("to", to)] {
            guard let state else { continue }
            query.append("\(name)=\(state)")
        }
        if let server = source.server { query.append("server=\(try await instance.id(of: server, .server))") }
        let path = "\(try await instance.path(of: policy, .policy))/diff"
        let answer = try await instance.ask(.get, query.isEmpty ? path : "\(path)?\(query.joined(separator: "&"))")
        if remote.json {
            remote.show(answer, [])
        } else {
            let differences = answer?["differences"].map { Array($0.elements) } ?? []
            let text = DiffReport.text(differences.compactMap { PolicyDifference($0) }, tools: answer?["tools"]?.int)
            print(text, terminator: "")
        }
        return answer?["looser"]?.bool ?? true
    }
}

extension PolicyDifference {
    /// As the interface tells it, its words made fit for a terminal.
    fileprivate init?(_ json: JSON) {
        guard let subject = json["subject"], let detail = json["detail"],
            let kind = json["kind"]?.string.flatMap({ Kind(rawValue: $0) }),
            let direction = json["direction"]?.string.flatMap({ Direction(rawValue: $0) })
        else { return nil }
        self.init(
            subject: RemoteTable.text(subject), kind: kind, direction: direction, detail: RemoteTable.text(detail),
            oldPointer: json["old"]?.string, newPointer: json["new"]?.string)
    }
}
