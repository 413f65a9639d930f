extension PolicyDocument {
    /// The same document with every shorthand replaced by its long form.
    ///
    /// A `rate_limit` of a pattern stays: it has one counter for each tool called, which no limit can name.
    public var expanded: PolicyDocument {
        var document = self
        document.allTools = allTools.map { $0.expanded(for: nil) }
        document.tools = tools.expanded
        document.resources = resources?.expanded
        document.prompts = prompts?.expanded
        return document
    }
}

extension RuleSection {
    fileprivate var expanded: RuleSection {
        var section = self
        section.entries = entries.map { Entry($0.names, $0.group.expanded(for: $0.names)) }
        for entry in entries where entry.group.action == .hide && !hide.contains(entry.names) {
            section.hide.append(entry.names)
        }
        return section
    }
}

extension RuleGroup {
    fileprivate func expanded(for names: NamePattern?) -> RuleGroup {
        var group = self
        group.action = nil
        group.reason = nil
        switch action {
        case .deny: group.denyIf.insert(ConditionRule(conditions: [], onDeny: reason), at: 0)
        case .requireApproval: group.approveIf.insert(ApprovalRule(conditions: [], message: reason), at: 0)
        case .allow, .hide, nil: break
        }
        guard let rateLimit else { return group }
        guard let names, names.isExact else {
            group.reason = reason
            return group
        }
        var limit = rateLimit.limit(named: names.description)
        limit.onDeny = reason
        group.limits.append(limit)
        group.rateLimit = nil
        return group
    }
}
