import ArgumentParser
import Foundation
import GatewayStorage
import SQLiteStorage

struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Put a copy of the store back; no instance may run.",
        discussion: """
            The copy is looked through and copied beside the store first: until it is whole there, nothing changes. A \
            store that is there is kept beside with `.before` in its name, and only put aside with --replace. The secrets \
            in the copy open with the key they were sealed with: put `secret.key` back too where it is another.

            Exit codes: 0 done; 1 an instance runs, the copy is none, or a store is in the way; 70 a file cannot be written.
            """)

    @Option(help: ArgumentHelp("The data folder.", valueName: "folder")) var data: String?
    @Flag(help: "Put a store that is there aside, with `.before` in its name.") var replace = false
    @Argument(help: "The copy that `gatehouse backup` made.") var file: String

    func run() throws {
        // Before the folder is held, which makes one where there is none.
        guard FileManager.default.fileExists(atPath: file) else {
            throw CommandFailure("there is no file `\(file)`", .checkFailed)
        }
        do throws(StorageError) { try SQLiteBackup.check(file) } catch {
            throw CommandFailure("\(error)", .checkFailed)
        }
        let folder = DataFolder.chosen(data)
        let hold = try DataFolderHold(folder, for: .restoring)
        defer { hold.release() }
        let store = DataFolder.store(in: folder)
        guard replace || !FileManager.default.fileExists(atPath: store) else {
            throw CommandFailure("there is a store in `\(folder)` – say --replace to put it aside", .checkFailed)
        }
        do throws(StorageError) { try SQLiteBackup.restore(file, as: store) } catch { throw CommandFailure("\(error)") }
    }
}
