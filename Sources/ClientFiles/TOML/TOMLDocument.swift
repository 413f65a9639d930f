import WireJSON

/// A TOML 1.0 document, read strictly, and as the JSON value that it means.
///
/// What is not read for what it means – numbers and moments – keeps its text. A key twice is a mistake, as TOML has it.
struct TOMLDocument {
    let source: [UInt8]
    let json: JSON
    let lines: TextPlaces
    /// Where each table and key stands, by its path.
    let places: [[[UInt8]]: Int]
    /// The headings in their order: where a heading's line begins, and the table it opens.
    let headings: [(offset: Int, path: [[UInt8]])]

    init(_ source: [UInt8]) throws(ClientFileProblem) {
        let lines = TextPlaces(source)
        guard source.count <= ClientFileBounds.tomlBytes else {
            throw ClientFileProblem(line: 1, column: 1, "the file is larger than 4 MiB", isWhole: true)
        }
        guard source.firstIndex(of: 0) == nil, String(validating: source, as: UTF8.self) != nil else {
            throw lines.problem(at: 0, "this is no TOML: not UTF-8", isWhole: true)
        }
        var reader = TOMLReader(source)
        do throws(TOMLMistake) { try reader.read() } catch {
            throw lines.problem(at: error.offset, "this is no TOML: \(error.reason)", isWhole: true)
        }
        // Values, headings and keys with dots each nest within bounds of their own, but also within one another.
        guard reader.root.depth < JSONWriter.deepest else {
            throw lines.problem(at: 0, "this is no TOML that is read: nested too deeply", isWhole: true)
        }
        var writer = JSONWriter()
        reader.root.write(to: &writer)
        let limits = JSONLimits(
            depth: ClientFileBounds.depth, bytes: 4 * ClientFileBounds.fileBytes, values: ClientFileBounds.values)
        guard let json = try? JSON(writer.bytes, limits: limits) else {
            throw lines.problem(at: 0, "the file holds more than is read", isWhole: true)
        }
        self.source = source
        self.json = json
        self.lines = lines
        places = reader.places
        headings = reader.headings
    }
}

/// Why a text is no TOML, and where.
struct TOMLMistake: Error {
    let offset: Int
    let reason: String
}
