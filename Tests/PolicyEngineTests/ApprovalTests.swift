import PolicyEngine
import Testing

@Suite("approvals")
struct ApprovalTests {
    @Test("every approve_if that triggers asks, and is returned with what it asks for")
    func obligations() {
        let first = ApprovalRule(conditions: [when("args.amount", .greater, "500")], message: "Over 500.")
        let second = ApprovalRule(
            conditions: [when("args.amount", .greater, "1000")], expires: .seconds(60), validFor: .seconds(5),
            approvers: Approvers(members: ["ann"], excludesOwner: true), minimum: 2)
        let policy = policy(document([("t", RuleGroup(approveIf: [first, second]))]))
        #expect(policy.decide("t", #"{"amount":500}"#) == .permitted(.none))
        #expect(policy.decide("t", "{}") == .permitted(.none))
        let one = ApprovalRequirement(rule: RuleID(pointer: "/tools/t/approve_if/0"), message: "Over 500.")
        #expect(one.expires == .seconds(1800))
        #expect(one.validFor == .seconds(600))
        #expect(one.approvers == .admins)
        #expect(policy.decide("t", #"{"amount":501}"#) == .permitted(Obligations(approvals: [one])))
        let two = ApprovalRequirement(
            rule: RuleID(pointer: "/tools/t/approve_if/1"), expires: .seconds(60), validFor: .seconds(5),
            approvers: Approvers(members: ["ann"], excludesOwner: true), minimum: 2)
        #expect(policy.decide("t", #"{"amount":1001}"#) == .permitted(Obligations(approvals: [one, two])))
    }

    @Test("what cannot be judged asks")
    func doubt() {
        let policy = policy(document([("t", group(.approveIf, [when("args.amount", .greater, "500")]))]))
        #expect(policy.decide("t", #"{"amount":"5"}"#).obligations?.approvals.count == 1)
    }
}
