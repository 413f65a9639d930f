public import ClientFiles
public import WireJSON

/// Takes a server's own secrets out of what the server says: one that prints its token in an error or a description would
/// have it in every report.
///
/// What a configuration holds is a secret where it could be one: a variable's or header's value with some length, and such
/// parts of arguments and addresses as mix letters and digits.
public struct SecretScrubber: Sendable {
    private let secrets: [[UInt8]]

    public init(_ concealed: [Concealed]) {
        var found = Set<String>()
        for text in concealed.map(\.revealed) {
            if Self.isLikely(text) { found.insert(text) }
            for part in text.split(whereSeparator: { " \t\n=\"'`,;&?/:@#|<>()[]{}".contains($0) })
            where Self.isLikely(part) {
                found.insert(String(part))
            }
        }
        // The longest first: one may be part of another.
        secrets = found.sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }.map { Array($0.utf8) }
    }

    /// The text with each secret taken out. Bytes are compared: a mark that joins the last letter hides nothing.
    public func cleaned(_ text: String) -> String {
        var bytes = Array(text.utf8)
        var isChanged = false
        for secret in secrets {
            var kept: [UInt8] = []
            var rest = bytes[...]
            while let range = rest.firstRange(of: secret) {
                kept += rest[..<range.lowerBound] + Array("•••".utf8)
                rest = rest[range.upperBound...]
                isChanged = true
            }
            if !kept.isEmpty { bytes = kept + rest }
        }
        return isChanged ? String(decoding: bytes, as: UTF8.self) : text
    }

    /// Writes a value with each of its texts and keys cleaned as they read: `hun\u0074er2` is `hunter2`.
    public func write(_ json: JSON, to writer: inout JSONWriter) {
        switch json.kind {
        case .object:
            writer.object { object in
                for (key, value) in json.members {
                    object.key(cleaned(key.string))
                    write(value, to: &object)
                }
            }
        case .array: writer.array { array in for element in json.elements { write(element, to: &array) } }
        case .string:
            let text = json.string ?? ""
            let told = cleaned(text)
            if told.utf8.elementsEqual(text.utf8) { writer.value(json) } else { writer.string(told) }
        case .number, .bool, .null: writer.value(json)
        }
    }

    private static func isLikely(_ text: some StringProtocol) -> Bool {
        let bytes = text.utf8
        guard bytes.count >= InventoryBounds.shortestSecret else { return false }
        let digits = bytes.count { $0 >= 0x30 && $0 <= 0x39 }
        let letters = bytes.count { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A }
        return digits > 0 && letters > 0 || bytes.count >= 24
    }
}
