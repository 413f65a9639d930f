import MCPMessages

/// A legacy server's own requests that were passed on to a client and are not answered yet.
struct StdioQuestions {
    struct Question {
        /// The server's id of it.
        let id: RequestID
        /// The call in which it is asked.
        let call: Int
    }

    private var open: [Int: Question] = [:]

    var count: Int { open.count }

    func holds(_ id: RequestID) -> Bool { open.values.contains { $0.id == id } }

    /// Whether any is open in a call.
    func isAsked(in call: Int) -> Bool { open.values.contains { $0.call == call } }

    /// - Parameter number: this side's name of it, never used twice.
    mutating func add(_ question: Question, as number: Int) { open[number] = question }

    /// Takes one out: it is answered once.
    mutating func take(_ number: Int) -> Question? { open.removeValue(forKey: number) }

    /// The same by the server's id.
    mutating func take(_ id: RequestID) -> Question? {
        open.first { $0.value.id == id }.flatMap { take($0.key) }
    }

    /// Takes out those of a call that has ended.
    mutating func takeAll(in call: Int) -> [Question] {
        open.filter { $0.value.call == call }.keys.sorted().compactMap { take($0) }
    }

    mutating func forgetAll() { open = [:] }
}
