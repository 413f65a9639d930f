import Testing
import WireJSON

@Suite("What the readers accept and refuse")
struct ReadingTests {
    @Test("each case of the table ends as it says", arguments: Fixture.rows("Reading.tsv"))
    func table(row: Fixture.Row) throws {
        let verdict = row.columns[0]
        let bytes = row.columns[1].fixtureBytes
        let (strict, lenient) = (refusal(of: bytes), lenientRefusal(of: bytes))
        switch verdict {
        case "yes":
            #expect(strict == nil)
            #expect(lenient == nil)
        case "lenient":
            #expect(strict?.reason == .loneSurrogate)
            #expect(lenient == nil)
        default:
            #expect(strict?.reason.rawValue == verdict)
            if strict?.reason != .loneSurrogate { #expect(lenient == strict) }
        }
        if let strict { #expect((0...bytes.count).contains(strict.offset)) }
    }

    @Test("the table has every reason a text alone can be refused for")
    func everyReason() {
        let verdicts = Set(Fixture.rows("Reading.tsv").map { $0.columns[0] })
        let elsewhere: [JSONError.Reason] = [.bytes, .depth, .values, .numberOutOfRange]
        for reason in JSONError.Reason.allCases where !elsewhere.contains(reason) {
            #expect(verdicts.contains(reason.rawValue), "no case for \(reason.rawValue)")
        }
        #expect(Fixture.rows("Reading.tsv").count >= 150)
    }

    @Test(
        "an error names the byte it is about",
        arguments: [
            (#"{"n":1, "\u006e":2}"#, JSONError(.duplicateKey, at: 8)),
            (#"{"a":{"b":1,"b":2},"a":1}"#, JSONError(.duplicateKey, at: 12)),
            ("[1, 2,]", JSONError(.trailingComma, at: 6)),
            ("[1, 02]", JSONError(.number, at: 4)),
            (#"{"a": "\x"}"#, JSONError(.escape, at: 7)),
            (#""ab\ud800""#, JSONError(.loneSurrogate, at: 3)),
            ("{} {}", JSONError(.trailing, at: 3)),
            (#"{"a":1"#, JSONError(.unfinished, at: 6)),
            ("   ", JSONError(.empty, at: 3)),
            ("[1, // x\n2]", JSONError(.comment, at: 4)),
            ("\"a\u{1}\"", JSONError(.controlCharacter, at: 2)),
            ("[tree]", JSONError(.unexpected, at: 1)),
        ])
    func offsets(text: String, error: JSONError) {
        #expect(refusal(of: Array(text.utf8)) == error)
    }

    @Test("an error says what and where in words, and quotes nothing of the text")
    func messages() {
        #expect("\(JSONError(.duplicateKey, at: 17))" == "duplicate key at byte 17")
        for reason in JSONError.Reason.allCases {
            #expect(!reason.description.isEmpty)
            #expect(reason.description.first?.isLowercase == true)
            #expect(!reason.description.hasSuffix("."))
        }
    }

    @Test("every start of an accepted text is refused, and none stops the program")
    func prefixes() throws {
        let text = Array(#"{"a":[1,-2.5e+10,"x\u00e9\ud83d\ude00é😀",{"b":null,"c":true}],"d":false,"e":{}}"#.utf8)
        _ = try JSON(text)
        for end in 0..<text.count {
            #expect(refusal(of: Array(text[..<end])) != nil)
            #expect(lenientRefusal(of: Array(text[..<end])) != nil)
        }
    }

    @Test(
        "every byte in every place of a text is accepted or refused alike by both readers, where no surrogate is alone")
    func everyByte() throws {
        let text = Array(#"{"a\n":[1.5e3,"é\ud83d\ude00",true],"b":{}}"#.utf8)
        for position in text.indices {
            for byte in UInt8.min...UInt8.max {
                var changed = text
                changed[position] = byte
                let (strict, lenient) = (refusal(of: changed), lenientRefusal(of: changed))
                #expect(strict == lenient || strict?.reason == .loneSurrogate, "byte \(byte) at \(position)")
            }
        }
    }
}
