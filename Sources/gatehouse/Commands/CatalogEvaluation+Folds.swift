import ToolCatalogue

extension CatalogEvaluation {
    /// One labelled tool with the verdict on it.
    typealias Judged = (label: CatalogLabels.Label, verdict: Classification)

    /// Each server judged by levels that only the others' labels set: what stays of the agreement when no label of a
    /// server has been seen.
    ///
    /// The words of a verdict, that is its category and what raises or lowers it, are kept; the level that such words
    /// mean is taken anew, by majority, from the tools of all other servers. Where fewer than `least` of those share the
    /// words, the verdict's own level stands.
    static func leavingServersOut(_ judged: [Judged], least: Int = 3) -> CatalogEvaluation {
        struct Words: Hashable {
            let category: ToolCatalogue.Category
            let claims: Set<Evidence.Claim>
        }
        func words(_ verdict: Classification) -> Words {
            let claims = verdict.evidence.map(\.claim).filter {
                if case .category = $0 { false } else { true }
            }
            return Words(category: verdict.category, claims: Set(claims))
        }
        var counts: [Words: [String: [Risk: Int]]] = [:]
        for tool in judged {
            counts[words(tool.verdict), default: [:]][tool.label.server, default: [:]][tool.label.risk, default: 0] += 1
        }
        var evaluation = CatalogEvaluation()
        for tool in judged {
            var levels: [Risk: Int] = [:]
            for (server, itsLevels) in counts[words(tool.verdict)] ?? [:] where server != tool.label.server {
                levels.merge(itsLevels, uniquingKeysWith: +)
            }
            let most = levels.max { ($0.value, $0.key) < ($1.value, $1.key) }
            let isKnown = levels.values.reduce(0, +) >= least
            let risk = isKnown ? most?.key ?? tool.verdict.risk : tool.verdict.risk
            evaluation.record(
                tool.label,
                Classification(
                    category: tool.verdict.category, risk: risk, confidence: tool.verdict.confidence,
                    evidence: tool.verdict.evidence))
        }
        return evaluation
    }

    /// The share of tools whose risk is as labelled, server by server, as the lowest, the middle and the highest.
    static func spread(_ judged: [Judged]) -> String {
        let shares = Dictionary(grouping: judged, by: \.label.server).values.map { tools in
            (part: tools.count { $0.label.risk == $0.verdict.risk }, whole: tools.count)
        }.sorted { $0.part * $1.whole < $1.part * $0.whole }
        guard let first = shares.first, let last = shares.last else { return "" }
        let middle = shares[shares.count / 2]
        let figures = [first, middle, last].map { CatalogText.perCent($0.part, of: $0.whole) }
        return "  risk as labelled, by server: lowest \(figures[0]), middle \(figures[1]), highest \(figures[2])"
    }
}
