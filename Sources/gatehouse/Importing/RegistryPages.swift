import Foundation
import RegistryHTTP
import ToolCatalogue
import WireJSON

/// Pages of a registry that were saved as files.
enum RegistryPages {
    /// What is said at the end of an import.
    struct Told {
        var entries = 0
        var skipped = 0
        /// The pages led nowhere: not all there is was read.
        var isCut = false
    }

    static func read(_ files: [String], _ told: inout Told) throws -> [RegistryEntry] {
        var entries: [RegistryEntry] = []
        var walk = RegistryWalk()
        for (number, file) in files.enumerated() {
            let page = try page(file)
            for entry in page.skipped { Terminal.say("\(file): \(entry)") }
            entries += page.entries
            told.skipped += page.skipped.count
            switch walk.next(after: page) {
            case .page where number == files.count - 1: Terminal.say("\(file): the registry has more pages than these")
            case .stop(let reason):
                Terminal.say("\(file): \(reason)")
                told.isCut = true
            case .page, .end: break
            }
        }
        told.entries += entries.count
        return entries
    }

    private static func page(_ file: String) throws -> RegistryPage {
        let data = try ReadFile.bytes(file, atMost: RegistryLimits.pageBytes, "the page")
        let json: JSON
        do {
            json = try JSON(lenient: data)
        } catch {
            throw CommandFailure("\(file): no JSON: \(error)", .checkFailed)
        }
        guard let page = RegistryPage(json) else { throw CommandFailure("\(file): no list of servers", .checkFailed) }
        return page
    }
}
