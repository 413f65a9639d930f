/// Why a document is no policy, although each of its parts is well-formed.
public struct PolicyError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Where: a JSON Pointer into the document (RFC 6901).
    public var pointer: String
    public var message: String

    public init(pointer: String, message: String) {
        self.pointer = pointer
        self.message = message
    }

    public var description: String { "\(pointer): \(message)" }
}
