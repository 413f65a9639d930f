import PolicyEngine
import WireJSON

/// What a rule comes to in a case that its author did not think of, in words.
enum Outcome {
    static let denied = "every call is denied"
    static let neverActs = "this never holds"
    static let always = "this always holds"

    /// The argument is absent (policy.md section 2).
    static func absent(_ site: ComparisonSite, _ use: RuleUse) -> String {
        let holds: Bool
        switch site.comparison.op {
        case .exists: holds = site.comparison.value.bool == false
        case .notEqual, .isNotIn: holds = use != .require
        case _: holds = false
        }
        if use == .require, site.isPlain, !holds { return denied }
        return holds != site.isNegated ? always : neverActs
    }

    /// The comparison cannot be judged.
    static func unjudged(_ use: RuleUse) -> String {
        switch use {
        case .denyIf: "a call with it is denied"
        case .require: "a call is denied"
        case .approveIf: "a call with it waits for a person"
        }
    }
}
