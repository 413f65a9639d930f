import Foundation

/// A hold on a data folder, by a lock that ends with the process however that ends (flock(2)).
///
/// Gateways share it with each other; a restore, which takes the store from under whoever has it open, shares it with
/// nobody. A file that says that somebody runs could be a dead process's, or missing where the console is off.
struct DataFolderHold {
    enum Use {
        case serving
        case restoring
    }

    static let name = "gatehouse.lock"

    private let descriptor: Int32

    /// Makes the folder where there is none.
    init(_ folder: String, for use: Use) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw CommandFailure("the data folder `\(folder)` cannot be made")
        }
        let path = "\(folder)/\(Self.name)"
        descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            throw CommandFailure("`\(path)` cannot be opened: \(String(cString: strerror(errno)).lowercased())")
        }
        let way =
            switch use {
            case .serving: LOCK_SH
            case .restoring: LOCK_EX
            }
        guard flock(descriptor, way | LOCK_NB) == 0 else {
            let code = errno
            close(descriptor)
            guard code == EWOULDBLOCK else {
                throw CommandFailure("`\(path)` cannot be locked: \(String(cString: strerror(code)).lowercased())")
            }
            switch use {
            case .serving: throw CommandFailure("a copy is being put back into the data folder `\(folder)`")
            case .restoring:
                throw CommandFailure("an instance runs with this data folder – stop it first", .checkFailed)
            }
        }
    }

    func release() { close(descriptor) }
}
