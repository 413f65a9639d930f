import Administration
import Foundation
import WireJSON

/// How commands on this machine reach the running instance: a file in its data folder that only its owner can read, with
/// the console's address and a token that is good while the instance runs.
struct LocalDoor: Sendable {
    static let name = "console.json"

    let url: String
    let token: String

    /// A token for this run.
    static func token() -> BearerToken { BearerToken(.administration) }

    /// Lets commands in.
    func open(in folder: String) throws {
        var writer = JSONWriter()
        writer.object { json in
            json.member("url", url)
            json.member("token", token)
        }
        let beside = "\(folder)/\(Self.name).\(ProcessInfo.processInfo.processIdentifier)"
        try? FileManager.default.removeItem(atPath: beside)
        try SecretKeyFile.write(writer.bytes, new: beside)
        guard rename(beside, "\(folder)/\(Self.name)") == 0 else {
            throw CommandFailure("`\(folder)/\(Self.name)` cannot be written")
        }
    }

    /// Takes the file away, if it is still this run's.
    func close(in folder: String) {
        guard let there = Self.find(in: folder), there.token == token else { return }
        try? FileManager.default.removeItem(atPath: "\(folder)/\(Self.name)")
    }

    /// The way into the instance that runs with this data folder.
    static func find(in folder: String) -> LocalDoor? {
        guard let bytes = try? Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")),
            let json = try? JSON(Array(bytes)), let url = json["url"]?.string, let token = json["token"]?.string
        else { return nil }
        return LocalDoor(url: url, token: token)
    }
}
