import Foundation
import SQLiteStorage

/// Where a gateway keeps its store.
enum DataFolder {
    static let storeName = "gatehouse.sqlite"

    /// `$XDG_DATA_HOME/gatehouse`, or `~/.local/share/gatehouse` (XDG Base Directory Specification).
    static var standard: String {
        let environment = ProcessInfo.processInfo.environment
        if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") { return data + "/gatehouse" }
        return NSHomeDirectory() + "/.local/share/gatehouse"
    }

    static func store(in folder: String) -> String { folder + "/" + storeName }
}
