// Whole objects, arrays and members in one call: nothing to forget to end.
extension JSONWriter {
    public mutating func object<E: Error>(_ members: (inout JSONWriter) throws(E) -> Void) throws(E) {
        beginObject()
        defer { endObject() }
        try members(&self)
    }

    public mutating func array<E: Error>(_ elements: (inout JSONWriter) throws(E) -> Void) throws(E) {
        beginArray()
        defer { endArray() }
        try elements(&self)
    }

    public mutating func member(_ key: String, _ string: String) {
        self.key(key)
        self.string(string)
    }

    public mutating func member(_ key: String, _ int: some BinaryInteger) {
        self.key(key)
        self.int(int)
    }

    public mutating func member(_ key: String, _ bool: Bool) {
        self.key(key)
        self.bool(bool)
    }

    public mutating func member(_ key: String, _ number: ExactDecimal) {
        self.key(key)
        self.number(number)
    }

    public mutating func member(_ key: String, _ value: JSON) {
        self.key(key)
        self.value(value)
    }

    public mutating func member(_ key: String, raw value: some Collection<UInt8>) {
        self.key(key)
        self.raw(value)
    }
}
