public import WireJSON

/// One place where two JSON values differ.
public struct Difference: Sendable, Hashable {
    /// JSON Pointer (RFC 6901).
    public let pointer: String
    /// The value before, as received; nil where there was none.
    public let before: [UInt8]?
    public let after: [UInt8]?

    /// How many are told of at most.
    public static let most = 200

    /// What differs between two values, members by name and elements by position; numbers and texts as their bytes.
    public static func between(_ before: JSON?, _ after: JSON?) -> [Difference] {
        var found: [Difference] = []
        compare(before, after, "", &found)
        return found
    }

    private static func compare(_ before: JSON?, _ after: JSON?, _ pointer: String, _ found: inout [Difference]) {
        guard found.count < most else { return }
        switch (before, after) {
        case (nil, nil): return
        case (let before?, let after?) where before.kind == .object && after.kind == .object:
            for (key, value) in before.members {
                compare(value, after[key.string], pointer + "/" + escaped(key.string), &found)
            }
            for (key, value) in after.members where before[key.string] == nil {
                compare(nil, value, pointer + "/" + escaped(key.string), &found)
            }
        case (let before?, let after?) where before.kind == .array && after.kind == .array:
            let (old, new) = (Array(before.elements), Array(after.elements))
            for index in 0..<max(old.count, new.count) {
                compare(
                    index < old.count ? old[index] : nil, index < new.count ? new[index] : nil, "\(pointer)/\(index)",
                    &found)
            }
        default:
            guard before.map({ Array($0.bytes) }) != after.map({ Array($0.bytes) }) else { return }
            found.append(
                Difference(
                    pointer: pointer, before: before.map { Array($0.bytes) }, after: after.map { Array($0.bytes) }))
        }
    }

    private static func escaped(_ key: String) -> String {
        var text = ""
        for scalar in key.unicodeScalars {
            switch scalar {
            case "~": text += "~0"
            case "/": text += "~1"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
