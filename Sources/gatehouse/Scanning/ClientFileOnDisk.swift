import ClientFiles
import Foundation

/// A client's file that is written: whole or not at all, with a copy of what was there, and with its owner and rights.
struct ClientFileOnDisk {
    let path: String
    /// What is put in is for its owner alone.
    let holdsSecret: Bool
    /// An entry of that name which says something else is replaced without a question.
    let replacesEntry: Bool

    /// Puts an entry in, unless it is there already.
    func put(_ entry: GatewayEntry, of client: MCPClient) throws {
        let target = try target()
        let before = try contents(of: target)
        let after: [UInt8]
        do throws(ClientFileProblem) {
            after = try ClientFileEdit.putting(entry, of: client, into: before)
        } catch {
            throw CommandFailure("\(path):\(error); nothing was written", .checkFailed)
        }
        guard after != before else { return Terminal.say("\(path): is so already") }
        if let before {
            try ask(about: ClientFileEdit.entry(named: entry.name, of: client, in: before))
            let copy = target + ".backup-" + Self.stamp()
            try write(before, to: copy, like: target, mode: Self.mode(of: target) & 0o700 | 0o600)
            Terminal.say("\(copy): the file as it was")
        } else {
            try makeFolder(of: target)
        }
        try replace(target, was: before, with: after)
        Terminal.say("\(path): written")
    }

    /// A link stays one: what it leads to is written. One that leads nowhere could lead anywhere by then.
    private func target() throws -> String {
        let isLink = (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
        guard !isLink || FileManager.default.fileExists(atPath: path) else {
            throw CommandFailure("\(path): is a link that leads nowhere; nothing was written", .checkFailed)
        }
        return URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    }

    /// A server of the person's own is not replaced because it has the same name.
    private func ask(about earlier: ConfiguredServer?) throws {
        guard let earlier, !replacesEntry else { return }
        let shown = ShownServer(earlier).text
        let what = "has `\(TerminalText.line(earlier.name))` already" + (shown.isEmpty ? "" : ": \(shown)")
        if Terminal.hasPerson {
            Terminal.say("\(path): \(what)")
            if Terminal.confirms("Replace it? A copy of the file is kept.") { return }
            throw CommandFailure("nothing was written", .checkFailed)
        }
        throw CommandFailure(
            "\(path): \(what) – say --force to replace it, or --name for another; nothing was written", .checkFailed)
    }

    private func contents(of path: String) throws -> [UInt8]? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let bytes = RegularFile.bytes(path, atMost: ClientFileBounds.fileBytes + 1) else {
            throw CommandFailure("\(path): cannot be read; nothing was written", .checkFailed)
        }
        return bytes
    }

    private func makeFolder(of path: String) throws {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw CommandFailure("the folder `\(folder)` cannot be made")
        }
    }

    /// Beside the file first, then in its place in one step, if that is still as it was read.
    private func replace(_ path: String, was before: [UInt8]?, with bytes: [UInt8]) throws {
        let draft = path + ".gatehouse-\(ProcessInfo.processInfo.processIdentifier)"
        let mode = before == nil ? 0o600 : Self.mode(of: path)
        try write(bytes, to: draft, like: before == nil ? nil : path, mode: holdsSecret ? mode & 0o700 : mode)
        defer { unlink(draft) }
        guard try contents(of: path) == before else {
            throw CommandFailure("\(path): somebody else is writing it; nothing was written")
        }
        // A new file never takes the place of one that came meanwhile: link(2) fails where there is one.
        guard (before == nil ? link(draft, path) : rename(draft, path)) == 0 else {
            throw CommandFailure("\(path): cannot be replaced; nothing was written")
        }
    }

    /// A new file, never one that is there.
    ///
    /// - Parameter like: Whose owner it gets; nil for this person.
    private func write(_ bytes: [UInt8], to path: String, like: String?, mode: Int) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw CommandFailure("\(path): cannot be written") }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            if let like { try Self.giveOwner(of: like, to: descriptor, at: path) }
            try handle.write(contentsOf: Data(bytes))
            try handle.synchronize()
        } catch {
            unlink(path)
            throw CommandFailure("\(path): cannot be written as its owner's")
        }
        _ = fchmod(descriptor, mode_t(mode))
    }

    private struct NotOwned: Error {}

    /// Who edits another's file, as the administrator may, leaves it theirs.
    private static func giveOwner(of path: String, to descriptor: Int32, at draft: String) throws {
        guard let wanted = owner(of: path), let given = owner(of: draft) else { throw NotOwned() }
        guard wanted != given else { return }
        guard fchown(descriptor, wanted.user, wanted.group) == 0 else { throw NotOwned() }
    }

    private static func owner(of path: String) -> Owner? {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            let user = (attributes[.ownerAccountID] as? NSNumber)?.uint32Value,
            let group = (attributes[.groupOwnerAccountID] as? NSNumber)?.uint32Value
        else { return nil }
        return Owner(user: user, group: group)
    }

    private struct Owner: Equatable {
        let user: UInt32
        let group: UInt32
    }

    private static func mode(of path: String) -> Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.posixPermissions] as? NSNumber)?.intValue ?? 0o600
    }

    /// `20261123T103000.123Z`: two writings of one second are two.
    private static func stamp() -> String {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        return String(Date().formatted(style).filter { $0 != "-" && $0 != ":" })
    }
}
