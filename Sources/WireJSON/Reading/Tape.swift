/// A text that was read, with its values in the order they start: what every ``JSON`` of that text refers to.
///
/// The values lie flat, each followed by what it holds, so that reading takes a few allocations however many there are.
/// An object is followed by key, value, key, value; a key is a node like that of any string.
final class Tape: Sendable {
    let text: [UInt8]
    let nodes: [Node]

    init(text: [UInt8], nodes: [Node]) {
        self.text = text
        self.nodes = nodes
    }
}
