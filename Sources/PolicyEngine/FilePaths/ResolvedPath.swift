/// A file path after `.`, `..` and repeated separators are resolved, by its text alone: links are not known here.
struct ResolvedPath: Sendable {
    let isAbsolute: Bool
    /// The names with a `/` before each; nothing for the root, or for where the server stands.
    private let bytes: [UInt8]

    /// Resolves a path; `nil` where readers of paths do not all read it alike.
    init?(_ text: [UInt8]) {
        guard let first = text.first, !PathSpelling.isDoubtful(text) else { return nil }
        isAbsolute = first == UInt8(ascii: "/")
        var names: [ArraySlice<UInt8>] = []
        for (position, name) in text.split(separator: UInt8(ascii: "/")).enumerated() {
            if name.elementsEqual(".".utf8) { continue }
            if name.elementsEqual("..".utf8) {
                if names.popLast() == nil, !isAbsolute { return nil }
                continue
            }
            guard !PathSpelling.isDoubtful(name: name, isFirst: position == 0) else { return nil }
            names.append(name)
        }
        bytes = Array(names.flatMap { [UInt8(ascii: "/")] + $0 })
    }

    /// Lies in the folder, or is the folder.
    func lies(in folder: ResolvedPath) -> Bool {
        let length = folder.bytes.count
        return bytes.starts(with: folder.bytes) && (bytes.count == length || bytes[length] == UInt8(ascii: "/"))
    }

    /// Is the folder, or the folder of, a path that needs no resolving and ends before `end`.
    func holds(_ path: borrowing Span<UInt8>, upTo end: Int) -> Bool {
        holds(path, upTo: end) { $0 }
    }

    /// The same, for a folder and a path whose letters' case is not regarded.
    func holdsFolded(_ path: borrowing Span<UInt8>, upTo end: Int) -> Bool {
        holds(path, upTo: end) { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
    }

    @inline(__always)
    private func holds(_ path: borrowing Span<UInt8>, upTo end: Int, _ fold: (UInt8) -> UInt8) -> Bool {
        guard end >= bytes.count, end == bytes.count || path[bytes.count] == UInt8(ascii: "/") else { return false }
        for position in bytes.indices where fold(path[position]) != bytes[position] { return false }
        return true
    }
}
