import ArgumentParser
import Foundation
import GatewayStorage
import SQLiteStorage

struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy the store, while an instance runs or not.",
        discussion: """
            The copy is the store as it was at one moment: directory, audit, counters. The key that secrets are sealed \
            with is not in it: keep `secret.key` of the data folder, or GATEHOUSE_SECRET_KEY, elsewhere.
            """)

    @Option(help: ArgumentHelp("The data folder.", valueName: "folder")) var data: String?
    @Argument(help: "The file to make.") var file: String

    func run() throws {
        let folder = DataFolder.chosen(data)
        do throws(StorageError) { try SQLiteBackup.copy(DataFolder.store(in: folder), to: file) } catch {
            throw CommandFailure("\(error)")
        }
    }
}

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Put a copy of the store back; no instance may run.")

    @Option(help: ArgumentHelp("The data folder.", valueName: "folder")) var data: String?
    @Flag(help: "Replace the store that is there; it is kept beside, with `.before` at its end.")
    var replace = false
    @Argument(help: "The copy.") var file: String

    func run() async throws {
        let folder = DataFolder.chosen(data)
        if let door = LocalDoor.find(in: folder) {
            let instance = RemoteInstance(url: door.url, token: door.token, organisation: nil)
            guard (try? await instance.ask(.get, "/openapi.json")) == nil else {
                throw CommandFailure("an instance runs with this data folder – stop it first", .checkFailed)
            }
        }
        do throws(StorageError) { try SQLiteBackup.check(file) } catch {
            throw CommandFailure("\(error)", .checkFailed)
        }
        let store = DataFolder.store(in: folder)
        let files = FileManager.default
        if files.fileExists(atPath: store) {
            guard replace else {
                throw CommandFailure("there is a store in `\(folder)` – say --replace to put it aside", .checkFailed)
            }
            for suffix in ["", "-wal", "-shm"] where files.fileExists(atPath: store + suffix) {
                try? files.removeItem(atPath: "\(store).before\(suffix)")
                try files.moveItem(atPath: store + suffix, toPath: "\(store).before\(suffix)")
            }
        }
        do throws(StorageError) { try SQLiteBackup.copy(file, to: store) } catch { throw CommandFailure("\(error)") }
    }
}
