import PolicyEngine

/// Tools that destroy or move money, allowed with nothing in their way.
extension PolicyCheck {
    mutating func lookAtGraveTools() {
        guard let tools else { return }
        var allowed: [String: [ToolDefinition]] = [:]
        var order: [String] = []
        for tool in tools.tools where isAllowedPlainly(tool.name) && appraise(tool).isGrave {
            let place = lister(of: tool.name) ?? "/default"
            if allowed[place] == nil { order.append(place) }
            allowed[place, default: []].append(tool)
        }
        for place in order {
            let found = allowed[place] ?? []
            let first = found.first.map { appraise($0) }
            let names = Wording.list(found.map(\.name))
            let what = found.count == 1 ? "is \(first?.category.rawValue ?? "")" : "are destructive or financial"
            let why = found.count == 1 ? first.map { " (\($0.evidence))" } ?? "" : ""
            let message = "\(names) \(what)\(why) and allowed with no condition"
            let suggestion = "give it a condition, a limit, `action: require_approval` or `action: deny`"
            if place == "/default" {
                findings.warn(message, of: place, suggestion)
            } else {
                findings.warn(message, ofKey: place, suggestion)
            }
        }
    }

    /// Visible, and no rule of its own holds it back. A limit on all tools together is none of its own.
    private func isAllowedPlainly(_ tool: ToolName) -> Bool {
        guard !isHidden(tool), lister(of: tool) != nil || document.tools.standing == .allow else { return false }
        return sources.applying(to: tool).allSatisfy { source in
            source.rules(for: tool.description).allSatisfy { rule in
                if case .limit = rule.effect { return source.isForAll }
                return false
            }
        }
    }

    /// The key that lists a tool: an exact one before patterns.
    private func lister(of tool: ToolName) -> String? {
        let listing = sources.applying(to: tool).filter { !$0.isForAll }
        return (listing.first { $0.names?.isExact ?? false } ?? listing.first)?.pointer
    }
}
