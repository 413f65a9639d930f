extension JSON {
    /// The value of the member with this key, compared as bytes; nil if there is none or this is no object.
    ///
    /// Takes time in proportion to the number of members.
    public subscript(key: String) -> JSON? {
        let node = node
        guard node.tag == .object else { return nil }
        var index = index + 1
        for _ in 0..<node.count {
            if tape.hasText(index, key) { return JSON(tape, index + 1) }
            index = Int(tape.nodes[index + 1].next)
        }
        return nil
    }

    /// The element at this position; nil if there is none or this is no array.
    ///
    /// Takes time in proportion to the position; go through ``elements`` to see them all.
    public subscript(position: Int) -> JSON? {
        guard node.tag == .array, position >= 0, position < node.count else { return nil }
        var index = index + 1
        for _ in 0..<position { index = Int(tape.nodes[index].next) }
        return JSON(tape, index)
    }

    /// An object's keys and values in the order received; empty for any other kind.
    public var members: Members { Members(object: self) }

    /// An array's elements in the order received; empty for any other kind.
    public var elements: Elements { Elements(array: self) }

    /// The keys and values of an object, in the order received. No key is there twice.
    public struct Members: Sequence, Sendable {
        let object: JSON

        public var count: Int { object.node.tag == .object ? object.count : 0 }
        public var underestimatedCount: Int { count }

        public func makeIterator() -> Iterator {
            Iterator(tape: object.tape, index: object.index + 1, left: count)
        }

        public struct Iterator: IteratorProtocol, Sendable {
            let tape: Tape
            var index: Int
            var left: Int

            public mutating func next() -> (key: JSONKey, value: JSON)? {
                guard left > 0 else { return nil }
                let member = (key: JSONKey(tape, index), value: JSON(tape, index + 1))
                index = Int(tape.nodes[index + 1].next)
                left -= 1
                return member
            }
        }
    }

    /// The elements of an array, in the order received.
    public struct Elements: Sequence, Sendable {
        let array: JSON

        public var count: Int { array.node.tag == .array ? array.count : 0 }
        public var underestimatedCount: Int { count }

        public func makeIterator() -> Iterator {
            Iterator(tape: array.tape, index: array.index + 1, left: count)
        }

        public struct Iterator: IteratorProtocol, Sendable {
            let tape: Tape
            var index: Int
            var left: Int

            public mutating func next() -> JSON? {
                guard left > 0 else { return nil }
                let element = JSON(tape, index)
                index = Int(tape.nodes[index].next)
                left -= 1
                return element
            }
        }
    }
}
