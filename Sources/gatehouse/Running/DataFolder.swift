import Foundation
import SQLiteStorage

/// Where a gateway keeps its store.
enum DataFolder {
    static let storeName = "gatehouse.sqlite"

    /// `$XDG_DATA_HOME/gatehouse`, or `~/.local/share/gatehouse` (XDG Base Directory Specification).
    static var standard: String {
        let environment = ProcessInfo.processInfo.environment
        if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") { return data + "/gatehouse" }
        return HomeFolder.path(environment) + "/.local/share/gatehouse"
    }

    /// The folder that is named, or the environment names, or else the standard one.
    static func chosen(_ typed: String?) -> String {
        typed ?? ProcessInfo.processInfo.environment["GATEHOUSE_DATA"] ?? standard
    }

    static func store(in folder: String) -> String { folder + "/" + storeName }

    /// The store that a command reads: a file that is named, or the one in the folder; either is there.
    static func storeToRead(_ file: String? = nil, in typed: String?) throws -> String {
        if let file {
            guard FileManager.default.fileExists(atPath: file) else {
                throw CommandFailure("there is no file `\(file)`")
            }
            return file
        }
        let folder = chosen(typed)
        let store = store(in: folder)
        guard FileManager.default.fileExists(atPath: store) else {
            throw CommandFailure("there is no store in `\(folder)` – give the data folder with --data")
        }
        return store
    }
}
