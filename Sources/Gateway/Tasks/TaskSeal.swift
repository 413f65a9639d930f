import Crypto
import MCPMessages
import WireJSON

/// A server's task as this house knows it.
struct FollowedTask: Sendable {
    let server: String
    /// The tool whose call became the task.
    let tool: [UInt8]
    /// What the server calls it.
    let id: [UInt8]
}

/// Makes a server's task an id that only this process can have written, good for one principal.
///
/// SEP-2663: whoever knows an id reads what the task found, so ids are this house's own. AES-256-GCM under a key of this
/// process; the principal is authenticated beside the id and not carried. Nothing is kept, however many tasks there are.
struct TaskSeal: Sendable {
    private let key = SymmetricKey(size: .bits256)

    /// - Returns: letters, digits, `-` and `_`; nil for an id that is too long to be carried.
    func seal(_ task: FollowedTask, for principal: String) -> String? {
        guard !task.id.isEmpty, task.id.count <= GatewayLimits.taskIDBytes else { return nil }
        var writer = JSONWriter()
        writer.beginArray()
        for part in [Array(task.server.utf8), task.tool, task.id] { writer.string(utf8: part) }
        writer.endArray()
        let box = try? AES.GCM.seal(writer.bytes, using: key, authenticating: Array(principal.utf8)).combined
        let text = box.map { Base64.url.encode(Array($0)) }
        guard let text, text.count <= MessageLimits.mirroredNameBytes else { return nil }
        return String(decoding: text, as: UTF8.self)
    }

    /// What was sealed; nil for anything that was not sealed here for this principal.
    func open(_ text: [UInt8], for principal: String) -> FollowedTask? {
        guard text.count <= MessageLimits.mirroredNameBytes, let whole = Base64.url.decode(text),
            let box = try? AES.GCM.SealedBox(combined: whole),
            let plain = try? AES.GCM.open(box, using: key, authenticating: Array(principal.utf8)),
            let parts = try? JSON(lenient: Array(plain)), let server = parts[0]?.utf8, let tool = parts[1]?.utf8,
            let id = parts[2]?.utf8
        else { return nil }
        return FollowedTask(server: String(decoding: server, as: UTF8.self), tool: tool, id: id)
    }
}
