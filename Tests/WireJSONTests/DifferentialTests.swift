import Testing
import WireJSON

// Python's json is the reader most tool servers have. Where it and this one could see different values, a policy
// would judge another call than the server runs.
@Suite("Compared with Python's json")
struct DifferentialTests {
    @Test("random texts are accepted by both and mean the same, or refused by both")
    func randomTexts() throws {
        let python = try Python("reference.py")
        var random = RandomJSON(Dice("texts for Python"))
        var (accepted, refused) = (0, 0)
        for round in 0..<1500 {
            random.makesAmbiguous = round % 3 == 0
            let document = random.document()
            for text in [document] + (0..<4).map({ _ in random.mutant(of: document) }) {
                if try agree(on: text, python) { accepted += 1 } else { refused += 1 }
            }
        }
        try python.end()
        print("accepted by both: \(accepted), refused by both: \(refused)")
        #expect(accepted > 1000 && refused > 1000, "the texts are not all of one kind")
    }

    @Test("numbers are the same doubles, and written the same")
    func doubles() throws {
        let python = try Python("reference.py")
        var dice = Dice("doubles for Python")
        for _ in 0..<40 {
            let numbers = (0..<100).compactMap { _ in number(&dice) }
            #expect(try agree(on: Array("[\(numbers.joined(separator: ","))]".utf8), python))
        }
        try python.end()
    }

    /// A finite double in its shortest digits, the middle between it and the next, or a digit beside either.
    private func number(_ dice: inout Dice) -> String? {
        let double = Double(
            bitPattern: dice.throwsOne(of: 3) ? dice.next() : (dice.next() & 0x800F_FFFF_FFFF_FFFF) | 0x3FF0 << 48)
        guard double.isFinite, double.nextUp.isFinite else { return nil }
        guard (1..<2).contains(double.magnitude) else { return double.description }
        // From 1 to 2 a half step is 2^-53, whose decimal ends in 5 after 53 places.
        let halfSteps = UInt64((double.magnitude - 1) * 0x1p53) | 1
        var middle = "1."
        var rest = halfSteps
        for _ in 0..<53 {
            middle += "\(rest * 10 >> 53)"
            rest = rest * 10 & (1 << 53 - 1)
        }
        return (double < 0 ? "-" : "")
            + dice.pick([
                middle, middle + "1", String(middle.dropLast()) + "4999", middle + "e-290", "\(double.magnitude)",
            ])
    }

    @Test("the table of cases is Python's too", arguments: [Fixture.rows("Reading.tsv")])
    func table(rows: [Fixture.Row]) throws {
        let python = try Python("reference.py")
        for row in rows { _ = try agree(on: row.columns[1].fixtureBytes, python) }
        try python.end()
    }

    /// Whether both accept the text. Records it if they disagree in anything.
    private func agree(on bytes: [UInt8], _ python: Python) throws -> Bool {
        let answer = try python.ask(bytes)
        let its = answer.dropFirst().split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map {
            text($0)
        }
        let isAccepted = answer.first == UInt8(ascii: "A")
        do {
            let value = try JSON(bytes)
            #expect(isAccepted, "Python refuses \(text(bytes)): \(text(answer.dropFirst()))")
            guard isAccepted else { return true }
            #expect(text(value.canonicalExact()) == its[0], "of \(text(bytes))")
            #expect(((try? value.canonical()).map { text($0) } ?? "") == its[1], "of \(text(bytes))")
        } catch {
            #expect(!isAccepted, "\(error), but Python accepts \(text(bytes))")
        }
        return isAccepted
    }
}
