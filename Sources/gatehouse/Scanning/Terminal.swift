import Foundation

/// What the terminal can show, and what a person at it says.
enum Terminal {
    /// Colours are for people: not in a file or a pipe, and not where they are not wanted (no-color.org).
    static func wantsColour(_ environment: [String: String]) -> Bool {
        isatty(STDOUT_FILENO) == 1 && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }

    /// Somebody is there to be asked and to read the question.
    static var hasPerson: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

    static func say(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

    /// A question whose answer is no unless it is yes.
    static func confirms(_ question: String) -> Bool {
        FileHandle.standardError.write(Data((question + " [y/N] ").utf8))
        return ["y", "yes"].contains(readLine()?.lowercased() ?? "")
    }

    /// A line that takes the place of the one before, where a person watches.
    static func progress(_ text: String) {
        guard isatty(STDERR_FILENO) == 1 else { return }
        FileHandle.standardError.write(Data(("\r\u{1B}[2K" + text).utf8))
    }
}
