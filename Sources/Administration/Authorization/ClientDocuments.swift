import GatewayStorage
import OAuthMessages
import Synchronization

/// Clients whose id is the address of a document about them (OAuth Client ID Metadata Document): the document, fetched when
/// a member asks and remembered for a while.
public final class ClientDocuments: Sendable {
    /// Fetches the document at an address that may be anybody's; words for people where it cannot be had.
    public typealias Fetch = @Sendable (_ address: String) async -> Result<[UInt8], Absence>

    /// Why there is no document.
    public struct Absence: Error, Sendable, Equatable {
        public let words: String
        public init(_ words: String) { self.words = words }
    }

    private struct Known {
        let found: Result<ClientMetadata, Absence>
        let until: WallTime
    }

    private struct Desk {
        var known: [String: Known] = [:]
        var fetches = 0
    }

    private let desk = Mutex(Desk())
    private let fetch: Fetch

    public init(fetch: @escaping Fetch) { self.fetch = fetch }

    /// Whether an id can be the address of a document: `https`, with a path, without user information, fragment, query or
    /// dots that a path is walked by.
    static func isDocument(_ id: String) -> Bool {
        guard let address = RedirectAddress(id), address.kind == .web, !id.utf8.contains(UInt8(ascii: "?")) else {
            return false
        }
        let segments = id.dropFirst("https://".utf8.count).split(separator: "/", omittingEmptySubsequences: false)
        return segments.count > 1 && !segments[1].isEmpty
            && segments.allSatisfy { ![".", ".."].contains($0.lowercased().replacing("%2e", with: ".")) }
    }

    /// What is remembered of a client; nil where it has to be asked for.
    func remembered(_ id: String, at now: WallTime) -> Result<ClientMetadata, Absence>? {
        desk.withLock { desk in desk.known[id].flatMap { now < $0.until ? $0.found : nil } }
    }

    /// The client with this id.
    func client(_ id: String, at now: WallTime) async -> Result<ClientMetadata, Absence> {
        if let known = remembered(id, at: now) { return known }
        let isFree = desk.withLock { desk in
            guard desk.fetches < AuthorizationBounds.fetchesAtOnce else { return false }
            desk.fetches += 1
            return true
        }
        guard isFree else { return .failure(Absence("too many clients are looked up at this moment")) }
        let found = read(await fetch(id), of: id)
        let age: Duration
        switch found {
        case .success: age = AuthorizationBounds.documentAge
        case .failure: age = AuthorizationBounds.failedDocumentAge
        }
        desk.withLock { desk in
            desk.fetches -= 1
            if desk.known.count >= AuthorizationBounds.documents {
                desk.known = desk.known.filter { now < $0.value.until }
            }
            // Room is made by forgetting: what is forgotten is asked for again.
            if desk.known.count >= AuthorizationBounds.documents { desk.known = [:] }
            desk.known[id] = Known(found: found, until: now.advanced(by: age))
        }
        return found
    }

    private func read(_ document: Result<[UInt8], Absence>, of id: String) -> Result<ClientMetadata, Absence> {
        document.flatMap { bytes in
            do throws(ClientMetadata.Refusal) { return .success(try ClientMetadata(document: bytes, at: id)) } catch {
                return .failure(Absence("the client's document cannot be used: \(error)"))
            }
        }
    }
}
