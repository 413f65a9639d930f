/// How a condition ends for one call (policy.md section 2).
///
/// The third value is not an error to be skipped: `deny_if` and `approve_if` act on it, and `require` does not pass it.
/// Combined by Kleene's strong logic of three values.
public enum Judgement: Sendable, Hashable, CaseIterable {
    case holds
    case doesNotHold
    case cannotBeJudged

    init(_ isTrue: Bool) {
        self = isTrue ? .holds : .doesNotHold
    }

    /// What cannot be judged stays so when negated.
    static prefix func ! (judgement: Judgement) -> Judgement {
        switch judgement {
        case .holds: .doesNotHold
        case .doesNotHold: .holds
        case .cannotBeJudged: .cannotBeJudged
        }
    }

    /// Both: what does not hold outweighs what cannot be judged.
    func and(_ other: Judgement) -> Judgement {
        if self == .doesNotHold || other == .doesNotHold { return .doesNotHold }
        return self == .holds && other == .holds ? .holds : .cannotBeJudged
    }

    /// Either: what holds outweighs what cannot be judged.
    func or(_ other: Judgement) -> Judgement {
        !(!self).and(!other)
    }
}

extension Judgement: CustomStringConvertible {
    public var description: String {
        switch self {
        case .holds: "holds"
        case .doesNotHold: "does not hold"
        case .cannotBeJudged: "cannot be judged"
        }
    }
}
