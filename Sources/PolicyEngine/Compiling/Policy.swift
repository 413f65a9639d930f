public import WireJSON

/// A policy ready to decide: compiled once, immutable, asked by many calls at a time.
///
///     let policy = try Policy(compiling: document, id: "iam-safe", version: 3)
///     let rules = policy.rules(for: tool, inputSchema: accepted)      // when a snapshot is made
///     switch rules.decide(request) { … }                              // for each call
///
/// An object, so that each call holds it by one reference.
public final class Policy: Sendable {
    public let id: String
    public let version: Int
    public let document: PolicyDocument

    let tools: NameIndex
    let resources: NameIndex
    let prompts: NameIndex

    /// Compiles a document, or says what in it no policy can have.
    public init(compiling document: PolicyDocument, id: String, version: Int) throws(PolicyError) {
        if let problem = document.problems.first { throw problem }
        self.id = id
        self.version = version
        self.document = document
        self.tools = NameIndex(document.tools, at: "/tools", hiddenAt: "/hide")
        self.resources = NameIndex(document.resources, named: "resources")
        self.prompts = NameIndex(document.prompts, named: "prompts")
    }

    /// Tells whether the tool exists for those whom the policy governs.
    public func visibility(of tool: ToolName) -> Visibility {
        tools.visibility(of: tool.utf8, otherwise: document.standing)
    }

    /// Gathers the rules that apply to one tool and ties them to what its accepted definition says of its arguments.
    ///
    /// Takes time in proportion to the patterns in the policy and the rules that apply; done when a snapshot is made.
    ///
    /// - Parameters:
    ///   - tool: the tool's name, as its server spells it.
    ///   - inputSchema: the `inputSchema` of the definition that was accepted; `nil` when none is known.
    public func rules(for tool: ToolName, inputSchema: JSON?) -> ToolRules {
        let subject = Subject(kind: .tool, name: tool.description)
        var binder = RuleBinder(subject, inputSchema: inputSchema, zone: document.zone)
        if let group = document.allTools { binder.add(group, at: "/all_tools", rank: .all, naming: nil) }
        binder.add(tools.entries(matching: tool.utf8))
        return binder.rules(visibility: visibility(of: tool))
    }
}

extension PolicyDocument {
    /// What happens to things that nothing lists.
    var standing: RuleSection.Standing { tools.standing ?? .deny }

    /// The zone that its hours, days and calendar windows follow.
    var zone: Zone { timezone ?? .utc }

    /// What its parts' types do not exclude and yet must not be.
    var problems: [PolicyError] {
        var problems: [PolicyError] = []
        if tools.standing == nil { problems.append(PolicyError(pointer: "/default", message: "`default` is missing")) }
        problems += allTools?.problems(at: "/all_tools") ?? []
        for (section, pointer) in [(tools, "/tools"), (resources, "/resources/rules"), (prompts, "/prompts/rules")] {
            for entry in section?.entries ?? [] {
                let token = RuleID.token(for: entry.names.description)
                problems += entry.group.problems(at: "\(pointer)/\(token)")
            }
        }
        return problems
    }
}
