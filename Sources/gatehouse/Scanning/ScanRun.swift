import ClientFiles
import Foundation
import NIOCore
import NIOPosix
import ToolCatalogue
import ToolInventory
import WireJSON

/// A scan: its targets asked where that is allowed, looked up where it is not, and everything judged.
struct ScanRun {
    let targets: ScanTargets
    let catalogue: Catalogue
    /// Whether servers that configurations name may be asked, which starts their processes.
    let mayStart: Bool
    /// Whether configurations may name addresses of this machine and of private networks.
    let allowsLocal: Bool
    let environment: [String: String]

    struct Result {
        let inventory: Inventory
        /// The definitions that servers listed, a line each, in the shape of a definitions file.
        let definitions: [[UInt8]]
    }

    func run(made: String) async throws -> Result {
        let answers = try await ask()
        var listings: [ToolJudge.Listing] = []
        var listingOfNamed: [Int: Int] = [:]
        for (index, named) in targets.named.enumerated() {
            guard case .listed(let listing)? = answers[index] else { continue }
            listingOfNamed[index] = listings.count
            listings.append(
                ToolJudge.Listing(
                    server: named.server.name, definitions: listing.definitions,
                    agents: named.file.map { named.client?.rawValue ?? $0 }, secrets: named.server.concealed))
        }
        let firstHeld = listings.count
        listings += targets.held.map { ToolJudge.Listing(server: $0.name, definitions: $0.definitions) }
        let judged = ToolJudge.judge(listings)
        var servers = targets.named.enumerated().map { index, named in
            server(named, answers[index], tools: listingOfNamed[index].map { judged[$0] })
        }
        for (offset, held) in targets.held.enumerated() {
            servers.append(
                InventoryServer(
                    name: held.name, client: nil, file: held.file, shown: nil,
                    outcome: .judged(judged[firstHeld + offset], .file)))
        }
        let inventory = Inventory(
            made: made, files: targets.files, servers: servers, problems: targets.problems + failures(servers, answers))
        return Result(inventory: inventory, definitions: lines(listings, listingOfNamed))
    }

    /// Answers by the number of the server among those named. Servers that are reached alike are asked once.
    private func ask() async throws -> [Int: ServerAsking.Answer] {
        var answers: [Int: ServerAsking.Answer] = [:]
        var transports: [DeclaredServer.Transport] = []
        var asked: [(server: ConfiguredServer, numbers: [Int])] = []
        let reach = ServerReach(environment: environment)
        for (index, named) in targets.named.enumerated() where named.file == nil || mayStart && named.server.isEnabled {
            if let known = asked.firstIndex(where: { $0.server.isReached(as: named.server) }) {
                asked[known].numbers.append(index)
                continue
            }
            let folder = named.server.project ?? FileManager.default.currentDirectoryPath
            do throws(ServerReach.Unreachable) {
                transports.append(
                    try reach.transport(of: named.server, folder: folder, allowsLocal: named.file == nil || allowsLocal)
                )
                asked.append((named.server, [index]))
            } catch {
                answers[index] = .failed(error.description)
            }
        }
        guard !transports.isEmpty else { return answers }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let total = transports.count
        Terminal.progress("asking \(total) servers")
        let given = await ServerAsking(on: group).ask(transports) { count in
            Terminal.progress(count < total ? "asked \(count) of \(total) servers" : "")
        }
        try await group.shutdownGracefully()
        for (answer, (_, numbers)) in zip(given, asked) { for number in numbers { answers[number] = answer } }
        return answers
    }

    private func server(
        _ named: ScanTargets.Named, _ answer: ServerAsking.Answer?, tools: [InventoryTool]?
    ) -> InventoryServer {
        let shown = ShownServer(named.server)
        let scrubber = SecretScrubber(named.server.concealed)
        let known = shown.package.flatMap { catalogue.server(of: $0) }
        let outcome: InventoryServer.Outcome =
            switch (named.server.transport, answer) {
            case (_, .listed(let listing)?): .judged(tools ?? [], .server(revision: listing.revision))
            case (.unreachable(let reason), _): .unreachable(reason)
            case (_, let answer):
                if let known {
                    .judged(ToolJudge.tools(of: known), .catalogue(version: known.version))
                } else if case .failed(let reason)? = answer {
                    .failed(scrubber.cleaned(reason))
                } else {
                    .notAsked
                }
            }
        return InventoryServer(
            name: scrubber.cleaned(named.server.name), client: named.client, file: named.file, line: named.server.line,
            column: named.server.column, project: named.server.project,
            // A typed command has this person's whole environment: nobody's configuration.
            shown: named.file == nil ? ShownServer(named.server.withoutEnvironment) : shown,
            isEnabled: named.server.isEnabled, outcome: outcome)
    }

    /// Servers that were asked in vain, where the catalogue answers for them.
    private func failures(
        _ servers: [InventoryServer], _ answers: [Int: ServerAsking.Answer]
    ) -> [InventoryProblem] {
        servers.enumerated().compactMap { index, server in
            guard case .failed(let reason)? = answers[index], case .judged = server.outcome, let file = server.file
            else { return nil }
            return InventoryProblem(
                file: file, line: server.line, column: server.column,
                "`\(server.name)` gave no list of tools and is judged as catalogued: \(reason)", isNote: true)
        }
    }

    private func lines(_ listings: [ToolJudge.Listing], _ listingOfNamed: [Int: Int]) -> [[UInt8]] {
        targets.named.indices.flatMap { index -> [[UInt8]] in
            guard let listing = listingOfNamed[index].map({ listings[$0] }) else { return [] }
            let package = ShownServer(targets.named[index].server).package
            let scrubber = SecretScrubber(listing.secrets)
            return listing.definitions.filter { ToolDefinition($0) != nil }.map { definition in
                var writer = JSONWriter()
                writer.object {
                    $0.member("server", scrubber.cleaned(listing.server))
                    if let package, !package.isProgram {
                        $0.member("package", "\(package.registry):\(package.name)")
                        $0.member("version", package.version)
                    }
                    for (key, value) in definition.members
                    where !["server", "package", "version"].contains(where: key.equals) {
                        $0.key(scrubber.cleaned(key.string))
                        scrubber.write(value, to: &$0)
                    }
                }
                return writer.bytes
            }
        }
    }
}

extension ConfiguredServer {
    fileprivate var withoutEnvironment: ConfiguredServer {
        ConfiguredServer(name: name, transport: transport, headers: headers, workingDirectory: workingDirectory)
    }
}
