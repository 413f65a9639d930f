import WireJSON

/// The name of a member that a path steps into.
struct KeyName: Sendable {
    let text: String
    let utf8: [UInt8]
    /// The name as a careless reader sees it.
    private let foldedText: String
    /// The same, when it is ASCII; an ASCII key can only be taken for such a one.
    let folded: [UInt8]?

    init(_ utf8: [UInt8]) {
        let text = String(decoding: utf8, as: UTF8.self)
        let foldedText = LookAlike.fold(text)
        let folded = Array(foldedText.utf8)
        self.text = text
        self.utf8 = utf8
        self.foldedText = foldedText
        self.folded = folded.allSatisfy { $0 < 0x80 } ? folded : nil
    }

    /// Compares any key with this name, as bytes, then as a careless reader would.
    ///
    /// - Parameter folded: the key as a careless reader sees it.
    func relation(to key: JSONKey, folded: String) -> KeyRelation {
        if key.equals(text) { return .same }
        return folded == foldedText ? .lookAlike : .other
    }

    /// Tells whether the object has a key that may be taken for this one (policy.md section 2, "Look-alike key").
    func isObscured(in object: JSON, _ schema: SchemaPlace?) -> Bool {
        object.members.contains { key, _ in
            key.resembles(text) && schema?.declares(text, and: key.string) != true
        }
    }
}
