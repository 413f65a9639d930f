extension JSON {
    /// Whether both are the same value: numbers by exact value, strings by bytes, objects whatever their keys' order.
    ///
    /// `{"a":1}` equals `{ "a" : 1.0 }`. True exactly when ``canonicalExact()`` of both is the same.
    public func isEqual(to other: JSON) -> Bool {
        guard kind == other.kind, count == other.count else { return false }
        if bytes == other.bytes { return true }
        switch node.tag {
        case .null, .yes, .no:
            // Whoever differs in bytes differs in value.
            return false
        case .number:
            guard let number, let its = other.number else { return false }
            return number == its
        case .string:
            guard node.mark || other.node.mark else { return false }
            return tape.utf8(of: index, .kept) == other.tape.utf8(of: other.index, .kept)
        case .array:
            return zip(elements, other.elements).allSatisfy { $0.isEqual(to: $1) }
        case .object:
            // Not key by key: looking each up would take quadratic time.
            return canonicalExact() == other.canonicalExact()
        }
    }
}
