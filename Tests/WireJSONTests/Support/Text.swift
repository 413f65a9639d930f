import WireJSON

/// Reads a text given in the test itself.
func json(_ text: String, limits: JSONLimits = .request) throws(JSONError) -> JSON {
    try JSON(Array(text.utf8), limits: limits)
}

func lenientJSON(_ text: String) throws(JSONError) -> JSON {
    try JSON(lenient: Array(text.utf8))
}

/// Why a text is refused; nil if it is not.
func refusal(of bytes: [UInt8], limits: JSONLimits = .request) -> JSONError? {
    do {
        _ = try JSON(bytes, limits: limits)
        return nil
    } catch {
        return error
    }
}

func lenientRefusal(of bytes: [UInt8]) -> JSONError? {
    do {
        _ = try JSON(lenient: bytes)
        return nil
    } catch {
        return error
    }
}

/// Bytes as text, for messages and comparisons people read.
func text(_ bytes: some Collection<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }
