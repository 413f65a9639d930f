/// A principal's id as a key, compared byte for byte: two ids that look the same to `String`'s `==` are two principals.
struct PrincipalKey: Hashable {
    private let id: String

    init(_ id: String) { self.id = id }

    static func == (left: PrincipalKey, right: PrincipalKey) -> Bool { left.id.utf8.elementsEqual(right.id.utf8) }

    func hash(into hasher: inout Hasher) {
        for byte in id.utf8 { hasher.combine(byte) }
        hasher.combine(0xFF as UInt8)
    }
}
