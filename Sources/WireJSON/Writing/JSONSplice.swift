/// A text with some of its ranges replaced, made in one copy however many there are.
///
///     var splice = JSONSplice(message)
///     splice.removeElements(of: tools) { !policy.shows($0) }
///     splice.replace(cursor.range, with: newCursor)
///     send(splice.apply())
///
/// All ranges are of the text as received. What is not replaced is copied byte for byte.
public struct JSONSplice: Sendable {
    private let source: ArraySlice<UInt8>
    private var edits: [Edit] = []
    /// Where the objects and arrays start that lose all they hold.
    private var emptied: [Int] = []

    private struct Edit: Sendable {
        var range: Range<Int>
        var bytes: ArraySlice<UInt8>
        /// Where the object or array starts that gets a new last entry by this edit.
        var appendsTo: Int?
        var isFirst: Bool
    }

    public init(_ source: [UInt8]) { self.source = source[...] }

    /// Splices a part of a text; ranges stay those of the whole.
    public init(_ source: ArraySlice<UInt8>) { self.source = source }

    /// Splices this value alone: the result has nothing of the text around it.
    public init(_ value: JSON) { self.source = value.bytes }

    /// Puts `bytes` in the place of `range`. An empty range inserts.
    ///
    /// - Precondition: The range lies in the text and overlaps no other.
    public mutating func replace(_ range: Range<Int>, with bytes: some Collection<UInt8>) {
        edit(range, Array(bytes)[...])
    }

    /// Leaves out the elements for which `isRemoved` says so, with their commas. Once for each array.
    public mutating func removeElements(of array: JSON, where isRemoved: (JSON) -> Bool) {
        remove(from: array, array.elements.map { (range: $0.range, isRemoved: isRemoved($0)) })
    }

    /// Leaves out the members for which `isRemoved` says so, with their commas. Once for each object.
    public mutating func removeMembers(of object: JSON, where isRemoved: (JSONKey, JSON) -> Bool) {
        remove(
            from: object,
            object.members.map {
                (range: $0.key.range.lowerBound..<$0.value.range.upperBound, isRemoved: isRemoved($0.key, $0.value))
            })
    }

    /// Gives the member with this key another value, or adds it as the last member if there is none.
    ///
    /// - Precondition: `object` is an object; the member is set once and not removed as well.
    public mutating func setMember(_ key: String, of object: JSON, to value: some Collection<UInt8>) {
        precondition(object.kind == .object, "members are an object's")
        if let old = object[key] { return replace(old.range, with: value) }
        var bytes: [UInt8] = []
        appendQuoted(key.utf8, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(contentsOf: value)
        let end = object.range.upperBound - 1
        edit(end..<end, bytes[...], appendsTo: object.range.lowerBound, isFirst: object.count == 0)
    }

    private mutating func remove(from container: JSON, _ entries: some Sequence<(range: Range<Int>, isRemoved: Bool)>) {
        // What is removed goes with the comma before it, or, before the first entry kept, with the comma after it.
        var gap: Range<Int>?
        var lastKept: Range<Int>?
        for entry in entries {
            if entry.isRemoved {
                gap = (gap?.lowerBound ?? lastKept?.upperBound ?? entry.range.lowerBound)..<entry.range.upperBound
            } else {
                if let removed = gap {
                    let end = lastKept == nil ? entry.range.lowerBound : removed.upperBound
                    edit(removed.lowerBound..<end, [])
                }
                gap = nil
                lastKept = entry.range
            }
        }
        if let gap { edit(gap, []) }
        if lastKept == nil { emptied.append(container.range.lowerBound) }
    }

    private mutating func edit(
        _ range: Range<Int>, _ bytes: ArraySlice<UInt8>, appendsTo container: Int? = nil, isFirst: Bool = false
    ) {
        precondition(
            range.lowerBound >= source.startIndex && range.upperBound <= source.endIndex, "a range lies in the text")
        edits.append(Edit(range: range, bytes: bytes, appendsTo: container, isFirst: isFirst))
    }

    /// The text with everything replaced.
    ///
    /// - Precondition: No two ranges overlap. Insertions at one place come in the order they were asked for.
    public func apply() -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(edits.reduce(source.count) { $0 + $1.bytes.count - $1.range.count + 1 })
        var position = source.startIndex
        var appended: Int?
        for edit in inOrder {
            precondition(edit.range.lowerBound >= position, "ranges to replace do not overlap")
            result.append(contentsOf: source[position..<edit.range.lowerBound])
            if let container = edit.appendsTo {
                let isFirst = appended != container && (edit.isFirst || emptied.contains(container))
                if !isFirst { result.append(UInt8(ascii: ",")) }
                appended = container
            }
            result.append(contentsOf: edit.bytes)
            position = edit.range.upperBound
        }
        result.append(contentsOf: source[position...])
        return result
    }

    private var inOrder: [Edit] {
        edits.enumerated().sorted {
            ($0.element.range.lowerBound, $0.element.range.upperBound, $0.offset)
                < ($1.element.range.lowerBound, $1.element.range.upperBound, $1.offset)
        }.map(\.element)
    }
}
