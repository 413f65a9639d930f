import Foundation

/// This test program once more, running one test of it: for what needs a process of its own, to be counted or killed.
final class HelperProcess {
    static let variable = "GATEHOUSE_TEST_HELPER"

    /// Whether this is the helper.
    static var isHere: Bool { argument != nil }
    /// What the helper was told.
    static var argument: String? { ProcessInfo.processInfo.environment[variable] }

    private let process: Process
    private let output = Pipe()

    /// - Parameter test: the test function's name; the test is enabled only where `isHere`.
    init(running test: String, argument: String) throws {
        process = Process()
        process.executableURL = try URL(
            filePath: FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        process.arguments = ["--filter", test, "--testing-library", "swift-testing"]
        process.environment = ProcessInfo.processInfo.environment.merging([Self.variable: argument]) { $1 }
        process.standardOutput = output
        process.standardError = output
        try process.run()
    }

    func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }

    /// How it ended and what it printed. Waits on a thread of its own: the tasks of other tests need the pool's few.
    func finished() async -> (status: Int32, output: String) {
        let (process, output) = (process, output)
        return await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                let printed = output.fileHandleForReading.readDataToEndOfFile()
                process.waitUntilExit()
                continuation.resume(returning: (process.terminationStatus, String(decoding: printed, as: UTF8.self)))
            }
        }
    }
}
