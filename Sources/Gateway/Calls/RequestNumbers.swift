import Synchronization

/// Names requests for audit and answers: `r-` and 16 hexadecimal digits, unique in this process and unlikely elsewhere.
///
/// A random start with a counter: unguessable names are not promised, distinct ones are.
public final class RequestNumbers: Sendable {
    private let next: Atomic<UInt64>

    public init() { next = Atomic(UInt64.random(in: .min ... .max)) }

    public func make() -> String {
        let number = next.wrappingAdd(1, ordering: .relaxed).newValue
        let digits = String(number, radix: 16)
        return "r-" + String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
