/// Turns offsets of a text into lines and columns, both from 1; columns count characters.
///
/// It goes on from the last offset it was asked for, so that to ask in rising order takes one pass over the text, however
/// long its lines are.
struct TextPlaces: Sendable {
    private let text: [UInt8]
    private var offset = 0
    private var line = 1
    private var column = 1

    init(_ text: [UInt8]) { self.text = text }

    mutating func place(of wanted: Int) -> (line: Int, column: Int) {
        let wanted = min(max(0, wanted), text.count)
        if wanted < offset { (offset, line, column) = (0, 1, 1) }
        while offset < wanted {
            let byte = text[offset]
            if byte == 0x0A {
                (line, column) = (line + 1, 1)
            } else if byte & 0xC0 != 0x80 {
                // Continuation bytes belong to the character before them.
                column += 1
            }
            offset += 1
        }
        return (line, column)
    }

    func problem(at offset: Int, _ message: String, isWhole: Bool = false) -> ClientFileProblem {
        var places = self
        let (line, column) = places.place(of: offset)
        return ClientFileProblem(line: line, column: column, message, isWhole: isWhole)
    }
}
