import Foundation

/// A folder of a test's own, removed with everything in it when the test is done.
struct TemporaryFolder: ~Copyable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "gatehouse-storage-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    var file: String { path + "/gatehouse.sqlite" }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}
