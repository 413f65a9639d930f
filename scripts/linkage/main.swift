import PolicyEngine
import WireJSON

// The smallest program that decides a call: scripts/linkage.sh shows what it links.

let path = try PolicyPath("args.amount")
let overCap = Condition.comparison(try Comparison(path: path, op: .greater, value: try JSON(Array("100".utf8))))
let pattern = Condition.comparison(
    try Comparison(path: try PolicyPath("args.note"), op: .regex, value: try JSON(Array("\"(?i)urgent\"".utf8))))
guard let tool = ToolName("refund"), let names = NamePattern("refund") else { preconditionFailure("a name") }
let group = RuleGroup(denyIf: [ConditionRule(conditions: [.any([overCap, pattern])], onDeny: "too much")])
let section = RuleSection(standing: .deny, entries: [RuleSection.Entry(names, group)])
let policy = try Policy(compiling: PolicyDocument(tools: section), id: "linkage", version: 1)
let call = try JSON(Array(#"{"amount": 101, "note": "please"}"#.utf8))
let context = PolicyContext(tool: tool, serverName: "billing", grantLabel: "laptop")
switch policy.rules(for: tool, inputSchema: nil).decide(PolicyRequest(arguments: call, context: context)) {
case .denied(let denial): print("denied by \(denial.rule): \(denial.message)")
case .permitted: print("permitted")
}
