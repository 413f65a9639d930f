import PolicyEngine
import WireJSON

extension PolicyDecoder {
    /// The cases of a file: a list, or an object with `cases` and the schemas they share.
    mutating func goldenCases(_ place: Located) -> [GoldenCase] {
        var cases = place
        var schemas: Located?
        if place.elements == nil {
            guard let fields = fields(of: place, "a file of cases", ["tools", "cases"]) else { return [] }
            guard let inside = fields["cases"] else {
                problems.error("`cases` is missing in a file of cases", at: place)
                return []
            }
            cases = inside
            schemas = fields["tools"]
        }
        return elements(of: cases, "cases").compactMap { goldenCase($0, schemas) }
    }

    private mutating func goldenCase(_ place: Located, _ schemas: Located?) -> GoldenCase? {
        let known = ["name", "call", "expect", "rule", "message", "charges", "approvals"]
        guard let fields = fields(of: place, "a case", known) else { return nil }
        require(["name", "call", "expect"], in: fields, "a case", at: place)
        let name = text(fields["name"], "name")
        let expectation = expectation(fields)
        guard let call = fields["call"],
            let inside = self.fields(
                of: call, "a call", ["tool", "resource", "prompt", "arguments", "schema", "context"])
        else { return nil }
        guard let target = target(inside, in: call), let name, let expectation else { return nil }
        var tool: ToolName?
        var arguments = inside["arguments"]?.json
        switch target {
        case .tool(let called): tool = called
        case .resource(let uri): arguments = Self.arguments(ofReading: uri)
        case .prompt: break
        }
        return GoldenCase(
            name: name, file: problems.file, line: place.line, target: target, arguments: arguments,
            inputSchema: (inside["schema"] ?? tool.flatMap { schemas?[$0.description] })?.json,
            context: context(inside["context"], of: tool),
            expectation: expectation)
    }

    /// The one of `tool`, `resource` and `prompt` that a call has.
    private mutating func target(_ call: Fields, in place: Located) -> GoldenCase.Target? {
        let named = ["tool", "resource", "prompt"].filter { call[$0] != nil }
        guard named.count == 1, let kind = named.first, let name = text(call[kind], kind), !name.isEmpty else {
            problems.error("a call has one of `tool`, `resource` and `prompt`", at: place)
            return nil
        }
        switch kind {
        case "resource":
            if let arguments = call.member("arguments") {
                problems.error("a resource is read without `arguments`", at: arguments.at)
            }
            return .resource(name)
        case "prompt":
            return .prompt(name)
        case _:
            if let tool = ToolName(name) { return .tool(tool) }
            problems.error("a name has at most \(PolicyBounds.nameBytes) bytes", at: place)
            return nil
        }
    }

    private static func arguments(ofReading uri: String) -> JSON? {
        var writer = JSONWriter()
        writer.object { $0.member("uri", uri) }
        return try? JSON(writer.bytes)
    }

    private enum Expected: String, CaseIterable {
        case visible, hidden, unlisted, allow, deny
    }

    private mutating func expectation(_ fields: Fields) -> GoldenCase.Expectation? {
        guard let expected: Expected = word(fields["expect"], "expect") else { return nil }
        let allowed: [String] =
            switch expected {
            case .allow: ["charges", "approvals"]
            case .deny: ["rule", "message"]
            case .visible, .hidden, .unlisted: []
            }
        for key in ["rule", "message", "charges", "approvals"] where !allowed.contains(key) {
            guard let member = fields.member(key) else { continue }
            problems.error("`\(key)` does not go with `expect: \(expected.rawValue)`", at: member.at)
        }
        switch expected {
        case .visible: return .visible
        case .hidden: return .hidden
        case .unlisted: return .unlisted
        case .deny:
            let rule = text(fields["rule"], "rule").map { RuleID(pointer: $0) }
            return .deny(rule: rule, message: text(fields["message"], "message"))
        case .allow:
            let charges = fields["charges"].map { place in elements(of: place, "charges").compactMap { charge($0) } }
            let approvals = fields["approvals"].map { place in
                elements(of: place, "approvals").compactMap {
                    text($0, elementOf: "approvals").map { RuleID(pointer: $0) }
                }
            }
            return .allow(charges: charges, approvals: approvals)
        }
    }

    private mutating func charge(_ place: Located) -> GoldenCase.ExpectedCharge? {
        guard let fields = fields(of: place, "a charge", ["counter", "amount", "max", "window"]) else { return nil }
        guard let counter = text(fields["counter"], "counter") else {
            problems.error("`counter` is missing in a charge", at: place)
            return nil
        }
        return GoldenCase.ExpectedCharge(
            counter: counter,
            amount: quantity(fields["amount"], "amount") ?? PolicyBounds.unit,
            max: quantity(fields["max"], "max"),
            window: window(fields["window"]))
    }

    private mutating func context(_ place: Located?, of tool: ToolName?) -> PolicyContext {
        var context = PolicyContext(tool: tool, serverName: "server", grantLabel: "grant")
        guard let place, let fields = fields(of: place, "a context", ["tool", "server", "grant", "principal", "time"])
        else {
            return context
        }
        if let tool = part(fields["tool"], "tool", ["category", "risk"]) {
            context.toolCategory = text(tool["category"], "category")
            context.toolRisk = text(tool["risk"], "risk")
        }
        if let server = part(fields["server"], "server", ["name"]), let name = text(server["name"], "name") {
            context.serverName = name
        }
        if let grant = part(fields["grant"], "grant", ["label", "tags"]) {
            context.grantLabel = text(grant["label"], "label") ?? context.grantLabel
            for tag in grant["tags"]?.members ?? [] { context.grantTags[tag.key] = text(tag.value, elementOf: "tags") }
        }
        if let principal = part(fields["principal"], "principal", ["id", "email"]) {
            context.principalID = text(principal["id"], "id")
            context.principalEmail = text(principal["email"], "email")
        }
        if let place = fields["time"], let written = text(place, "time") {
            context.time = Timestamp(written)?.milliseconds
            if context.time == nil {
                problems.error("`time` is an RFC 3339 time such as 2026-07-28T12:00:00Z", at: place)
            }
        }
        return context
    }

    private mutating func part(_ place: Located?, _ name: String, _ known: [String]) -> Fields? {
        place.flatMap { fields(of: $0, "`\(name)`", known) }
    }
}
