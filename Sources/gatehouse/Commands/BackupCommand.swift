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
        let store = try DataFolder.storeToRead(in: data)
        do throws(StorageError) { try SQLiteBackup.copy(store, to: file) } catch {
            throw CommandFailure("\(error)")
        }
    }
}
