/// What a request's client can do to it while it is under way: end it early, or have it slowed.
///
/// Idempotent, callable from any thread.
public struct Cancellation: Sendable {
    private let perform: @Sendable () -> Void
    private let pace: (@Sendable (Bool) -> Void)?

    /// - Parameters:
    ///   - perform: ends it: closes its stream or tells the server.
    ///   - hold: told true where its client reads more slowly than its server speaks, false once it has caught up; nil where
    ///     what is said is not only this request's and so cannot be held back.
    public init(_ perform: @escaping @Sendable () -> Void, hold: (@Sendable (Bool) -> Void)? = nil) {
        self.perform = perform
        pace = hold
    }

    /// Nothing to end.
    public static let none = Cancellation {}

    public func cancel() { perform() }

    /// Has no more read of what its server says, or goes on with it.
    public func hold(_ isHeld: Bool) { pace?(isHeld) }

    /// Only the slowing of it: for wires on which leaving is not cancelling.
    var slowing: Cancellation { Cancellation({}, hold: pace) }
}
