import WireJSON

/// Puts a member or an element into a JSON file that people keep: every other byte, comments and order included, stays.
struct JSONInsertion {
    private let document: CommentedJSON
    private var source: [UInt8] { document.source }
    private let form: PrettyJSON

    init(_ document: CommentedJSON) {
        self.document = document
        let newline = document.source.firstRange(of: [0x0D, 0x0A]) == nil ? "\n" : "\r\n"
        form = PrettyJSON(unit: Self.unit(of: document), newline: newline)
    }

    /// The file with this value at this path, made on the way; nil where something that is no object is in the way.
    func setting(_ value: JSON, at path: [String]) -> [UInt8]? {
        var object = document.json
        for (depth, key) in path.enumerated() {
            guard object.kind == .object else { return nil }
            guard let next = object[key] else {
                // The objects that are missing are made around the value.
                let rest = path[(depth + 1)...].reversed().reduce(Array(value.bytes)) { inner, key in
                    var writer = JSONWriter()
                    writer.object { $0.member(key, raw: inner) }
                    return writer.bytes
                }
                guard let whole = try? JSON(rest) else { return nil }
                return inserting(whole, under: key, into: object)
            }
            if depth == path.count - 1 {
                let text = form.text(value, indent: indent(ofLineAt: next.range.lowerBound))
                return spliced([(next.range, text)])
            }
            object = next
        }
        return nil
    }

    /// The file with one more element in the list at this key of the root, which is made where there is none.
    func appending(_ element: JSON, to key: String) -> [UInt8]? {
        guard let list = document.json[key] else {
            var writer = JSONWriter()
            writer.array { $0.value(element) }
            return (try? JSON(writer.bytes)).flatMap { setting($0, at: [key]) }
        }
        return list.kind == .array ? inserting(element, under: nil, into: list) : nil
    }

    private func inserting(_ value: JSON, under key: String?, into container: JSON) -> [UInt8] {
        let end = container.range.upperBound - 1
        let last = container.kind == .object ? container.members.map(\.value).last : container.elements.map(\.self).last
        let first =
            container.kind == .object
            ? container.members.first { _ in true }?.key.range.lowerBound
            : container.elements.first { _ in true }?.range.lowerBound
        // After all that stands there, comments included.
        var place = end
        while place > container.range.lowerBound + 1, Self.isSpace(source[place - 1]) { place -= 1 }
        let outer = indent(ofLineAt: container.range.lowerBound)
        let label = key.map { PrettyJSON.quoted($0) + ": " } ?? ""
        guard let first, let last else {
            let text = form.newline + outer + form.unit + label + form.text(value, indent: outer + form.unit)
            let hasBreak = source[place..<end].contains(0x0A)
            return spliced([(place..<place, text + (hasBreak ? "" : form.newline + outer))])
        }
        let comma = document.lastCommas.first { $0 >= last.range.upperBound && $0 < end }
        let isOnOneLine = !source[container.range.lowerBound..<end].contains(0x0A)
        let inner = isOnOneLine ? outer : indent(ofLineAt: first)
        let before = isOnOneLine ? " " : form.newline + inner
        let text = before + label + form.text(value, indent: inner) + (comma == nil ? "" : ",")
        let separator = comma == nil ? [(last.range.upperBound..<last.range.upperBound, ",")] : []
        return spliced(separator + [(place..<place, text)])
    }

    private func spliced(_ edits: [(range: Range<Int>, text: String)]) -> [UInt8] {
        var splice = JSONSplice(source)
        for edit in edits { splice.replace(edit.range, with: Array(edit.text.utf8)) }
        return splice.apply()
    }

    /// The white space that the line begins with.
    private func indent(ofLineAt offset: Int) -> String {
        let start = source[..<offset].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return String(decoding: source[start..<offset].prefix { $0 == 0x20 || $0 == 0x09 }, as: UTF8.self)
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

    /// What one level is indented by: as the file's first member is, or by two spaces.
    private static func unit(of document: CommentedJSON) -> String {
        guard let first = document.json.members.first(where: { _ in true })?.key.range.lowerBound,
            let start = document.source[..<first].lastIndex(of: 0x0A)
        else { return "  " }
        let space = document.source[(start + 1)..<first]
        guard !space.isEmpty, space.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else { return "  " }
        return String(decoding: space, as: UTF8.self)
    }
}
