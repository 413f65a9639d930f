import ArgumentParser

/// Why a command ends without having done its work, in words for the person who typed it.
struct CommandFailure: Error, CustomStringConvertible {
    /// The documented exit codes.
    enum Code: Int32 {
        case checkFailed = 1
        case outside = 70
    }

    let description: String
    let code: Code

    init(_ description: String, _ code: Code = .outside) {
        self.description = description
        self.code = code
    }
}
