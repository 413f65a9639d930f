import WireJSON

/// How a tool server reads the bytes that reach it, where parsers are known to differ.
public enum Personality: String, Sendable, CaseIterable {
    /// Of a key given twice the first counts (some C and JVM parsers).
    case firstKeyWins
    /// Of a key given twice the last counts (Python, JavaScript).
    case lastKeyWins
    /// Keys and tool names match without regard to case, the last counts (Go's `encoding/json`).
    case caseFolding
    /// Keys and tool names match by canonical equivalence, the last counts (parsers over Unicode-aware strings).
    case nfcFolding

    /// What such a server would do on this message; nil where it is no call.
    public func reads(_ message: [UInt8]) -> EffectiveCall? {
        let envelope = LooseJSON(message)
        guard case .string(let method)? = member("method", of: envelope),
            case .string(let tool)? = member("params", of: envelope).flatMap({ member("name", of: $0) })
        else { return nil }
        let arguments = member("params", of: envelope).flatMap { member("arguments", of: $0) }
        return EffectiveCall(method: method, tool: tool, arguments: arguments.map(text))
    }

    /// Whether such a server takes this name for that tool of its own.
    public func takes(_ name: [UInt8], for tool: String) -> Bool { isSame(name, Array(tool.utf8)) }

    private func member(_ key: String, of value: LooseJSON) -> LooseJSON? {
        guard case .object(let members) = value else { return nil }
        let found = members.filter { isSame($0.key, Array(key.utf8)) }
        return self == .firstKeyWins ? found.first?.value : found.last?.value
    }

    private func isSame(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        switch self {
        case .firstKeyWins, .lastKeyWins: one == other
        case .caseFolding: Self.caseFolded(one) == Self.caseFolded(other)
        case .nfcFolding: String(decoding: one, as: UTF8.self) == String(decoding: other, as: UTF8.self)
        }
    }

    /// Upper and back, so that `ſ` and `K` (U+212A) meet their letters, as Go's folding lets them.
    private static func caseFolded(_ bytes: [UInt8]) -> [UInt8] {
        Array(String(decoding: bytes, as: UTF8.self).uppercased().lowercased().utf8)
    }

    /// The value as this server holds it after reading, written out again.
    private func text(_ value: LooseJSON) -> [UInt8] {
        var writer = JSONWriter()
        switch value {
        case .string(let utf8): writer.string(utf8: utf8)
        case .other(let literal): writer.raw(literal)
        case .array(let elements):
            writer.beginArray()
            for element in elements { writer.raw(text(element)) }
            writer.endArray()
        case .object(let members):
            var kept: [(key: [UInt8], value: LooseJSON)] = []
            for member in members {
                guard let index = kept.firstIndex(where: { isSame($0.key, member.key) }) else {
                    kept.append(member)
                    continue
                }
                if self != .firstKeyWins { kept[index].value = member.value }
            }
            writer.beginObject()
            for member in kept {
                writer.key(String(decoding: member.key, as: UTF8.self))
                writer.raw(text(member.value))
            }
            writer.endObject()
        }
        return writer.bytes
    }
}

/// What a server would run.
public struct EffectiveCall: Sendable, Equatable {
    public let method: [UInt8]
    public let tool: [UInt8]
    /// As the server holds them after reading, JSON; nil where it sees none.
    public let arguments: [UInt8]?
}
