import Administration
import PolicyEngine
import PolicyFiles
import Synchronization

/// What the files declare, and where what they now say is not what runs.
extension ConfigurationKeeper {
    /// - Parameter isCompared: whether the files are read again and compared with what runs.
    /// - Returns: nil where no file is in use.
    func filesReport(isCompared: Bool) -> FilesReport? {
        guard let loader else { return nil }
        let (declared, policies, started) = running.withLock { ($0.declared, $0.policies, $0.started) }
        var report = FilesReport(
            servers: declared.servers.map { server in
                let isCommand = if case .command = server.transport { true } else { false }
                return FilesReport.Server(slug: server.slug, isCommand: isCommand)
            },
            policies: declared.policies.map(\.name),
            grants: declared.grants.map { grant in
                FilesReport.Grant(
                    label: grant.label,
                    servers: Dictionary(grant.pairs.map { ($0.server, $0.policy) }, uniquingKeysWith: { one, _ in one })
                )
            })
        guard isCompared else { return report }
        do throws(ConfigurationLoader.Failure) {
            let now = try loader.load()
            report.drift += Self.pending(declared.servers, now.declared.servers, .server, \.slug)
            report.drift += Self.pending(declared.grants, now.declared.grants, .grant, \.label)
            report.drift += Self.pending(
                policies.map { NamedPolicy(name: $0, document: $1.document) },
                now.policies.map { NamedPolicy(name: $0, document: $1) }, .policy, \.name)
        } catch {
            for problem in error.problems {
                report.drift.append(.init(.refused, .configuration, "\(problem.file):\(problem.line)", "\(problem)"))
            }
        }
        if let started { report.drift += Self.waiting(declared, since: started) }
        return report
    }

    private struct NamedPolicy: Equatable {
        let name: String
        let document: PolicyDocument
    }

    /// Things of one kind by name: those that only one side has, or that differ.
    private static func pending<Thing: Equatable>(
        _ running: [Thing], _ files: [Thing], _ object: FilesReport.Drift.Object, _ name: (Thing) -> String
    ) -> [FilesReport.Drift] {
        let before = Dictionary(running.map { (name($0), $0) }, uniquingKeysWith: { one, _ in one })
        let after = Dictionary(files.map { (name($0), $0) }, uniquingKeysWith: { one, _ in one })
        return Set(before.keys).union(after.keys).sorted().compactMap { key in
            switch (before[key], after[key]) {
            case (nil, _): FilesReport.Drift(.pending, object, key, "declared, and not in force")
            case (_, nil): FilesReport.Drift(.pending, object, key, "in force, and declared no more")
            case (let one?, let other?) where one != other:
                FilesReport.Drift(.pending, object, key, "declared otherwise than it is in force")
            default: nil
            }
        }
    }

    /// Settings that are read at the start alone.
    private static func waiting(
        _ declared: DeclaredConfiguration, since started: DeclaredConfiguration
    ) -> [FilesReport.Drift] {
        let settings: [(String, Bool)] = [
            ("listen", declared.listen == started.listen), ("console", declared.console == started.console),
            ("data", declared.dataDirectory == started.dataDirectory), ("hosts", declared.hosts == started.hosts),
            ("public_url", declared.publicOrigin == started.publicOrigin), ("tls", declared.tls == started.tls),
            ("behind_proxy", declared.isBehindProxy == started.isBehindProxy),
        ]
        return settings.filter { !$0.1 }.map {
            FilesReport.Drift(.restart, .setting, $0.0, "declared otherwise than at the start, and read at the next")
        }
    }
}
