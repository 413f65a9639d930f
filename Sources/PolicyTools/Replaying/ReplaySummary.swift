/// What came of a replay, counted.
public struct ReplaySummary: Sendable {
    /// One call that ends otherwise than it did.
    public struct Change: Sendable {
        public var call: RecordedCall
        public var verdict: ReplayVerdict
    }

    /// How many calls there were of each kind: how they ended then, and how they would.
    public private(set) var counts: [String: [String: Int]] = [:]
    public private(set) var calls = 0
    /// The first of those that end otherwise, or of which it cannot be told.
    public private(set) var changes: [Change] = []
    public private(set) var changed = 0

    public init() {}

    public mutating func add(_ call: RecordedCall, _ verdict: ReplayVerdict) {
        calls += 1
        counts[call.outcome, default: [:]][verdict.word, default: 0] += 1
        guard !verdict.word.utf8.elementsEqual(Self.word(of: call.outcome).utf8) else { return }
        changed += 1
        if changes.count < PolicyToolsBounds.namedCalls { changes.append(Change(call: call, verdict: verdict)) }
    }

    /// How many would end so.
    public func count(of word: String) -> Int {
        counts.values.reduce(0) { $0 + ($1[word] ?? 0) }
    }

    /// The audit's word for an outcome, as verdicts call it.
    private static func word(of outcome: String) -> String { outcome == "approval_owed" ? "held" : outcome }
}
