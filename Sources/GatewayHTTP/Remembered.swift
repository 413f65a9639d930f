/// The last answer to a question about header lines: on one connection the same lines come again and again.
///
/// Only for questions whose answer depends on the lines alone; whether a token is still good is asked every time.
struct Remembered<Answer> {
    private var lines: [String]?
    private var answer: Answer?

    mutating func answer(to asked: [String], _ find: ([String]) -> Answer) -> Answer {
        // As bytes: by `==` a token with U+212A in it would be the one with K.
        if let answer, let lines, lines.elementsEqual(asked, by: { $0.utf8.elementsEqual($1.utf8) }) { return answer }
        let found = find(asked)
        (lines, answer) = (asked, found)
        return found
    }
}
