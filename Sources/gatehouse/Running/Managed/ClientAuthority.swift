import Administration
import Fetching
import GatewayStorage
import IdentityProviders
import NIOCore

/// The gateway's own authorisation server, joined to the parts of the running program.
struct ClientAuthority: Sendable {
    let issuer: OwnIssuer
    private let documents: ClientDocuments

    /// Nil where it is off, or how people reach the console is not known.
    ///
    /// - Parameter address: how people reach the console.
    init?(
        _ address: String?, _ declared: DeclaredConfiguration, keyring: Keyring, clock: @escaping WallClock
    ) {
        var origins: [WebAddress] = []
        var certificates: String?
        switch declared.console.authorization {
        case .off: return nil
        case .on(let typed, let file): (origins, certificates) = (typed, file)
        case nil: break
        }
        guard let address, let place = try? WebAddress(address, isOperatorTyped: true) else { return nil }
        issuer = OwnIssuer(issuer: address, address: place) {
            try? AuthorizationServer.keySet(of: keyring, at: clock())
        }
        let fetcher = Fetcher(bounds: .clientDocuments, certificates: certificates)
        documents = ClientDocuments { [origins] id in await Self.document(at: id, origins, fetcher) }
    }

    /// - Parameter gateway: where clients reach the endpoints.
    func server(_ office: Administration, gateway: String) -> AuthorizationServer {
        AuthorizationServer(issuer: issuer.issuer, gateway: gateway, office: office, documents: documents)
    }

    private static func document(
        at id: String, _ origins: [WebAddress], _ fetcher: Fetcher
    ) async -> Result<[UInt8], ClientDocuments.Absence> {
        let address: WebAddress
        do throws(WebAddressError) { address = try WebAddress(found: id, typed: origins) } catch {
            return .failure(.init("the client's document cannot be fetched: \(error)"))
        }
        do throws(FetchFailure) {
            let response = try await fetcher.fetch(.json(at: address))
            guard response.status == 200 else {
                return .failure(.init("`\(address.origin)` has no document of the client: status \(response.status)"))
            }
            return .success(response.body)
        } catch .addressRefused(let address) {
            return .failure(.init("`\(address.origin)` is no public address"))
        } catch {
            // Nothing of how a fetch failed: who asks could find out what is there.
            return .failure(.init("the client's document at `\(address.origin)` cannot be had"))
        }
    }
}

extension FetchBounds {
    /// Of a document that a member waits for.
    fileprivate static var clientDocuments: FetchBounds {
        var bounds = FetchBounds()
        bounds.bodyBytes = 16 * 1024
        bounds.time = .seconds(5)
        return bounds
    }
}
