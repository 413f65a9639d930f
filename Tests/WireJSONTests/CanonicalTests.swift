import Testing
import WireJSON

@Suite("Canonical forms")
struct CanonicalTests {
    @Test("each case of the table has the forms it says", arguments: Fixture.rows("Canonical.tsv"))
    func table(row: Fixture.Row) throws {
        let value = try JSON(lenient: row.columns[0].fixtureBytes)
        #expect(text(value.canonicalExact()) == row.columns[1], "exact")
        do {
            #expect(try text(value.canonical()) == row.columns[2], "RFC 8785")
        } catch {
            #expect(error.reason.rawValue == row.columns[2], "RFC 8785")
        }
    }

    @Test("a refused number or surrogate is named by its place")
    func errors() throws {
        #expect(throws: JSONError(.numberOutOfRange, at: 6)) { try json(#"{"a": 1e400}"#).canonical() }
        #expect(throws: JSONError(.numberOutOfRange, at: 1)) { try json("[-1e999999999999999999999]").canonical() }
        #expect(throws: JSONError(.loneSurrogate, at: 2)) { try lenientJSON(#"[ "\ud800"]"#).canonical() }
        #expect(throws: JSONError(.loneSurrogate, at: 1)) { try lenientJSON(#"{"\ud800":1}"#).canonical() }
    }

    @Test("a part of a text has the form it has alone")
    func parts() throws {
        let text = try json(#"{"x":[ {"b":1.0,"a":"\u0061"} ]}"#)
        let part = try #require(text["x"]?[0])
        #expect(part.canonicalExact() == Array(#"{"a":"a","b":1}"#.utf8))
        var digested = Array("sha256 of ".utf8)
        part.appendCanonicalExact(to: &digested)
        #expect(digested == Array("sha256 of ".utf8) + part.canonicalExact())
    }

    @Test("canonical forms are JSON, stay as they are when made canonical again, and mean the same")
    func idempotent() throws {
        var random = RandomJSON(Dice("texts to make canonical"))
        for round in 0..<600 {
            random.makesAmbiguous = round % 4 == 0
            guard let value = try? JSON(lenient: random.document()) else { continue }
            let exact = try JSON(lenient: value.canonicalExact())
            #expect(text(exact.canonicalExact()) == text(exact.source))
            #expect(exact.isEqual(to: value))
            guard let doubles = try? value.canonical() else { continue }
            #expect(try text(JSON(doubles).canonical()) == text(doubles))
            // What is canonical with exact numbers is so with doubles, once more.
            #expect(try text(exact.canonical()) == text(doubles))
        }
    }
}
