import Foundation

/// A Python program that answers questions, one after the other: each a length in four bytes, then as many bytes,
/// both ways.
final class Python {
    struct Failure: Error, CustomStringConvertible {
        var description: String

        static let noAnswer = Failure(
            description: "python3 gave no answer; these tests need it installed, 3.8 or newer")
    }

    private let process = Process()
    private let questions = Pipe()
    private let answers = Pipe()

    /// Starts a program that lies with the fixtures.
    init(_ program: String) throws {
        // A program that is not there or has ended is told by an error of writing or reading, not by a signal.
        signal(SIGPIPE, SIG_IGN)
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", Fixture.folder.appendingPathComponent(program).path]
        process.standardInput = questions
        process.standardOutput = answers
        try process.run()
    }

    func ask(_ question: [UInt8]) throws -> [UInt8] {
        guard process.isRunning else { throw Failure.noAnswer }
        let length = (0..<4).map { UInt8(question.count >> ($0 * 8) & 255) }
        try questions.fileHandleForWriting.write(contentsOf: length + question)
        return try Array(read(read(4).reversed().reduce(0) { $0 << 8 | Int($1) }))
    }

    private func read(_ count: Int) throws -> Data {
        var data = Data()
        while data.count < count {
            guard let more = try answers.fileHandleForReading.read(upToCount: count - data.count), !more.isEmpty else {
                throw Failure.noAnswer
            }
            data += more
        }
        return data
    }

    func end() throws {
        try questions.fileHandleForWriting.close()
        process.waitUntilExit()
    }
}
