import WireJSON

extension LocatedDocument {
    static func parseJSON(_ bytes: [UInt8], _ name: String) -> (document: Located?, problems: [Diagnostic]) {
        var cursor = LineCursor(bytes)
        let limits = JSONLimits(
            depth: DocumentBounds.depth, bytes: DocumentBounds.bytes, values: DocumentBounds.values)
        do throws(JSONError) {
            var locator = JSONLocator(cursor: cursor)
            return (locator.located(try JSON(bytes, limits: limits), .document), [])
        } catch {
            let (line, column) = cursor.place(of: error.offset)
            return (nil, [problem(name, line, column, "not JSON that can be read in one way only: \(error.reason)")])
        }
    }
}

/// Finds the places of values that were read; they are visited in the order of the text.
private struct JSONLocator {
    var cursor: LineCursor

    mutating func located(_ json: JSON, _ trail: Trail) -> Located {
        let (line, column) = cursor.place(of: json.range.lowerBound)
        let content: Located.Content
        switch json.kind {
        case .object:
            var members: [Located.Member] = []
            for (key, value) in json.members { members.append(member(key, value, of: trail)) }
            content = .mapping(members)
        case .array:
            var elements: [Located] = []
            for (index, element) in json.elements.enumerated() {
                elements.append(located(element, trail.element(index)))
            }
            content = .sequence(elements)
        case .string: content = .text(json.string ?? "")
        case .number: content = .number(String(decoding: json.bytes, as: UTF8.self))
        case .bool: content = .bool(json.bool ?? false)
        case .null: content = .null
        }
        return Located(line: line, column: column, trail: trail, content: content)
    }

    private mutating func member(_ key: JSONKey, _ value: JSON, of parent: Trail) -> Located.Member {
        let name = key.string
        let trail = parent.member(name)
        let (line, column) = cursor.place(of: key.range.lowerBound)
        let at = Located(line: line, column: column, trail: trail, content: .text(name))
        return Located.Member(key: name, at: at, value: located(value, trail))
    }
}
