/// A value's place in the text and on the tape, in 16 bytes.
struct Node: Sendable {
    enum Tag: UInt8 {
        case object, array, string, number, yes, no, null
    }

    /// The offset of the value's first byte.
    var start: UInt32
    /// The offset after the value's last byte.
    var end: UInt32
    /// The index of the node after this value and all it holds.
    var next: UInt32
    /// Tag in the low 4 bits, a mark in the fifth, the number of members or elements in the upper 24.
    private var packed: UInt32

    @inline(__always)
    init(_ tag: Tag, _ start: Int, _ end: Int, next: Int, mark: Bool = false) {
        self.start = UInt32(truncatingIfNeeded: start)
        self.end = UInt32(truncatingIfNeeded: end)
        self.next = UInt32(truncatingIfNeeded: next)
        self.packed = UInt32(tag.rawValue) | (mark ? Self.marked : 0)
    }

    private static let marked: UInt32 = 16

    @inline(__always)
    var tag: Tag {
        guard let tag = Tag(rawValue: UInt8(truncatingIfNeeded: packed & 15)) else {
            preconditionFailure("a node's tag is the one it was made with")
        }
        return tag
    }

    /// A string that has escapes, an object with a key that has, a number with a fraction or an exponent.
    @inline(__always)
    var mark: Bool { packed & Self.marked != 0 }

    mutating func setMark() { packed |= Self.marked }

    /// Where a string's text lies, between its quotes.
    var interior: Range<Int> { Int(start) + 1..<Int(end) - 1 }

    /// The number of members or elements, below 2²⁴.
    @inline(__always)
    var count: Int {
        get { Int(packed >> 8) }
        set { packed = packed & 0xFF | UInt32(truncatingIfNeeded: newValue) << 8 }
    }
}

extension Node {
    /// A container that is still open remembers its parent where it will say what follows it; the root's parent is -1.
    static func open(_ tag: Tag, _ start: Int, parent: Int) -> Node { Node(tag, start, start, next: parent) }

    var parent: Int { Int(Int32(bitPattern: next)) }
}
