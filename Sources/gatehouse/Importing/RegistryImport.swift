import Foundation
import RegistryHTTP
import ToolCatalogue
import WireJSON

/// All pages of a registry, those kept from an import that was cut off first.
struct RegistryImport {
    let address: RegistryAddress
    let folder: PageFolder?
    /// A moment, RFC 3339: only what changed later. Nil to go on from the last import that the folder knows, or from none.
    let since: String?
    let patience: Duration

    struct Taken {
        var entries: [RegistryEntry] = []
        var skipped = 0
        var pages = 0
        /// Why pages were left that the registry says there are.
        var stop: String?
        /// To be kept once what was taken is safe.
        var progress: PageFolder.Progress?
    }

    /// - Parameter told: hears of what was passed over.
    func run(told: (String) -> Void) async throws -> Taken {
        let progress = try begin()
        let reader = RegistryReader(address, patience: patience)
        defer { Terminal.progress("") }
        do {
            let taken = try await pages(since: progress, from: reader, told: told)
            await reader.close()
            return taken
        } catch {
            await reader.close()
            throw error
        }
    }

    private func pages(
        since progress: PageFolder.Progress, from reader: RegistryReader, told: (String) -> Void
    ) async throws -> Taken {
        var taken = Taken()
        var walk = RegistryWalk()
        var cursor: String?
        while true {
            let page = try await page(taken.pages, at: cursor, since: progress.since, from: reader)
            taken.pages += 1
            taken.entries += page.entries
            taken.skipped += page.skipped.count
            for entry in page.skipped { told("page \(taken.pages), \(entry)") }
            Terminal.progress("\(taken.pages) pages, \(taken.entries.count) entries")
            switch walk.next(after: page) {
            case .page(let next) where taken.entries.count < CatalogueBounds.registryEntriesOfAll: cursor = next
            case .page: taken.stop = "the registry has more entries than an import takes"
            case .stop(let reason): taken.stop = reason
            case .end:
                var done = progress
                done.isDone = true
                taken.progress = done
                return taken
            }
            if taken.stop != nil {
                // What such a registry says is not gone on from.
                folder?.removePages()
                return taken
            }
        }
    }

    /// A page that was kept, or fetched and kept.
    private func page(
        _ number: Int, at cursor: String?, since: String?, from reader: RegistryReader
    ) async throws -> RegistryPage {
        let kept = folder?.page(number)
        let bytes: [UInt8]
        do throws(RegistryFailure) {
            if let kept { bytes = kept } else { bytes = try await reader.page(at: cursor, since: since) }
        } catch {
            let kept = folder.map { "; the pages so far are in `\($0.path)`, and the next import goes on there" }
            throw CommandFailure("\(address): \(error)\(kept ?? "; nothing was written")")
        }
        guard let page = (try? JSON(lenient: bytes)).flatMap({ RegistryPage($0) }) else {
            throw CommandFailure("\(address): \(RegistryFailure.notAPage)")
        }
        if kept == nil { try folder?.keep(bytes, number: number) }
        return page
    }

    /// An import that was cut off goes on; else a new one starts, from when the last one did.
    private func begin() throws -> PageFolder.Progress {
        let now = Date().formatted(.iso8601)
        guard let folder else { return PageFolder.Progress(registry: "\(address)", since: since, began: now) }
        let last = folder.progress.flatMap { $0.registry == "\(address)" ? $0 : nil }
        if let last, !last.isDone, since == nil || since == last.since { return last }
        folder.removePages()
        let progress = PageFolder.Progress(registry: "\(address)", since: since ?? last?.began, began: now)
        try folder.keep(progress)
        return progress
    }
}
