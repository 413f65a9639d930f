import PolicyEngine
import PolicyFiles
import WireJSON

extension Importer {
    private static let windows: [String: LimitWindow] = [
        "minute": .seconds(60), "hour": .seconds(3_600), "day": .seconds(86_400),
    ]

    /// `5/hour`: so many calls in each hour of the calendar.
    mutating func rateLimit(_ place: Located, _ message: String?, of tool: String?) -> LimitRule? {
        guard let text = text(place, "rate_limit") else { return nil }
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.allSatisfy({ $0 &- 0x30 < 10 }), let count = Int64(parts[0]), count > 0,
            count <= Int64.max / PolicyBounds.unit
        else {
            refuse("`rate_limit` is a whole number and a window such as \"5/hour\", not `\(text)`", at: place)
            return nil
        }
        guard let window = window(String(parts[1]), at: place) else { return nil }
        return LimitRule(
            counter: counter("_rate_\(parts[1])", of: tool), window: window, max: count * PolicyBounds.unit,
            scope: scope,
            alignment: .calendar, onDeny: message)
    }

    /// A counter with what bounds it.
    mutating func limit(
        _ place: Located, bounded bounds: [StateBound], _ message: String?, of tool: String?
    ) -> LimitRule? {
        guard let members = members(of: place, "`state`", ["counter", "window", "increment", "increment_from"]) else {
            return nil
        }
        let values = Dictionary(members.map { ($0.key, $0.value) }) { first, _ in first }
        guard let name = values["counter"].flatMap({ text($0, "counter") }), !name.isEmpty,
            let windowPlace = values["window"], let windowText = text(windowPlace, "window"),
            let window = window(windowText, at: windowPlace)
        else {
            refuse("`state` has a `counter` and a `window`", at: place)
            return nil
        }
        let own = "state.\(tool ?? "_global").\(name)"
        for bound in bounds where !bound.path.utf8.elementsEqual(own.utf8) {
            refuse("`\(bound.path)` is counted by another rule; here a rule limits what it counts", at: bound.place)
        }
        let maxima = bounds.filter { $0.path.utf8.elementsEqual(own.utf8) }.map { maximum(of: $0) }
        guard let max = maxima.compactMap({ $0 }).min() else {
            if maxima.isEmpty {
                refuse("`\(own)` is counted and never limited", at: place, "add `{ path: \(own), op: lte, value: N }`")
            }
            return nil
        }
        guard let amount = amount(values) else { return nil }
        return LimitRule(
            counter: counter(name, of: tool), window: window, max: max, scope: scope,
            amount: amount == .fixed(PolicyBounds.unit) ? nil : amount, alignment: .calendar, onDeny: message)
    }

    /// The most that may be counted, in millionths: the original counts in whole numbers.
    private mutating func maximum(of bound: StateBound) -> Int64? {
        guard bound.op == "lt" || bound.op == "lte" else {
            refuse("a counter is limited by `lt` or `lte`; `\(bound.op)` cannot be carried over", at: bound.place)
            return nil
        }
        guard case .number(let text) = bound.value.content,
            let value = ExactDecimal(text)?.scaled(places: PolicyBounds.amountPlaces), value >= 0
        else {
            refuse("a counter is limited by a number from 0 on", at: bound.value)
            return nil
        }
        let whole = value / PolicyBounds.unit * PolicyBounds.unit
        let max = bound.op == "lt" ? whole - PolicyBounds.unit : whole
        guard max >= 0 else {
            refuse("this denies every call", at: bound.value, "write `action: deny`")
            return nil
        }
        return max
    }

    private mutating func amount(_ values: [String: Located]) -> LimitRule.Amount? {
        if let from = values["increment_from"] {
            return text(from, "increment_from").flatMap { path($0, at: from) }.map { .argument($0) }
        }
        guard let place = values["increment"] else { return .fixed(PolicyBounds.unit) }
        guard case .number(let text) = place.content, let whole = Int64(text), whole >= 0,
            whole <= PolicyBounds.largestAmount
        else {
            refuse("`increment` is a whole number from 0 on", at: place)
            return nil
        }
        // 0 is what the original takes for not written.
        return .fixed(max(whole, 1) * PolicyBounds.unit)
    }

    private mutating func window(_ text: String, at place: Located) -> LimitWindow? {
        if let window = Self.windows[text] { return window }
        refuse(
            "a window is `minute`, `hour` or `day`, not `\(text)`", at: place,
            Spelling.suggestion(text, among: Self.windows.keys.sorted()))
        return nil
    }

    /// Counters of the original belong to a tool, or to all of them.
    private func counter(_ name: String, of tool: String?) -> String { "\(tool ?? "_global").\(name)" }
}
