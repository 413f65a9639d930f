/// Writes compact JSON, front to back, into one array of bytes.
///
///     var writer = JSONWriter()
///     writer.object {
///         $0.member("jsonrpc", "2.0")
///         $0.key("id")
///         $0.value(request.id)
///     }
///     send(writer.bytes)
///
/// Commas and escapes are the writer's business. What it is used for wrongly – a key in an array, a value where a key
/// is due – stops the program: it is a mistake of the one who wrote the calls, whatever the data. Keys are not
/// compared with each other.
public struct JSONWriter: Sendable {
    /// What is written so far; a JSON text once every object and array is ended.
    public private(set) var bytes: [UInt8] = []

    // One bit for each open container, the innermost lowest: 1 for an object.
    private var objects: UInt64 = 0
    private var depth = 0
    private var isAfterValue = false
    private var isAfterKey = false

    /// How many objects and arrays may be open at once. Deeper values come in with ``raw(_:)``.
    public static let deepest = 64

    public init(reserving capacity: Int = 256) {
        bytes.reserveCapacity(capacity)
    }

    /// Whether one whole value has been written.
    public var isComplete: Bool { depth == 0 && isAfterValue }

    public mutating func beginObject() { begin(UInt8(ascii: "{"), isObject: true) }
    public mutating func endObject() { end(UInt8(ascii: "}"), isObject: true) }
    public mutating func beginArray() { begin(UInt8(ascii: "["), isObject: false) }
    public mutating func endArray() { end(UInt8(ascii: "]"), isObject: false) }

    /// Writes a member's key; its value comes next.
    public mutating func key(_ key: String) {
        startKey()
        quote(key)
        bytes.append(UInt8(ascii: ":"))
    }

    /// Writes a member's key as it was received; its value comes next.
    public mutating func key(_ key: JSONKey) {
        guard let quoted = key.plain else { return self.key(key.string) }
        startKey()
        bytes.append(contentsOf: quoted)
        bytes.append(UInt8(ascii: ":"))
    }

    public mutating func string(_ string: String) {
        startValue()
        quote(string)
    }

    /// Writes text from its UTF-8. What is not UTF-8 becomes U+FFFD.
    public mutating func string(utf8: some Collection<UInt8>) {
        if isUTF8(utf8) {
            startValue()
            appendQuoted(utf8, to: &bytes)
        } else {
            string(String(decoding: utf8, as: UTF8.self))
        }
    }

    public mutating func int(_ int: Int) {
        startValue()
        appendDecimal(int, to: &bytes)
    }

    public mutating func int(_ int: Int64) { self.int(Int(int)) }

    public mutating func int(_ int: some BinaryInteger) {
        startValue()
        bytes.append(contentsOf: String(int).utf8)
    }

    public mutating func number(_ number: ExactDecimal) {
        startValue()
        bytes.append(contentsOf: number.normalised.utf8)
    }

    public mutating func bool(_ bool: Bool) {
        startValue()
        bytes.append(contentsOf: bool ? "true".utf8 : "false".utf8)
    }

    public mutating func null() {
        startValue()
        bytes.append(contentsOf: "null".utf8)
    }

    /// Copies bytes that are one JSON value already. They are not looked at.
    public mutating func raw(_ value: some Collection<UInt8>) {
        startValue()
        bytes.append(contentsOf: value)
    }

    // Of the two kinds that nearly all such bytes are: what is generic is not specialised for callers elsewhere.
    public mutating func raw(_ value: [UInt8]) {
        startValue()
        bytes.append(contentsOf: value)
    }

    public mutating func raw(_ value: ArraySlice<UInt8>) {
        startValue()
        bytes.append(contentsOf: value)
    }

    /// Copies a value exactly as received.
    public mutating func value(_ value: JSON) {
        startValue()
        bytes.append(contentsOf: value.bytes)
    }

    private mutating func quote(_ text: String) {
        appendQuoted(text, to: &bytes)
    }

    private mutating func startKey() {
        precondition(depth > 0 && objects & 1 == 1 && !isAfterKey, "a key stands in an object, before its value")
        if isAfterValue { bytes.append(UInt8(ascii: ",")) }
        isAfterKey = true
    }

    private mutating func startValue() {
        if depth == 0 {
            precondition(!isAfterValue, "a JSON text is one value")
        } else if objects & 1 == 1 {
            precondition(isAfterKey, "a member's value comes after its key")
        } else if isAfterValue {
            bytes.append(UInt8(ascii: ","))
        }
        isAfterKey = false
        isAfterValue = true
    }

    private mutating func begin(_ bracket: UInt8, isObject: Bool) {
        startValue()
        precondition(depth < Self.deepest, "a writer nests 64 deep; deeper values come in with raw(_:)")
        bytes.append(bracket)
        depth += 1
        objects = objects << 1 | (isObject ? 1 : 0)
        isAfterValue = false
    }

    private mutating func end(_ bracket: UInt8, isObject: Bool) {
        precondition(depth > 0 && (objects & 1 == 1) == isObject && !isAfterKey, "what is ended is what was begun last")
        bytes.append(bracket)
        depth -= 1
        objects >>= 1
        isAfterValue = true
    }
}
