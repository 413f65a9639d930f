/// Asks again and again until the answer is yes, for what has no event of its own to wait for.
///
/// - Throws: ``WaitedTooLong`` where it is not within the deadline.
public func eventually(within deadline: Duration = .seconds(30), _ isSo: () async throws -> Bool) async throws {
    let clock = ContinuousClock()
    let end = clock.now + deadline
    while try await !isSo() {
        guard clock.now < end else { throw WaitedTooLong(last: "no") }
        await Task.yield()
    }
}
