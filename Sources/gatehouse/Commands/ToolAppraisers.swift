import PolicyTools
import ToolCatalogue

/// Who tells the policy commands what a tool does: the catalogue's verdict on the whole definition, among its siblings.
enum ToolAppraisers {
    /// An appraiser for one server's tools.
    static func appraiser(for tools: ToolDefinitions) -> Appraiser {
        let server = ServerContext(tools: tools.tools.compactMap { definition(of: $0) })
        let classifier = ToolClassifier()
        return { tool in
            // A definition that the catalogue cannot take is nobody's to trust.
            guard let definition = definition(of: tool) else { return ToolAppraisal.careful(tool) }
            let verdict = classifier.classify(definition, among: server)
            return ToolAppraisal(
                category: category(of: verdict), advice: advice(Recommendation(for: verdict)),
                evidence: evidence(for: verdict))
        }
    }

    private static func definition(of tool: PolicyTools.ToolDefinition) -> ToolCatalogue.ToolDefinition? {
        tool.definition.flatMap { ToolCatalogue.ToolDefinition($0) }
    }

    private static func category(of verdict: Classification) -> ToolAppraisal.Category {
        switch verdict.category {
        case .read: .read
        case .write: .write
        case .execute: .execute
        case .destructive: .destructive
        case .financial: .financial
        }
    }

    private static func advice(_ recommendation: Recommendation) -> ToolAppraisal.Advice {
        switch recommendation.action {
        case .hide: .hide
        case .approval: .requireApproval
        case .limit: .limit(max: Int(recommendation.callsAMinute ?? 0), window: 60)
        case .allow: .allow
        }
    }

    /// `high risk, by its name: delete`; what was found is the server's words, and escaped where it is shown.
    private static func evidence(for verdict: Classification) -> String {
        let risk = "\(verdict.risk.rawValue.lowercased()) risk"
        let speaking = verdict.evidence.first { $0.claim == .category(verdict.category) && !$0.found.isEmpty }
        guard let speaking else { return risk }
        return "\(risk), by its \(speaking.place.words): \(speaking.found.prefix(60))"
    }
}
