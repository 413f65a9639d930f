import PolicyEngine
import PolicyFiles

/// Finds where a part of a policy is written.
struct DocumentPlaces: Sendable {
    private let root: Located

    init(_ root: Located) {
        self.root = root
    }

    /// The value that a pointer leads to; where a part is not written, what it would belong to.
    func value(at pointer: String) -> Located {
        var place = root
        for token in JSONPointer.tokens(of: pointer) {
            if let value = place[token] {
                place = value
            } else if let index = Int(token), let elements = place.elements, elements.indices.contains(index) {
                place = elements[index]
            } else {
                return place
            }
        }
        return place
    }

    /// The key of the member that a pointer leads to; the value itself when it has none.
    func key(at pointer: String) -> Located {
        let tokens = JSONPointer.tokens(of: pointer)
        var place = root
        for (position, token) in tokens.enumerated() {
            if position == tokens.count - 1,
                let member = place.members?.first(where: { $0.key.utf8.elementsEqual(token.utf8) })
            {
                return member.at
            }
            if let value = place[token] {
                place = value
            } else if let index = Int(token), let elements = place.elements, elements.indices.contains(index) {
                place = elements[index]
            } else {
                return place
            }
        }
        return place
    }
}
