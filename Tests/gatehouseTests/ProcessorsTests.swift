import Testing

@testable import gatehouse

/// As many loops as processors this process may run on.
struct ProcessorsTests {
    static let masks: [(status: String, count: Int?)] = [
        ("Name:\tgatehouse\nCpus_allowed:\t3\nCpus_allowed_list:\t0-1\n", 2),
        ("Cpus_allowed:\t2\n", 1),
        ("Cpus_allowed:\tffffffff,0000000f\n", 36),
        ("Cpus_allowed:\t0\n", nil),
        ("Cpus_allowed:\tmany\n", nil),
        ("Name:\tgatehouse\n", nil),
    ]

    @Test("the mask of permitted processors is counted, or nothing is told", arguments: masks)
    func counting(status: String, count: Int?) {
        #expect(Processors.permitted(in: status) == count)
    }
}
