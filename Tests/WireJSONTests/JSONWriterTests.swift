import Testing
import WireJSON

@Suite("Writing")
struct JSONWriterTests {
    @Test("what is written is compact, in order, with commas where they belong")
    func compact() throws {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("jsonrpc")
        writer.string("2.0")
        writer.key("id")
        writer.int(-7)
        writer.key("list")
        writer.beginArray()
        writer.bool(true)
        writer.null()
        writer.beginObject()
        writer.endObject()
        writer.beginArray()
        writer.endArray()
        writer.number(try #require(ExactDecimal("1.50")))
        writer.endArray()
        #expect(!writer.isComplete)
        writer.endObject()
        #expect(writer.isComplete)
        #expect(text(writer.bytes) == #"{"jsonrpc":"2.0","id":-7,"list":[true,null,{},[],1.5]}"#)
    }

    @Test("an integer is written as its digits", arguments: [Int.min, -1234, -10, -9, -1, 0, 9, 10, 1_000_000, .max])
    func integers(_ int: Int) {
        var writer = JSONWriter()
        writer.int(int)
        #expect(text(writer.bytes) == String(int))
    }

    @Test("a text of any length is quoted, and escaped where it must be", arguments: 0...200)
    func lengths(_ length: Int) {
        let plain = String(repeating: "abcdefghi", count: length / 9) + String(repeating: "z", count: length % 9)
        for (end, written) in [("", ""), ("\"", #"\""#), ("é", "é"), ("\n", #"\n"#)] {
            var writer = JSONWriter(reserving: 1)
            writer.string(plain + end)
            #expect(text(writer.bytes) == "\"\(plain)\(written)\"")
        }
    }

    @Test("a received key is written as it was; one with escapes as a writer would")
    func receivedKeys() throws {
        let received = try JSON(Array(#"{"plain":1,"\u0061\n":2,"é\"":3,"":4}"#.utf8))
        var writer = JSONWriter()
        writer.beginObject()
        for (key, value) in received.members {
            writer.key(key)
            writer.value(value)
        }
        writer.endObject()
        #expect(text(writer.bytes) == #"{"plain":1,"a\n":2,"é\"":3,"":4}"#)
    }

    @Test("scopes end what they begin, also when what is in them throws")
    func scopes() throws {
        struct Stop: Error {}
        var writer = JSONWriter()
        writer.object {
            $0.member("a", "x")
            $0.member("b", 1)
            $0.member("c", UInt64.max)
            $0.member("d", false)
            $0.member("e", ExactDecimal(10))
            $0.member("f", raw: Array("[ 1 ]".utf8))
            $0.key("g")
            $0.array {
                $0.int(1)
                $0.object { _ in }
            }
        }
        #expect(
            text(writer.bytes) == #"{"a":"x","b":1,"c":18446744073709551615,"d":false,"e":10,"f":[ 1 ],"g":[1,{}]}"#)

        var stopped = JSONWriter()
        #expect(throws: Stop.self) {
            try stopped.array { (_: inout JSONWriter) throws(Stop) in throw Stop() }
        }
        #expect(text(stopped.bytes) == "[]")
    }

    @Test("a value is copied exactly as received")
    func values() throws {
        let call = try json(#"{"id":1.0e0,"params":{"x" : [ 1 ],"\u0061":"\/"}}"#)
        var writer = JSONWriter()
        try writer.object {
            $0.member("id", try #require(call["id"]))
            $0.key("params")
            $0.value(try #require(call["params"]))
        }
        #expect(text(writer.bytes) == #"{"id":1.0e0,"params":{"x" : [ 1 ],"\u0061":"\/"}}"#)
    }

    @Test("every character survives being written and read, escaped only where it must be")
    func escapes() throws {
        for value in UInt32(0)...0x2FFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            var writer = JSONWriter()
            writer.string("a\(scalar)b")
            #expect(try JSON(writer.bytes).string?.utf8.elementsEqual("a\(scalar)b".utf8) == true)
            let isEscaped = value < 0x20 || scalar == "\"" || scalar == "\\"
            #expect(writer.bytes.contains(UInt8(ascii: "\\")) == isEscaped)
        }
        var writer = JSONWriter()
        writer.array {
            $0.string("\u{0}\u{8}\t\n\u{B}\u{C}\r\u{1F}\u{7F}\"\\/")
            $0.string("é日😀\u{10FFFF}")
            $0.string("")
        }
        #expect(
            text(writer.bytes) == "[\"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001f\u{7F}\\\"\\\\/\",\"é日😀\u{10FFFF}\",\"\"]")
    }

    @Test("bytes that are not UTF-8 are written as U+FFFD, those that are as they are")
    func bytes() throws {
        var writer = JSONWriter()
        writer.array {
            $0.string(utf8: Array("plain \"é\"\n".utf8))
            $0.string(utf8: [0x61, 0xFF, 0x62])
            $0.string(utf8: [0xED, 0xA0, 0x80])
            $0.string(utf8: [0xC0, 0xAF][...])
            $0.string(utf8: Array("slice".utf8)[1...3])
            $0.string(utf8: [UInt8("x".utf8.first ?? 0)].lazy.map { $0 + 1 })
        }
        let written = try JSON(writer.bytes)
        #expect(
            written.elements.map { $0.string ?? "" }
                == ["plain \"é\"\n", "a\u{FFFD}b", "\u{FFFD}\u{FFFD}\u{FFFD}", "\u{FFFD}\u{FFFD}", "lic", "y"])
    }

    @Test("random values written member by member are read back the same")
    func roundTrip() throws {
        var random = RandomJSON(Dice("values to write"))
        for _ in 0..<500 {
            let value = try JSON(random.document())
            var writer = JSONWriter(reserving: 0)
            write(value, to: &writer)
            #expect(writer.isComplete)
            let written = try JSON(writer.bytes)
            #expect(written.isEqual(to: value))
            #expect(written.canonicalExact() == value.canonicalExact())
        }
    }

    private func write(_ value: JSON, to writer: inout JSONWriter) {
        switch value.kind {
        case .object:
            writer.object { writer in
                for member in value.members {
                    writer.key(member.key.string)
                    write(member.value, to: &writer)
                }
            }
        case .array: writer.array { writer in for element in value.elements { write(element, to: &writer) } }
        case .string: writer.string(value.string ?? "")
        case .number: if let number = value.number { writer.number(number) } else { writer.value(value) }
        case .bool: writer.bool(value.bool ?? false)
        case .null: writer.null()
        }
    }

    @Test("a mistake in the order of calls stops the program")
    func mistakes() async {
        await #expect(processExitsWith: .failure) {
            var writer = JSONWriter()
            writer.beginArray()
            writer.key("a")
        }
        await #expect(processExitsWith: .failure) {
            var writer = JSONWriter()
            writer.beginObject()
            writer.int(1)
        }
        await #expect(processExitsWith: .failure) {
            var writer = JSONWriter()
            writer.beginObject()
            writer.endArray()
        }
        await #expect(processExitsWith: .failure) {
            var writer = JSONWriter()
            writer.int(1)
            writer.int(2)
        }
        await #expect(processExitsWith: .failure) {
            var writer = JSONWriter()
            writer.beginObject()
            writer.key("a")
            writer.endObject()
        }
        await #expect(processExitsWith: .failure) {
            var writer = JSONWriter()
            for _ in 0...JSONWriter.deepest { writer.beginArray() }
        }
    }
}
