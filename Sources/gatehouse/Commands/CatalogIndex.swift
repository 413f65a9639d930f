import Foundation
import GatewayStorage
import Logging
import SQLiteStorage
import ToolCatalogue

/// The index that searches on the command line ask, the same as the pages': a running gateway's where it is of the same
/// catalogue, otherwise one of this person's own, made once.
enum CatalogIndex {
    static func open(_ choice: CatalogChoice) async throws -> any CatalogueIndex {
        let declared = choice.catalogue.map {
            DeclaredConsole.CatalogueFile(path: $0, trusted: choice.trusted.trust)
        }
        var logger = Logger(label: "gatehouse")
        logger.logLevel = .warning
        let data = DataFolder.chosen(nil)
        if FileManager.default.fileExists(atPath: "\(data)/\(CatalogueIndexing.fileName)"),
            let running = try? CatalogueIndexing(in: data, declared, logger: logger), try await running.isInStep()
        {
            return running.index
        }
        // What cannot be kept is searched all the same, only more slowly.
        guard let kept = try? CatalogueIndexing(in: cacheFolder, declared, logger: logger) else {
            return try await memory(choice)
        }
        if try await !kept.isInStep() {
            // Checks signatures, in the words of every command.
            _ = try choice.read()
            Terminal.progress("indexing the catalogue, this once")
            defer { Terminal.progress("") }
            do { try await kept.bringInStep() } catch is StorageError { return try await memory(choice) }
        }
        return kept.index
    }

    private static func memory(_ choice: CatalogChoice) async throws -> MemoryCatalogue {
        let index = MemoryCatalogue()
        try await index.replace(with: try choice.read(), digest: "")
        return index
    }

    /// `$XDG_CACHE_HOME/gatehouse`, or `~/.cache/gatehouse` (XDG Base Directory Specification).
    private static var cacheFolder: String {
        let environment = ProcessInfo.processInfo.environment
        if let cache = environment["XDG_CACHE_HOME"], cache.hasPrefix("/") { return cache + "/gatehouse" }
        return HomeFolder.path(environment) + "/.cache/gatehouse"
    }
}
