/// Tells what a tool does and how dangerous it is, from its definition alone: pure, deterministic, without network or
/// model.
///
/// Every word of a definition is somebody else's claim. What contradicts itself is judged by the worse reading, what
/// nobody can read is never harmless, and a hint of the server is evidence, not the verdict.
///
///     let server = ServerContext(tools: definitions)
///     let verdict = ToolClassifier().classify(definitions[0], among: server)
///
/// Takes microseconds for a definition of usual size, and no more than ``CatalogueBounds`` allows for any.
public struct ToolClassifier: Sendable {
    public init() {}

    public func classify(_ definition: ToolDefinition, among server: ServerContext = .none) -> Classification {
        var material = Material(definition, among: server)
        let category = CategoryJudge(material)
        if category.isByText { material.heedText() }
        let risk = RiskJudge(material, act: category.act ?? .manage, category: category.category)
        var evidence: [Evidence] = []
        for piece in category.evidence + risk.evidence where !evidence.contains(piece) { evidence.append(piece) }
        var confidence = category.confidence
        if material.schema.isCut || material.text.isCut && material.text.lead == nil {
            confidence -= 0.1
            evidence.append(Evidence(.schema(""), "", .raises(.cutShort)))
        }
        return Classification(
            category: category.category, risk: risk.risk, confidence: min(max(confidence, 0.05), 0.98),
            evidence: Array(evidence.prefix(CatalogueBounds.evidence)))
    }
}
