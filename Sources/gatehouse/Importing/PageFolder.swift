import Foundation
import RegistryHTTP
import WireJSON

/// A folder that keeps the pages of a registry as they come, so that an import goes on where it was cut off, and the next
/// one asks only for what changed.
struct PageFolder {
    /// How far an import has come.
    struct Progress: Equatable {
        let registry: String
        /// Only what changed after this moment was asked for; nil for everything.
        let since: String?
        /// When its first page was asked for: where the next import starts.
        let began: String
        var isDone = false
    }

    let path: String

    init(_ path: String) throws {
        self.path = path
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw CommandFailure("the folder `\(path)` cannot be made")
        }
    }

    private var progressFile: String { path + "/progress.json" }

    func pageFile(_ number: Int) -> String { "\(path)/page-\(String(100_000 + number).dropFirst()).json" }

    /// Nil where there is none, or none that can be read.
    var progress: Progress? {
        guard let data = RegularFile.bytes(progressFile, atMost: 4096), let json = try? JSON(data),
            let registry = json["registry"]?.string, let began = json["began"]?.string
        else { return nil }
        return Progress(
            registry: registry, since: json["updated_since"]?.string, began: began,
            isDone: json["done"]?.bool ?? false)
    }

    func keep(_ progress: Progress) throws {
        var writer = JSONWriter()
        writer.object {
            $0.member("registry", progress.registry)
            if let since = progress.since { $0.member("updated_since", since) }
            $0.member("began", progress.began)
            $0.member("done", progress.isDone)
        }
        try keep(writer.bytes, as: progressFile)
    }

    func keep(_ page: [UInt8], number: Int) throws { try keep(page, as: pageFile(number)) }

    func page(_ number: Int) -> [UInt8]? { RegularFile.bytes(pageFile(number), atMost: RegistryLimits.pageBytes) }

    /// Takes the pages of an earlier import away.
    func removePages() {
        var number = 0
        while FileManager.default.fileExists(atPath: pageFile(number)) {
            try? FileManager.default.removeItem(atPath: pageFile(number))
            number += 1
        }
    }

    private func keep(_ bytes: [UInt8], as file: String) throws {
        do {
            try Data(bytes).write(to: URL(fileURLWithPath: file), options: .atomic)
        } catch {
            throw CommandFailure("the file `\(file)` cannot be written")
        }
    }
}
