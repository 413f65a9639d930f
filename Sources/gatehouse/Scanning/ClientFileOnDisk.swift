import ClientFiles
import Foundation

/// A client's file that is written: whole or not at all, with a copy of what was there, and with its rights.
struct ClientFileOnDisk {
    let path: String
    /// What is put in is for its owner alone.
    let holdsSecret: Bool

    /// Puts an entry in, unless it is there already.
    func put(_ entry: GatewayEntry, of client: MCPClient) throws {
        // A link stays one: what it leads to is written.
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let before = try contents(of: target)
        let after: [UInt8]
        do throws(ClientFileProblem) {
            after = try ClientFileEdit.putting(entry, of: client, into: before)
        } catch {
            throw CommandFailure("\(path):\(error); nothing was written", .checkFailed)
        }
        guard after != before else { return Terminal.say("\(path): is so already") }
        if let before {
            let copy = target + ".backup-" + Self.stamp()
            try write(before, to: copy, mode: Self.mode(of: target) & 0o700 | 0o600)
            Terminal.say("\(copy): the file as it was")
        } else {
            try makeFolder(of: target)
        }
        guard try contents(of: target) == before else {
            throw CommandFailure("\(path): somebody else is writing it; nothing was written")
        }
        try replace(target, with: after, mode: before == nil ? (holdsSecret ? 0o600 : 0o644) : Self.mode(of: target))
        Terminal.say("\(path): written")
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

    /// Beside the file first, then in its place in one step.
    private func replace(_ path: String, with bytes: [UInt8], mode: Int) throws {
        let draft = path + ".gatehouse-\(ProcessInfo.processInfo.processIdentifier)"
        try write(bytes, to: draft, mode: holdsSecret ? mode & 0o700 : mode)
        guard rename(draft, path) == 0 else {
            unlink(draft)
            throw CommandFailure("\(path): cannot be replaced")
        }
    }

    /// A new file, never one that is there.
    private func write(_ bytes: [UInt8], to path: String, mode: Int) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw CommandFailure("\(path): cannot be written") }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: Data(bytes))
            try handle.synchronize()
        } catch {
            unlink(path)
            throw CommandFailure("\(path): cannot be written")
        }
        _ = fchmod(descriptor, mode_t(mode))
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
