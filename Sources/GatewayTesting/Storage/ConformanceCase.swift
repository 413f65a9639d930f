/// One promise of a port, to be tried on any implementation of it.
public struct ConformanceCase<Subject: Sendable>: Sendable, CustomStringConvertible {
    /// The promise in words.
    public let promise: String
    private let body: @Sendable (Subject) async throws -> Void

    init(_ promise: String, _ body: @escaping @Sendable (Subject) async throws -> Void) {
        self.promise = promise
        self.body = body
    }

    public var description: String { promise }

    /// Tries the promise; throws ``ConformanceFailure`` when it is not kept.
    public func check(_ subject: Subject) async throws {
        try await body(subject)
    }
}

/// What an implementation did instead of what its port promises.
public struct ConformanceFailure: Error, Equatable, CustomStringConvertible {
    public let description: String
}

/// The ports' promises, case by case, for a test of each implementation to run through.
///
/// ```swift
/// @Test(arguments: StoreConformance.counters)
/// func counters(promise: ConformanceCase<CounterStoreFixture>) async throws {
///     try await promise.check(CounterStoreFixture { clock in MyCounters(clock: clock) })
/// }
/// ```
public enum StoreConformance {}

/// Fails the case unless the claim holds.
func expect(_ claim: Bool, _ failure: @autoclosure () -> String) throws(ConformanceFailure) {
    guard claim else { throw ConformanceFailure(description: failure()) }
}

/// Fails the case unless both are the same.
func expect<Value: Equatable>(_ value: Value, is expected: Value, _ what: String) throws(ConformanceFailure) {
    try expect(value == expected, "\(what): expected \(expected), got \(value)")
}
