/// The folders that `path_within` takes: absolute (`/srv/data`), relative to wherever the server stands (`docs`), or as
/// URLs (`file:///srv/data`). A path is judged by the folders of its own form.
struct FolderSet: Sendable {
    private let folders: [Folder]

    /// One folder, resolved.
    private struct Folder: Sendable {
        let path: ResolvedPath
        let folded: ResolvedPath
        let isURL: Bool
    }

    /// Takes the folders as written, or says what is wrong with one.
    init(_ written: [[UInt8]]) throws(ComparisonError) {
        var folders: [Folder] = []
        for text in written {
            let rest = PathSpelling.afterFileScheme(text.span)
            let bytes = rest.map { Array(text[$0...]) } ?? text
            guard let path = ResolvedPath(bytes), PathSpelling.decoding(bytes) == .same,
                let folded = ResolvedPath(PathSpelling.folded(bytes)), !PathSpelling.climbs(bytes),
                rest == nil || path.isAbsolute
            else {
                let shown = String(decoding: text, as: UTF8.self)
                throw ComparisonError(
                    "`\(shown)` is no folder; write `/srv/data`, `docs` or `file:///srv/data`, without `..` and `%`")
            }
            folders.append(Folder(path: path, folded: folded, isURL: rest != nil))
        }
        self.folders = folders
    }

    /// Judges whether a path lies in one of the folders, or is one.
    ///
    /// Dots, repeated and encoded separators are resolved; whatever readers of paths do not all read alike cannot be
    /// judged (hostile.md C31 and its neighbours).
    func judge(_ text: borrowing Span<UInt8>) -> Judgement {
        guard text.count > 0, text.count <= PolicyBounds.judgedTextBytes else { return .cannotBeJudged }
        if let quick = judgeEveryday(text) { return quick }
        var bytes = text.withUnsafeBufferPointer { Array($0) }
        let urlPath = PathSpelling.afterFileScheme(text)
        if let urlPath {
            // A URL's path is encoded once by rights, and ends where these start.
            if bytes.contains(where: { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }) { return .cannotBeJudged }
            bytes = Array(bytes[urlPath...])
            switch PathSpelling.decoding(bytes) {
            case .same: break
            case .other(let decoded): bytes = decoded
            case .doubtful: return .cannotBeJudged
            }
        }
        let judgement = judge(spelled: bytes, isURL: urlPath != nil)
        // A server may decode what it is given, even more than once: every reading must come to the same.
        for _ in 0..<PolicyBounds.pathDecodings {
            switch PathSpelling.decoding(bytes) {
            case .same: return judgement
            case .other(let decoded): bytes = decoded
            case .doubtful: return .cannotBeJudged
            }
            if judge(spelled: bytes, isURL: urlPath != nil) != judgement { return .cannotBeJudged }
        }
        return .cannotBeJudged
    }

    /// A path as written and as one sees it who does not tell cases and widths of letters apart.
    private func judge(spelled bytes: [UInt8], isURL: Bool) -> Judgement {
        let seen = PathSpelling.folded(bytes)
        // Who regards case and not width has a third path, where a letter is as good as a dot or a stroke.
        guard PathSpelling.marks(in: bytes) == PathSpelling.marks(in: seen), let path = ResolvedPath(bytes),
            let folded = ResolvedPath(seen)
        else { return .cannotBeJudged }
        let one = judge(path, isURL) { $0.path }
        return one == judge(folded, isURL) { $0.folded } ? one : .cannotBeJudged
    }

    private func judge(_ path: ResolvedPath, _ isURL: Bool, _ resolved: (Folder) -> ResolvedPath) -> Judgement {
        var isComparable = true
        for folder in folders {
            guard folder.isURL == isURL, resolved(folder).isAbsolute == path.isAbsolute else {
                // It may lie in this one too: that depends on where the server stands.
                isComparable = false
                continue
            }
            if path.lies(in: resolved(folder)) { return .holds }
        }
        return isComparable ? .doesNotHold : .cannotBeJudged
    }

    /// An absolute path of everyday characters without dots at the start of a name, judged as it lies; `nil` for any
    /// other, and where a folder is of another form.
    private func judgeEveryday(_ text: borrowing Span<UInt8>) -> Judgement? {
        guard text[0] == UInt8(ascii: "/") else { return nil }
        var last = UInt8(ascii: "a")
        for position in text.indices {
            let byte = text[position]
            let isName = (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte == UInt8(ascii: "_")
            if !isName {
                guard byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-"),
                    last != UInt8(ascii: "/") || byte == UInt8(ascii: "-"), last != UInt8(ascii: ".")
                else { return nil }
            }
            last = byte
        }
        guard last != UInt8(ascii: ".") else { return nil }
        let end = last == UInt8(ascii: "/") ? text.count - 1 : text.count
        var judgement = Judgement.doesNotHold
        for position in folders.indices {
            guard folders[position].path.isAbsolute, !folders[position].isURL else { return nil }
            if folders[position].path.holds(text, upTo: end) { return .holds }
            if folders[position].folded.holdsFolded(text, upTo: end) { judgement = .cannotBeJudged }
        }
        return judgement
    }
}
