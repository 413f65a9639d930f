extension PolicyDocument {
    /// The same document with every shorthand replaced by its long form.
    ///
    /// A `rate_limit` of a pattern of tools or prompts stays: it has one counter for each one called, which no limit can
    /// name.
    public var expanded: PolicyDocument {
        var document = self
        document.allTools = allTools.map { $0.expanded(.tool, for: nil) }
        document.tools = tools.expanded(.tool)
        document.resources = resources?.expanded(.resource)
        document.prompts = prompts?.expanded(.prompt)
        return document
    }
}

extension RuleSection {
    fileprivate func expanded(_ kind: Subject.Kind) -> RuleSection {
        var section = self
        section.entries = entries.map { Entry($0.names, $0.group.expanded(kind, for: $0.names)) }
        for entry in entries where entry.group.action == .hide && !hide.contains(entry.names) {
            section.hide.append(entry.names)
        }
        return section
    }
}

extension RuleGroup {
    fileprivate func expanded(_ kind: Subject.Kind, for names: NamePattern?) -> RuleGroup {
        var group = self
        group.action = nil
        group.reason = nil
        switch action {
        case .deny: group.denyIf.insert(ConditionRule(conditions: [], onDeny: reason), at: 0)
        case .requireApproval: group.approveIf.insert(ApprovalRule(conditions: [], message: reason), at: 0)
        case .allow, .hide, nil: break
        }
        guard let rateLimit else { return group }
        guard let names, names.isExact || kind == .resource else {
            group.reason = reason
            return group
        }
        var limit = rateLimit.limit(on: Subject.rateCounter(kind, names.description))
        limit.onDeny = reason
        group.limits.append(limit)
        group.rateLimit = nil
        return group
    }
}
