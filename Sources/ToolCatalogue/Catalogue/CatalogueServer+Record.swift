internal import WireJSON

extension CatalogueServer {
    /// The server and its tools as lines of a catalogue file, unsigned: what an index keeps of it.
    public var record: [UInt8] {
        var lines: [UInt8] = []
        func append(_ write: (inout JSONWriter) -> Void) {
            var writer = JSONWriter()
            write(&writer)
            lines += writer.bytes
            lines.append(0x0A)
        }
        append { Catalogue.write(self, to: &$0) }
        for tool in tools { append { Catalogue.write(tool, to: &$0) } }
        return lines
    }

    /// Takes a ``record``; nil for anything else.
    public init?(record: [UInt8]) {
        var lines = CatalogueLines()
        for line in record.split(separator: 0x0A) {
            guard lines.take(Array(line), isHeader: false) else { return nil }
        }
        guard lines.taken.count == 1 else { return nil }
        self = lines.taken[0]
    }
}
