/// The last answer to a question about header lines: on one connection the same lines come again and again.
///
/// Only for questions whose answer depends on the lines alone; whether a token is still good is asked every time.
struct Remembered<Answer> {
    private var lines: [String]?
    private var answer: Answer?

    mutating func answer(to asked: [String], _ find: ([String]) -> Answer) -> Answer {
        if let answer, lines == asked { return answer }
        let found = find(asked)
        (lines, answer) = (asked, found)
        return found
    }
}
