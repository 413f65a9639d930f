/// What a resource asks of one who comes without the right token: the `Bearer` challenge of `WWW-Authenticate`
/// (RFC 6750 section 3, RFC 9728 section 5.1).
public struct BearerChallenge: Sendable, Equatable {
    /// Why a token that was presented is no good (RFC 6750 section 3.1).
    public enum Problem: String, Sendable {
        case invalidToken = "invalid_token"
        case insufficientScope = "insufficient_scope"
    }

    /// Where the resource's metadata lies.
    public var resourceMetadata: String?
    /// The scopes a token needs.
    public var scopes: [String]
    /// As received: nil where no token was presented.
    public var error: String?

    public init(resourceMetadata: String?, scopes: [String] = [], problem: Problem? = nil) {
        self.resourceMetadata = resourceMetadata
        self.scopes = scopes
        error = problem?.rawValue
    }

    /// The field's value. What could end the line or the quotes is left out.
    public var fieldValue: String {
        var parts: [String] = []
        if let error { parts.append("error=\"\(Self.plain(error))\"") }
        if let resourceMetadata { parts.append("resource_metadata=\"\(Self.plain(resourceMetadata))\"") }
        if !scopes.isEmpty { parts.append("scope=\"\(Self.plain(scopes.joined(separator: " ")))\"") }
        return parts.isEmpty ? "Bearer" : "Bearer " + parts.joined(separator: ", ")
    }

    private static func plain(_ text: String) -> String {
        String(
            decoding: text.utf8.filter { (0x20...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }, as: UTF8.self)
    }
}

extension BearerChallenge {
    /// Reads the first `Bearer` challenge of a response; nil where there is none.
    ///
    /// - Parameter lines: the values of all `WWW-Authenticate` lines.
    public init?(fieldLines lines: [String]) {
        for line in lines where line.utf8.count <= OAuthBounds.challengeBytes {
            var reader = ChallengeReader(line)
            if let parameters = reader.parameters(of: "bearer") {
                self.init(
                    resourceMetadata: parameters["resource_metadata"],
                    scopes: (parameters["scope"] ?? "").split(separator: " ").map(String.init))
                error = parameters["error"]
                return
            }
        }
        return nil
    }
}

/// Reads challenges (RFC 9110 section 11.6.1): schemes with parameters, separated by commas like the parameters themselves.
private struct ChallengeReader {
    private let text: [UInt8]
    private var place = 0

    init(_ line: String) { text = Array(line.utf8) }

    /// The parameters of the first challenge of a scheme, by lower-case name; a name that is there twice is there once.
    mutating func parameters(of wanted: String) -> [String: String]? {
        var found: [String: String]?
        while place < text.count {
            skip { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: ",") }
            guard let word = token() else { return found }
            skip { $0 == 0x20 || $0 == 0x09 }
            if next == UInt8(ascii: "=") {
                place += 1
                skip { $0 == 0x20 || $0 == 0x09 }
                guard let value = value() else { return found }
                if found != nil, found?[word.lowercased()] == nil { found?[word.lowercased()] = value }
            } else {
                if found != nil { return found }
                if word.lowercased() == wanted { found = [:] }
            }
        }
        return found
    }

    private var next: UInt8? { place < text.count ? text[place] : nil }

    private mutating func skip(_ isSkipped: (UInt8) -> Bool) {
        while let next, isSkipped(next) { place += 1 }
    }

    private mutating func token() -> String? {
        let start = place
        skip { (0x21...0x7E).contains($0) && !Array("\"(),/:;<=>?@[\\]{}".utf8).contains($0) }
        return place > start ? String(decoding: text[start..<place], as: UTF8.self) : nil
    }

    private mutating func value() -> String? {
        guard next == UInt8(ascii: "\"") else {
            let start = place
            skip { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: ",") }
            return String(decoding: text[start..<place], as: UTF8.self)
        }
        var value: [UInt8] = []
        place += 1
        while let next {
            place += 1
            if next == UInt8(ascii: "\"") { return String(decoding: value, as: UTF8.self) }
            guard next == UInt8(ascii: "\\") else {
                value.append(next)
                continue
            }
            guard let escaped = self.next else { return nil }
            value.append(escaped)
            place += 1
        }
        return nil
    }
}
