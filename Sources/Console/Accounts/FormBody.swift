import HTTPTypes
import Hummingbird
import NIOCore

/// A form as a browser sends it (`application/x-www-form-urlencoded`): each field once, UTF-8, bounded.
struct FormBody: Sendable {
    /// Bytes of a whole form.
    static let most = 16 * 1024

    private let fields: [String: String]

    /// The field's text; empty where it is not there.
    subscript(name: String) -> String { fields[name] ?? "" }

    /// Reads a request's form.
    ///
    /// - Throws: ``Problem`` for anything that is none.
    static func read(_ request: Request) async throws -> FormBody {
        let type = request.headers[.contentType]?.lowercased() ?? ""
        guard type == "application/x-www-form-urlencoded" || type.hasPrefix("application/x-www-form-urlencoded;") else {
            throw Problem(.unsupportedMediaType)
        }
        let buffer: ByteBuffer
        do { buffer = try await request.body.collect(upTo: most) } catch is NIOTooManyBytesError {
            throw Problem(.contentTooLarge)
        }
        guard let form = FormBody(Array(buffer.readableBytesView)) else { throw Problem(.badRequest) }
        return form
    }

    init?(_ bytes: [UInt8]) {
        var fields: [String: String] = [:]
        for pair in bytes.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let name = Self.decoded(parts[0]), let value = Self.decoded(parts[1]),
                fields.updateValue(value, forKey: name) == nil
            else { return nil }
        }
        self.fields = fields
    }

    private static func decoded(_ text: ArraySlice<UInt8>) -> String? {
        var bytes: [UInt8] = []
        var rest = text
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(0x20)
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
                    return nil
                }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}
