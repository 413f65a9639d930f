public import PolicyEngine

/// Makes a first policy for a server: every tool is listed by its name, and nothing passes that nobody advised.
///
/// `default: deny` keeps out whatever the server's next version brings. A tool is allowed, limited, held, denied or
/// hidden as the appraiser advises; with ``ToolAppraisal/careful(_:)`` only tools that claim to be read-only and are
/// named so are allowed, and the rest is denied or needs a person. It is a start, to be read by a person.
public enum PolicyStarter {
    /// The document, and why it says of each tool what it says.
    public struct Start: Sendable {
        public var document: PolicyDocument
        /// In the server's order.
        public var reasons: [(tool: ToolName, appraisal: ToolAppraisal)]
        /// Names that no policy can list by themselves, since `*` is a pattern: they stay unlisted, and so denied.
        public var unlisted: [ToolName]
    }

    /// - Parameter server: what the server is called, for the description.
    public static func start(
        for tools: ToolDefinitions, of server: String? = nil, appraise: Appraiser = ToolAppraisal.careful
    ) -> Start {
        var section = RuleSection(standing: .deny)
        var reasons: [(tool: ToolName, appraisal: ToolAppraisal)] = []
        var unlisted: [ToolName] = []
        for tool in tools.tools {
            guard let names = NamePattern(tool.name.description), names.isExact else {
                unlisted.append(tool.name)
                continue
            }
            let appraisal = appraise(tool)
            reasons.append((tool.name, appraisal))
            if appraisal.advice == .hide {
                section.hide.append(names)
            } else {
                section.entries.append(RuleSection.Entry(names, group(for: appraisal.advice)))
            }
        }
        let what = server.map { "of \($0) " } ?? ""
        let document = PolicyDocument(
            description: "A start, to be read: every tool \(what)with what its definition speaks for.", tools: section)
        return Start(document: document, reasons: reasons, unlisted: unlisted)
    }

    private static func group(for advice: ToolAppraisal.Advice) -> RuleGroup {
        switch advice {
        case .allow:
            RuleGroup()
        case .limit(let max, let window):
            RuleGroup(rateLimit: RateLimit(max: Int64(max) * PolicyBounds.unit, window: .seconds(window)))
        case .requireApproval:
            RuleGroup(action: .requireApproval, reason: "A person looks at calls of this tool.")
        case .deny, .hide:
            RuleGroup(action: .deny, reason: "Nobody has decided yet that agents may use this tool.")
        }
    }
}
