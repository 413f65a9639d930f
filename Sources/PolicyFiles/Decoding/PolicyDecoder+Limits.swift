import PolicyEngine
import WireJSON

extension PolicyDecoder {
    mutating func limitRule(_ place: Located) -> LimitRule? {
        let known = ["counter", "window", "max", "scope", "amount", "increment_from", "align", "on_deny"]
        guard let fields = fields(of: place, "a limit", known) else { return nil }
        require(["counter", "window", "max"], in: fields, "a limit", at: place)
        if fields["amount"] != nil, let other = fields.member("increment_from") {
            problems.error("`increment_from` is another name of `amount`; write one of them", at: other.at)
        }
        let counter = text(fields["counter"], "counter")
        let window = window(fields["window"])
        let max = quantity(fields["max"], "max")
        let scope: LimitScope? = word(fields["scope"], "scope")
        let amount = amount(fields["amount"], "amount") ?? amount(fields["increment_from"], "increment_from")
        let alignment: LimitAlignment? = word(fields["align"], "align")
        let onDeny = text(fields["on_deny"], "on_deny")
        guard let counter, let window, let max else { return nil }
        let limit = LimitRule(
            counter: counter, window: window, max: max, scope: scope, amount: amount, alignment: alignment,
            onDeny: onDeny)
        report(limit.problems(at: place.pointer), in: place)
        return limit
    }

    /// The shorthand `rate_limit`: an object, or text such as `10/minute`.
    mutating func rateLimit(_ place: Located) -> RateLimit? {
        if case .text(let text) = place.content { return rateLimit(text, place) }
        guard place.members != nil else {
            problems.error("`rate_limit` is an object or text such as \"10/minute\", not \(place.noun)", at: place)
            return nil
        }
        guard let fields = fields(of: place, "`rate_limit`", ["max", "window", "scope"]) else { return nil }
        require(["max", "window"], in: fields, "`rate_limit`", at: place)
        let max = quantity(fields["max"], "max")
        let window = window(fields["window"])
        let scope: LimitScope? = word(fields["scope"], "scope")
        guard let max, let window else { return nil }
        let limit = RateLimit(max: max, window: window, scope: scope)
        report(limit.problems(at: place.pointer), in: place)
        return limit
    }

    private mutating func rateLimit(_ text: String, _ place: Located) -> RateLimit? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let max = ExactDecimal(String(parts[0]))?.scaled(places: PolicyBounds.amountPlaces),
            max >= 0
        else {
            problems.error("`rate_limit` is text such as \"10/minute\", not `\(text)`", at: place)
            return nil
        }
        guard let window = WindowSpelling.window(String(parts[1])) else {
            let nearest = Spelling.nearest(to: String(parts[1]), among: WindowSpelling.names).map {
                "\(parts[0])/\($0)"
            }
            problems.error("unknown window `\(parts[1])`", at: place, nearest: nearest)
            return nil
        }
        return RateLimit(max: max, window: window)
    }

    mutating func window(_ place: Located?) -> LimitWindow? {
        guard let place else { return nil }
        switch place.content {
        case .number(let number):
            if let seconds = Int64(number), seconds >= 1, seconds <= PolicyBounds.longestWindow {
                return .seconds(seconds)
            }
            problems.error("a window is a whole number of seconds from 1 to \(PolicyBounds.longestWindow)", at: place)
        case .text(let text):
            if let window = WindowSpelling.window(text) { return window }
            let nearest = Spelling.nearest(to: text, among: WindowSpelling.names)
            problems.error("unknown window `\(text)`", at: place, nearest: nearest)
        case .mapping, .sequence, .bool, .null:
            problems.error(
                "`window` is a name, a number of seconds or text such as \"15m\", not \(place.noun)", at: place)
        }
        return nil
    }

    private mutating func amount(_ place: Located?, _ what: String) -> LimitRule.Amount? {
        guard let place else { return nil }
        if case .text = place.content { return path(place, what).map { .argument($0) } }
        return quantity(place, what).map { .fixed($0) }
    }

    /// A non-negative number of at most six places, in millionths.
    mutating func quantity(_ place: Located?, _ what: String) -> Int64? {
        guard let place else { return nil }
        guard case .number(let number) = place.content else {
            problems.error("`\(what)` is a number, not \(place.noun)", at: place)
            return nil
        }
        guard number.utf8.first != UInt8(ascii: "-") else {
            problems.error("`\(what)` is not negative", at: place)
            return nil
        }
        guard let quantity = ExactDecimal(number)?.scaled(places: PolicyBounds.amountPlaces) else {
            problems.error(
                "`\(what)` has at most \(PolicyBounds.amountPlaces) decimal places and is at most 9000000000000",
                at: place)
            return nil
        }
        return quantity
    }
}
