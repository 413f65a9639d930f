public import WireJSON

/// One answer of `GET /v0.1/servers`: what could be read of it, and what was passed over.
public struct RegistryPage: Sendable, Hashable {
    /// An entry that was passed over, and why.
    public struct Skipped: Sendable, Hashable, CustomStringConvertible {
        /// Its place on the page, from 0.
        public let place: Int
        public let reason: String

        public var description: String { "entry \(place): \(reason)" }
    }

    public let entries: [RegistryEntry]
    public let skipped: [Skipped]
    /// Where the next page begins; nil at the end. Opaque: to be sent back percent-encoded.
    public let nextCursor: String?

    /// Reads a page; nil where it is none. One malformed entry never costs the others.
    public init?(_ json: JSON) {
        guard let servers = json["servers"], servers.kind == .array else { return nil }
        var entries: [RegistryEntry] = []
        var skipped: [Skipped] = []
        for (place, element) in servers.elements.enumerated() {
            guard place < CatalogueBounds.registryEntries else {
                skipped.append(Skipped(place: place, reason: "the page holds too many entries"))
                break
            }
            do {
                entries.append(try RegistryEntry(element))
            } catch {
                skipped.append(Skipped(place: place, reason: error.description))
            }
        }
        self.entries = entries
        self.skipped = skipped
        let metadata = json["metadata"]
        let cursor = metadata?["nextCursor"]?.string ?? metadata?["next_cursor"]?.string
        nextCursor = cursor.flatMap { $0.isEmpty ? nil : $0 }
    }
}

/// The way through a registry's pages: which to ask for next, and when to stop although the registry says go on.
public struct RegistryWalk: Sendable {
    public enum Next: Sendable, Hashable {
        /// Ask for the page at this cursor.
        case page(String)
        /// That was all.
        case end
        /// The registry's cursors lead nowhere: what was read is not all there is.
        case stop(String)
    }

    private var seen: Set<[UInt8]> = []
    private var emptyPages = 0
    /// Entries that came before, by name and version.
    private var known: Set<Int> = []

    public init() {}

    /// What to do after this page.
    public mutating func next(after page: RegistryPage) -> Next {
        guard let cursor = page.nextCursor else { return .end }
        guard seen.insert(Array(cursor.utf8)).inserted else { return .stop("the registry repeats a cursor") }
        var bringsNews = !page.skipped.isEmpty
        for entry in page.entries {
            var hasher = Hasher()
            for text in [entry.name, entry.version] { hasher.combine(Array(text.utf8)) }
            if known.insert(hasher.finalize()).inserted { bringsNews = true }
        }
        emptyPages = bringsNews ? 0 : emptyPages + 1
        if emptyPages > 3 {
            return .stop("the registry sends pages without an end that are empty or repeat what came before")
        }
        if seen.count >= CatalogueBounds.registryPages { return .stop("the registry has too many pages") }
        return .page(cursor)
    }
}
