/// Many patterns, found by a name they match: exact names by hash, the others by what stands before their first `*`.
struct NameTable: Sendable {
    private let patterns: [NamePattern]
    private var exact: [[UInt8]: [Int]] = [:]
    private var byStart: [[UInt8]: [Int]] = [:]
    /// How long these starts are, each length once.
    private let startLengths: [Int]

    init(_ patterns: [NamePattern]) {
        self.patterns = patterns
        var lengths: Set<Int> = []
        for (position, pattern) in patterns.enumerated() {
            let start = Array(pattern.utf8.prefix { $0 != UInt8(ascii: "*") })
            if start.count == pattern.utf8.count {
                exact[start, default: []].append(position)
            } else {
                byStart[start, default: []].append(position)
                lengths.insert(start.count)
            }
        }
        startLengths = lengths.sorted()
    }

    /// The positions of the patterns that match the name, in their order.
    func positions(matching name: [UInt8]) -> [Int] {
        var found = exact[name] ?? []
        for length in startLengths where length <= name.count {
            let candidates = length == 0 ? byStart[[]] : byStart[Array(name[..<length])]
            found += (candidates ?? []).filter { patterns[$0].matches(name) }
        }
        return found.count > 1 ? found.sorted() : found
    }
}
