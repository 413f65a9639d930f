/// What is asked of an address: `GET`, or `POST` where there is a body.
///
/// Names and values are the caller's own words; nothing received is a field of a request.
public struct FetchRequest: Sendable {
    public var address: WebAddress
    public var fields: [(name: String, value: String)]
    public var body: [UInt8]?

    public init(_ address: WebAddress, fields: [(name: String, value: String)] = [], body: [UInt8]? = nil) {
        self.address = address
        self.fields = fields
        self.body = body
    }

    /// Asks for a JSON document.
    public static func json(at address: WebAddress) -> FetchRequest {
        FetchRequest(address, fields: [("Accept", "application/json")])
    }
}

/// What came back, with its whole body.
public struct FetchResponse: Sendable {
    public let status: Int
    public let fields: [(name: String, value: String)]
    public let body: [UInt8]

    /// The values of all lines of a field.
    ///
    /// - Parameter name: in lower case.
    public func values(of name: String) -> [String] {
        fields.filter { $0.name.lowercased() == name }.map(\.value)
    }
}

/// Why there is no answer.
public enum FetchFailure: Error, Sendable {
    /// It leads to a private, local or reserved network.
    case addressRefused(WebAddress)
    /// Nothing was said to anybody.
    case noConnection(WebAddress, String)
    case unreachable(WebAddress, String)
    case tooLarge(WebAddress, bytes: Int)
}

extension FetchFailure: CustomStringConvertible {
    /// Without the path, which may carry what nobody else should read.
    public var description: String {
        switch self {
        case .addressRefused(let address): "`\(address.origin)` leads to a private or reserved network"
        case .noConnection(let address, let why), .unreachable(let address, let why):
            "`\(address.origin)` cannot be reached: \(why)"
        case .tooLarge(let address, let bytes): "the answer of `\(address.origin)` is over \(bytes) bytes"
        }
    }
}
