import GatewayStorage
import GatewayTesting
import Testing

struct SearchTests {
    static let names: [(name: String, words: [String])] = [
        ("detach_user_policy", ["detach", "user", "policy"]), ("getUserName", ["get", "user", "name"]),
        ("HTTPServerList", ["http", "server", "list"]), ("list-s3-buckets", ["list", "s3", "buckets"]),
        ("ec2.describeInstances", ["ec2", "describe", "instances"]), ("a b/c", ["a", "b", "c"]), ("日本語", ["日本語"]),
        ("Größe", ["größe"]), ("...", []), ("", []), ("a\u{202E}b", ["a", "b"]), ("ID", ["id"]),
    ]

    @Test("names are cut into words as people read them", arguments: names)
    func words(name: String, words: [String]) {
        #expect(SearchWords.words(of: name) == words)
    }

    @Test("a long text has no more, and no longer, words than are searched for")
    func bounds() {
        let words = SearchWords.words(of: String(repeating: "word ", count: 10_000))
        #expect(words.count == StorageBounds.searchWords)
        let long = SearchWords.words(of: String(repeating: "é", count: 10_000))
        #expect(long.map(\.utf8.count) == [StorageBounds.searchWordBytes])
    }

    static let slips: [(one: String, other: String, distance: Int?)] = [
        ("detach", "detach", 0), ("detach", "detahc", 1), ("detach", "dettach", 1), ("detach", "etach", 1),
        ("detach", "detoch", 1), ("detach", "dteahc", 2), ("detach", "attach", 2), ("detach", "delete", nil),
        ("", "ab", 2),
        ("", "", 0), ("abc", "abcdef", nil),
    ]

    @Test("slips of a finger are counted up to two", arguments: slips)
    func distance(one: String, other: String, distance: Int?) {
        #expect(EditDistance.between(Array(one.utf8)[...], Array(other.utf8)[...], within: 2) == distance)
        #expect(EditDistance.between(Array(other.utf8)[...], Array(one.utf8)[...], within: 2) == distance)
    }

    @Test("masks rule out nothing that is near")
    func masks() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        let letters = Array("abcde".utf8)
        func term() -> [UInt8] {
            (0..<Int.random(in: 4...10, using: &random)).map { _ in letters[Int.random(in: 0..<5, using: &random)] }
        }
        let terms = Set((0..<2_000).map { _ in term() })
        let near = NearTerms(terms)
        for _ in 0..<200 {
            let text = term()
            let reach = NearTerms.reach(text.count)
            let all = terms.compactMap { other in
                EditDistance.between(text[...], other[...], within: reach).map { (distance: $0, other: other) }
            }.sorted {
                if $0.distance != $1.distance { return $0.distance < $1.distance }
                if $0.other.count != $1.other.count { return $0.other.count < $1.other.count }
                return $0.other.lexicographicallyPrecedes($1.other)
            }
            let expected = all.prefix(StorageBounds.nearTerms).map { String(decoding: $0.other, as: UTF8.self) }
            #expect(near.near(String(decoding: text, as: UTF8.self)) == expected, "seed \(seed)")
        }
    }
}
