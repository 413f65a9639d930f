import MCPMessages
import PolicyEngine
import Synchronization
import ToolCatalogue
import WireJSON

/// First lists of tools that are being read by clients page by page, before anything of them is accepted.
///
/// What a client reads from the first page to the last is the list as well as if the house had asked itself, and the
/// server is asked once. One reading of a list counts at a time: the one begun last.
final class FirstLists: Sendable {
    /// Names one reading.
    struct Turn: Sendable {
        fileprivate let list: DefinitionList
        fileprivate let number: UInt64
    }

    /// What comes of one page.
    enum Page {
        /// There is more to come; these of its tools can be shown.
        case part(Set<ToolName>)
        case whole([ToolName: [Definitions.Accepted]])
        /// Another reading has begun meanwhile.
        case superseded
    }

    private struct Reading {
        var number: UInt64
        /// Whose pages it is made of.
        let server: ObjectIdentifier
        var tools: [ToolName: [Definitions.Accepted]] = [:]
        /// The cursor of the page that goes on with it; nil while a page is under way.
        var next: [UInt8]?
        var pages = 0
    }

    private struct State {
        var readings: [DefinitionList: Reading] = [:]
        var last: UInt64 = 0
    }

    private let state = Mutex(State())

    /// The turn of a page: a first page begins a reading, any other has to be the one that comes next in it.
    func turn(of list: DefinitionList, from server: Server, cursor: JSON?) -> Turn? {
        let server = ObjectIdentifier(server.upstream)
        return state.withLock { state in
            guard let cursor else {
                state.last += 1
                state.readings[list] = Reading(number: state.last, server: server)
                return Turn(list: list, number: state.last)
            }
            guard let reading = state.readings[list], reading.server == server, let next = reading.next,
                cursor.bytes.elementsEqual(next), reading.pages < GatewayLimits.listPages
            else { return nil }
            state.readings[list]?.next = nil
            return Turn(list: list, number: reading.number)
        }
    }

    func take(_ listing: ToolListing, at turn: Turn) -> Page {
        state.withLock { state in
            guard var reading = state.readings[turn.list], reading.number == turn.number else { return .superseded }
            listing.collect(into: &reading.tools)
            guard let cursor = listing.nextCursor else {
                state.readings[turn.list] = nil
                return .whole(reading.tools)
            }
            reading.next = Array(cursor.bytes)
            reading.pages += 1
            state.readings[turn.list] = reading
            let names = listing.definitions.compactMap { $0.name.flatMap { ToolName($0) } }
            return .part(
                Set(names.filter { reading.tools[$0]?.count == 1 && reading.tools[$0]?[0].annotations != nil }))
        }
    }
}
