import Testing
import WireJSON

// Hostile A11: depth 10,000; a 10 MB string; a million keys; keys made to collide.
@Suite("Bounds of the readers")
struct LimitTests {
    @Test("a request is read 64 levels deep and no deeper")
    func depth() {
        #expect(refusal(of: nested(64)) == nil)
        #expect(refusal(of: nested(65)) == JSONError(.depth, at: 64))
        #expect(refusal(of: nested(10_000)) == JSONError(.depth, at: 64))
    }

    @Test("an upstream's answer is read 512 levels deep and no deeper")
    func upstreamDepth() {
        #expect(lenientRefusal(of: nested(512)) == nil)
        #expect(lenientRefusal(of: nested(513)) == JSONError(.depth, at: 512))
    }

    @Test("objects and arrays count alike for depth, and what has ended no longer counts")
    func depthCounting() {
        let limits = JSONLimits(depth: 2)
        #expect(refusal(of: Array(#"{"a":[]}"#.utf8), limits: limits) == nil)
        #expect(refusal(of: Array(#"{"a":[{}]}"#.utf8), limits: limits) == JSONError(.depth, at: 6))
        #expect(refusal(of: Array("[[],[],[[]]]".utf8), limits: limits) == JSONError(.depth, at: 8))
        #expect(refusal(of: Array("[{},{},[],[]]".utf8), limits: limits) == nil)
        #expect(refusal(of: Array("1".utf8), limits: JSONLimits(depth: 0)) == nil)
        #expect(refusal(of: Array("[]".utf8), limits: JSONLimits(depth: 0)) == JSONError(.depth, at: 0))
    }

    @Test("brackets that never end are refused at the first too many")
    func openBrackets() {
        #expect(refusal(of: Array(repeating: UInt8(ascii: "["), count: 1_000_000)) == JSONError(.depth, at: 64))
        let objects = Array(String(repeating: #"{"a":"#, count: 200_000).utf8)
        #expect(refusal(of: objects) == JSONError(.depth, at: 64 * 5))
    }

    @Test("the deepest text any limit allows is read, compared and written canonically without running out of stack")
    func deepest() throws {
        let deep = try JSON(nested(1024), limits: JSONLimits(depth: 1024))
        #expect(deep.canonicalExact() == nested(1024))
        #expect(try deep.canonical() == nested(1024))
        #expect(deep.isEqual(to: try JSON(Array(" ".utf8) + nested(1024), limits: JSONLimits(depth: 1024))))
    }

    @Test("a text of 4 MiB is read and one byte more is not, before anything else is looked at")
    func bytes() {
        let limit = 4 << 20
        #expect(refusal(of: quoted(limit - 2)) == nil)
        #expect(refusal(of: quoted(limit - 1)) == JSONError(.bytes, at: limit))
        #expect(refusal(of: quoted(10_000_000)) == JSONError(.bytes, at: limit))
        #expect(refusal(of: Array(repeating: 0xFF, count: limit + 1)) == JSONError(.bytes, at: limit))
        #expect(lenientRefusal(of: quoted(10_000_000)) == nil)
    }

    @Test("values are counted, containers among them and keys not")
    func values() {
        let text = Array(#"{"a":[1,2],"b":{"c":null}}"#.utf8)
        #expect(refusal(of: text, limits: JSONLimits(values: 6)) == nil)
        #expect(refusal(of: text, limits: JSONLimits(values: 5)) == JSONError(.values, at: 20))
        #expect(refusal(of: text, limits: JSONLimits(values: 0)) == JSONError(.values, at: 0))
    }

    @Test("a million values are read and one more is not")
    func millionValues() {
        #expect(refusal(of: array(of: 999_999)) == nil)
        #expect(refusal(of: array(of: 1_000_000)) == JSONError(.values, at: 2 * 999_999 + 1))
    }

    @Test("as many keys as a request can have take no more than a few seconds even in a debug build")
    func manyKeys() throws {
        var text = Array("{".utf8)
        var count = 0
        while text.count < 4_190_000 {
            if count > 0 { text.append(UInt8(ascii: ",")) }
            text += "\"\(String(count, radix: 36))\":0".utf8
            count += 1
        }
        let unique = text + Array("}".utf8)
        let double = text + Array(",\"7\":0}".utf8)
        let clock = ContinuousClock()
        let time = clock.measure {
            #expect(refusal(of: unique) == nil)
            #expect(refusal(of: double) == JSONError(.duplicateKey, at: text.count + 1))
        }
        #expect(time < .seconds(20))
        #expect(try JSON(unique).count == count)
        #expect(count > 400_000)
    }

    @Test("keys of one length, with one start and one end, are told apart in time that grows with their number only")
    func likeKeys() {
        // What a hash that is not seeded, or is not over all bytes, would make collide.
        let keys = (0..<20_000).map { "\"aaaaaaaaaaaaaaaa\(String($0 + 100_000))zzzzzzzzzzzzzzzz\":0" }
        let text = Array("{\(keys.joined(separator: ","))}".utf8)
        let time = ContinuousClock().measure { #expect(refusal(of: text) == nil) }
        #expect(time < .seconds(10))
    }

    @Test("escaped keys are unescaped once each, however many and long")
    func escapedKeys() {
        let long = String(repeating: #"\u0061"#, count: 2_000)
        let keys = (0..<300).map { "\"\(long)\($0)\":0" }
        let text = Array("{\(keys.joined(separator: ","))}".utf8)
        let time = ContinuousClock().measure { #expect(refusal(of: text) == nil) }
        #expect(time < .seconds(20))
    }

    @Test(
        "a duplicate is found among any number of keys, wherever it is",
        arguments: [2, 3, 15, 16, 17, 18, 31, 32, 33, 64, 65, 100, 1000])
    func duplicates(count: Int) throws {
        for (first, second) in [(0, 1), (0, count - 1), (count / 2, count - 1), (count - 2, count - 1)]
        where first < second {
            for escaped in [false, true] {
                var keys = (0..<count).map { "k\($0)" }
                keys[second] = keys[first]
                if escaped { keys[first] = "\\u006b\(first)" }
                var text = "{"
                var offset = 0
                for (position, key) in keys.enumerated() {
                    if position > 0 { text += "," }
                    if position == second { offset = text.utf8.count }
                    text += "\"\(key)\":{}"
                }
                #expect(refusal(of: Array("\(text)}".utf8)) == JSONError(.duplicateKey, at: offset))
            }
        }
    }

    private func nested(_ depth: Int) -> [UInt8] {
        Array(repeating: UInt8(ascii: "["), count: depth) + Array(repeating: UInt8(ascii: "]"), count: depth)
    }

    private func quoted(_ count: Int) -> [UInt8] {
        [UInt8(ascii: "\"")] + Array(repeating: UInt8(ascii: "a"), count: count) + [UInt8(ascii: "\"")]
    }

    private func array(of count: Int) -> [UInt8] {
        Array("[".utf8) + Array(repeatElement("1".utf8, count: count).joined(separator: ",".utf8)) + Array("]".utf8)
    }
}
