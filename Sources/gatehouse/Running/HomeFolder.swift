import Foundation

/// The person's home folder: what the environment says, which tests and containers set, then the system.
enum HomeFolder {
    static func path(_ environment: [String: String] = ProcessInfo.processInfo.environment) -> String {
        if let home = environment["HOME"], home.hasPrefix("/") { return home }
        return NSHomeDirectory()
    }
}
