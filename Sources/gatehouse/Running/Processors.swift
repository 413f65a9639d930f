import Foundation

/// The processors this process may run on.
enum Processors {
    /// How many they are: those it is pinned to (`taskset`, a container's set), not all that the machine has. A loop more
    /// would only take turns with another.
    static var usable: Int {
        let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        return status.flatMap(permitted) ?? ProcessInfo.processInfo.activeProcessorCount
    }

    /// The processors named by the mask in a Linux `/proc/self/status`: hexadecimal digits, a comma between groups
    /// (proc_pid_status(5), `Cpus_allowed`). Nil where there is none that can be read.
    static func permitted(in status: String) -> Int? {
        let key = "Cpus_allowed:"
        guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix(key) }) else { return nil }
        var count = 0
        for character in line.dropFirst(key.count) where character != "," && !character.isWhitespace {
            guard let digit = character.hexDigitValue else { return nil }
            count += digit.nonzeroBitCount
        }
        return count > 0 ? count : nil
    }
}
