/// One word of a text: where it lies and what it means.
struct Word: Sendable {
    let key: WordKey
    let start: Int
    let end: Int
    let meaning: Meaning

    /// Begins a sentence or follows a mark that ends a clause.
    let opensClause: Bool

    var things: Thing { meaning.things }

    var stakes: Stake { meaning.stakes }

    func text(in bytes: [UInt8]) -> String { String(decoding: bytes[start..<end], as: UTF8.self) }

    /// Ends in -ly.
    var isAdverb: Bool { key.value & 0xFFFF == 0x6C79 && key.count > 4 }

    func `is`(_ word: WordKey) -> Bool { key == word }
}
