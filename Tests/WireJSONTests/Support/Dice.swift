import Foundation

/// Random numbers that a seed repeats. The seed is printed; set GATEHOUSE_SEED to run with it again.
struct Dice: RandomNumberGenerator {
    private var state: UInt64
    let seed: UInt64

    init(_ purpose: String) {
        let given = ProcessInfo.processInfo.environment["GATEHOUSE_SEED"].flatMap(UInt64.init)
        seed = given ?? UInt64.random(in: 0...UInt64(UInt32.max))
        state = seed
        print("\(purpose): GATEHOUSE_SEED=\(seed)")
    }

    // SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// True once in `sides` throws.
    mutating func throwsOne(of sides: Int) -> Bool { Int.random(in: 0..<sides, using: &self) == 0 }

    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

    mutating func pick<T>(_ choices: [T]) -> T { choices[Int.random(in: 0..<choices.count, using: &self)] }
}
