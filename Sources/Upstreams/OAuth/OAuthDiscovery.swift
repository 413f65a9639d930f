import Fetching
import OAuthMessages
import WireJSON

/// Finds out who issues tokens for an upstream (MCP revision 2025-11-25, "Authorization Server Discovery").
struct OAuthDiscovery: Sendable {
    let upstream: WebAddress
    let settings: OAuthSettings
    let fetcher: Fetcher

    /// The addresses an operator typed.
    var typed: [WebAddress] { [upstream] + [settings.issuerAddress].compactMap(\.self) }

    func authority() async throws(OAuthProblem) -> OAuthAuthority {
        let (resource, challenged) = try await resource()
        let issuer = try issuer(of: resource)
        let metadata = try await metadata(of: issuer)
        let scopes = challenged.isEmpty ? resource?.scopes ?? [] : challenged
        return try OAuthAuthority(
            resource: resource?.resource ?? upstream.description, metadata, scopes: scopes, typed: typed)
    }

    /// The upstream's metadata: where its challenge points, else where it must lie. Nil only where an operator typed the
    /// issuer, who then vouches for it.
    private func resource() async throws(OAuthProblem) -> (ProtectedResourceMetadata?, scopes: [String]) {
        let challenge = BearerChallenge(fieldLines: try await challengeLines())
        let scopes = challenge?.scopes ?? []
        let locations = challenge?.resourceMetadata.map { [$0] } ?? WellKnown.locations(ofResource: withoutSlash)
        for location in locations {
            guard let address = try? WebAddress(found: location, typed: typed),
                let response = try? await fetcher.fetch(.json(at: address)), response.status == 200,
                let document = try? JSON(response.body, limits: OAuthBounds.document),
                let metadata = ProtectedResourceMetadata(document)
            else { continue }
            guard covers(metadata.resource) else { throw .foreignResource(metadata.resource) }
            return (metadata, scopes)
        }
        guard settings.issuer != nil else { throw .noMetadata }
        return (nil, scopes)
    }

    /// A question without a token, which the server answers with how to get one.
    private func challengeLines() async throws(OAuthProblem) -> [String] {
        let request = FetchRequest(
            upstream,
            fields: [("Content-Type", "application/json"), ("Accept", "application/json, text/event-stream")],
            body: Array(#"{"jsonrpc":"2.0","id":0,"method":"ping"}"#.utf8))
        do throws(FetchFailure) { return try await fetcher.fetch(request).values(of: "www-authenticate") } catch {
            throw .unreachable("\(error)")
        }
    }

    /// The one issuer whose tokens are used: what was typed, if the server names it; else the first it names.
    private func issuer(of resource: ProtectedResourceMetadata?) throws(OAuthProblem) -> String {
        let named = resource?.authorizationServers ?? []
        guard let typed = settings.issuer else {
            guard !settings.needsIssuer else { throw .unknownIssuer }
            guard let first = named.first else { throw .noMetadata }
            return first
        }
        guard named.isEmpty || named.contains(where: { $0.utf8.elementsEqual(typed.utf8) }) else { throw .otherIssuer }
        return typed
    }

    private func metadata(of issuer: String) async throws(OAuthProblem) -> AuthorizationServerMetadata {
        var last = OAuthProblem.badMetadata("the authorisation server has no metadata")
        for location in WellKnown.locations(ofIssuer: issuer) {
            do {
                let address = try WebAddress(found: location, typed: typed)
                let response = try await fetcher.fetch(.json(at: address))
                guard response.status == 200 else { continue }
                return try AuthorizationServerMetadata(response.body, of: issuer)
            } catch {
                last = .badMetadata("\(error)")
            }
        }
        throw last
    }

    /// Whether metadata of this resource speaks for the upstream: it is the same address, or one above it at the same origin
    /// (RFC 9728 section 3.3; MCP "Canonical Server URI").
    private func covers(_ resource: String) -> Bool {
        guard let named = try? WebAddress(resource, isOperatorTyped: false), named.isAtSameOrigin(as: upstream) else {
            return false
        }
        let above = Array(named.path.utf8.last == UInt8(ascii: "/") ? named.path.utf8.dropLast() : named.path.utf8[...])
        let own = Array(upstream.path.utf8)
        guard own.starts(with: above) else { return false }
        return own.count == above.count || own[above.count] == UInt8(ascii: "/")
            || own[above.count] == UInt8(ascii: "?")
    }

    private var withoutSlash: String {
        let text = upstream.description
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }
}
