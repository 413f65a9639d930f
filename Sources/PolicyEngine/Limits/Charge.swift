/// An amount to be counted against a limit before the call is sent.
///
/// ``max`` and ``amount`` are in millionths (``PolicyBounds/amountPlaces``), so that money is exact.
public struct Charge: Sendable, Hashable {
    public var counter: String
    public var window: LimitWindow
    public var max: Int64
    public var amount: Int64
    public var scope: LimitScope
    public var alignment: LimitAlignment
    /// The zone whose days and months a calendar window follows; `nil` is UTC.
    public var zone: Zone?
    /// The limit that owes it; of several with the same counter, the tightest.
    public var rule: RuleID
    /// What the agent is told when the limit is exhausted, if the policy says.
    public var message: String?

    public init(
        counter: String,
        window: LimitWindow,
        max: Int64,
        amount: Int64,
        scope: LimitScope = .grant,
        alignment: LimitAlignment = .sliding,
        zone: Zone? = nil,
        rule: RuleID,
        message: String? = nil
    ) {
        self.counter = counter
        self.window = window
        self.max = max
        self.amount = amount
        self.scope = scope
        self.alignment = alignment
        self.zone = zone
        self.rule = rule
        self.message = message
    }
}
