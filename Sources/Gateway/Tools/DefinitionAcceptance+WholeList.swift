import Logging
import MCPMessages
import PolicyEngine
import ToolCatalogue
import WireJSON

/// A server's tools from its first page to its last.
enum WholeList {
    /// Each name's definition, or definitions where it is there with several.
    case tools([ToolName: [Definitions.Accepted]])
    /// The server has no such list (-32601).
    case none
    /// A page could not be had, is no list, or the list has no end.
    case unavailable
}

extension DefinitionAcceptance {
    /// Asks for all pages on the house's own behalf.
    func wholeList(of server: Server, for scope: UpstreamScope) async -> WholeList {
        var tools: [ToolName: [Definitions.Accepted]] = [:]
        var page = ListPage()
        for number in 0..<GatewayLimits.listPages {
            let reply = await ListQuestion.ask(server.upstream, page, for: scope)
            guard case .success(let answered) = reply, case .result(let result) = answered.outcome,
                let listing = ToolListing(result)
            else {
                if number == 0, reply.saysMethodNotFound { return .none }
                logger.error(
                    "tools cannot be listed", metadata: ["server": "\(server.slug)", "reason": "\(reply.reason)"])
                return .unavailable
            }
            listing.collect(into: &tools)
            guard let cursor = listing.nextCursor else { return .tools(tools) }
            page = ListPage(cursor: cursor)
        }
        logger.error("the list of tools has no end", metadata: ["server": "\(server.slug)"])
        return .unavailable
    }
}

extension ToolListing {
    /// Adds the page's tools; a name that is there with another definition has both then.
    func collect(into tools: inout [ToolName: [Definitions.Accepted]]) {
        for (utf8, definition) in definitions {
            guard let utf8, let name = ToolName(utf8), tools.count < GatewayLimits.toolsPerServer else { continue }
            let hash = DefinitionHash(of: definition)
            let isNew = !(tools[name]?.contains { $0.hash == hash } ?? false)
            if isNew { tools[name, default: []].append(.init(hash: hash, definition: definition)) }
        }
    }
}
