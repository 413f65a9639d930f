import Administration
import Fetching
import Gateway
import Upstreams

extension ServerChoices {
    /// Why a server cannot be reached as chosen.
    struct Unusable: Error, CustomStringConvertible {
        let field: String
        let reason: String
        var description: String { "`\(field)` \(reason)" }
    }

    /// The same as a configuration file would declare it. Definitions are accepted by people, never by the line itself.
    ///
    /// - Parameter mayUseMachine: whether it may be on this machine, or in a private network.
    func declared(
        as slug: String, secrets: [String: String], mayUseMachine: Bool
    ) throws(Unusable) -> DeclaredServer {
        guard Server.isSlug(slug) else {
            throw Unusable(field: "slug", reason: "is 1 to 64 of a-z, 0-9, `-` and single `_`")
        }
        var settings = ServerSettings(acceptance: .manual)
        settings.capture = capture == .full ? .full : .keys
        settings.isAuditStrict = isAuditStrict
        var timeouts = UpstreamTimeouts()
        if let callTimeout { timeouts.call = .seconds(callTimeout) }
        var secrets = secrets
        let clientSecret = secrets.removeValue(forKey: OAuthChoices.secretName)
        let oauth: OAuthSettings? =
            if let chosen = self.oauth {
                try OAuthSettings(chosen, secret: clientSecret, mayUseMachine: mayUseMachine)
            } else { nil }
        if oauth != nil, secrets.keys.contains(where: { $0.lowercased() == "authorization" }) {
            throw Unusable(field: "oauth", reason: "and a header `Authorization` exclude each other")
        }
        return DeclaredServer(
            slug: slug, transport: try reached(secrets, mayUseMachine), oauth: oauth, timeouts: timeouts,
            settings: settings)
    }

    private func reached(
        _ secrets: [String: String], _ mayUseMachine: Bool
    ) throws(Unusable) -> DeclaredServer.Transport {
        switch transport {
        case .command(let command, let directory):
            do throws(StdioCommand.Refusal) {
                return .command(try StdioCommand(command, environment: secrets, workingDirectory: directory))
            } catch {
                throw Unusable(field: "command", reason: "cannot be run: \(error)")
            }
        case .url(let url):
            var headers: [StaticHeader] = []
            for (name, value) in secrets.sorted(by: { $0.key < $1.key }) {
                do throws(StaticHeaderError) { headers.append(try StaticHeader(name: name, value: value)) } catch {
                    throw Unusable(field: "secrets", reason: "cannot be headers: \(error)")
                }
            }
            do throws(UpstreamAddressError) {
                return .url(
                    try UpstreamAddress(url, isOperatorTyped: mayUseMachine), headers: headers, certificates: nil)
            } catch {
                throw Unusable(field: "url", reason: "cannot be reached: \(error)")
            }
        }
    }
}
