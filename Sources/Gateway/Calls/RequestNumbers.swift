import Synchronization

/// Names requests for audit and answers: `r-` and 16 hexadecimal digits, unique in this process and unlikely elsewhere.
///
/// A random start with a counter: unguessable names are not promised, distinct ones are.
public final class RequestNumbers: Sendable {
    private let next: Atomic<UInt64>

    public init() { next = Atomic(UInt64.random(in: .min ... .max)) }

    public func make() -> String {
        let number = next.wrappingAdd(1, ordering: .relaxed).newValue
        return String(unsafeUninitializedCapacity: 18) { text in
            text[0] = UInt8(ascii: "r")
            text[1] = UInt8(ascii: "-")
            for place in 0..<16 {
                let digit = UInt8(truncatingIfNeeded: number >> (60 - 4 * UInt64(place))) & 15
                text[place + 2] = digit < 10 ? 0x30 + digit : 0x57 + digit
            }
            return 18
        }
    }
}
