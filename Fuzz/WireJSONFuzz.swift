// Compiled into one module with Sources/WireJSON by scripts/fuzz.sh, so there is nothing to import.

/// What must hold for any bytes at all; libFuzzer calls this with as many as it can think of.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    let strict = try? JSON(bytes)
    let lenient = try? JSON(lenient: bytes)
    if let strict {
        guard let lenient else { preconditionFailure("what the strict reader accepts the lenient one accepts") }
        precondition(strict.canonicalExact() == lenient.canonicalExact(), "both readers see the same value")
        precondition(strict.isEqual(to: lenient), "both readers see the same value")
    }
    if let lenient {
        canonicalFormsHold(for: lenient)
        spliceHolds(for: lenient)
        partsHold(of: lenient)
    }
    writingHolds(for: bytes)
    return 0
}

private func canonicalFormsHold(for value: JSON) {
    let exact = value.canonicalExact()
    // An exact form may be longer than what it is of, by a few bytes for each number.
    guard let again = try? JSON(lenient: exact) else { preconditionFailure("an exact form is JSON") }
    precondition(again.canonicalExact() == exact, "an exact form stays as it is")
    precondition(again.isEqual(to: value) && value.isEqual(to: again), "an exact form is equal to what it is of")
    if let doubles = try? value.canonical() {
        guard let again = try? JSON(doubles, limits: .upstream) else {
            preconditionFailure("a canonical form is strict JSON")
        }
        precondition((try? again.canonical()) == doubles, "a canonical form stays as it is")
    }
}

private func spliceHolds(for value: JSON) {
    precondition(JSONSplice(value.source).apply() == value.source, "nothing replaced is the text as received")
    var position = 0
    func everySecond() -> Bool {
        position += 1
        return position % 2 == value.source.count % 2
    }
    for (rest, removed) in [
        (value.removingElements { _ in everySecond() }, value.elements.count),
        (value.removingMembers { _, _ in everySecond() }, value.members.count),
    ] {
        guard let again = try? JSON(lenient: rest) else { preconditionFailure("what is left after removing is JSON") }
        precondition(
            removed == 0 || again.count == removed - (removed + value.source.count % 2) / 2,
            "half of the entries are left")
        position = 0
    }
    if value.kind == .object {
        var splice = JSONSplice(value)
        splice.setMember("added\n", of: value, to: "[1]".utf8)
        let changed = try? JSON(lenient: splice.apply())
        precondition(changed?["added\n"]?[0]?.int == 1, "a member set is there")
    }
}

private func partsHold(of value: JSON) {
    guard let alone = try? JSON(lenient: Array(value.bytes)) else { preconditionFailure("a part of JSON is JSON") }
    precondition(alone.isEqual(to: value), "a part of a text is the same value alone")
    for element in value.elements { partsHold(of: element) }
    for (key, member) in value.members {
        precondition(value[key.string]?.range == member.range, "a member is found by its key")
        precondition(key.equals(key.string) && key.utf8.elementsEqual(key.string.utf8), "a key has one text")
        precondition(!key.resembles(key.string), "a key does not look like itself")
        let folded = LookAlike.fold(key.string)
        precondition(LookAlike.fold(folded) == folded, "what is folded stays as it is")
        precondition(key.resembles(folded) != key.equals(folded), "a key looks like its folded form or is it")
        partsHold(of: member)
    }
    if let text = value.string {
        precondition(value.hasText(text) && value.utf8 == Array(text.utf8), "a string has one text")
    }
    if let int = value.int { precondition(value.number == ExactDecimal(int), "an integer is its exact value") }
    if let number = value.number {
        precondition(ExactDecimal(number.normalised) == number, "a number's normal form is the number")
        precondition(
            !(number < number) && (ExactDecimal(0) <= number) != (number < ExactDecimal(0)), "numbers are ordered")
        if let scaled = number.scaled(places: 6) {
            precondition(ExactDecimal("\(scaled)e-6") == number, "scaling is exact")
        }
    }
}

private func writingHolds(for bytes: [UInt8]) {
    var writer = JSONWriter()
    writer.string(utf8: bytes)
    guard let written = try? JSON(writer.bytes, limits: .upstream) else {
        preconditionFailure("a written string is JSON")
    }
    precondition(written.hasText(String(decoding: bytes, as: UTF8.self)), "a written string is read back")
    if let number = ExactDecimal(utf8: bytes) {
        precondition((try? JSON(bytes))?.number == number, "a decimal's text is a JSON number")
    }
}
