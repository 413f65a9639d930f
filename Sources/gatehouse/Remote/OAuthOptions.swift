import ArgumentParser
import Foundation
import WireJSON

/// How the gateway gets tokens at a server that asks for them, as options of the commands that say so.
struct OAuthOptions: ParsableArguments {
    @Flag(help: "The server asks for tokens: a person signs in once, or --oauth-grant client_credentials.")
    var oauth = false
    @Option(help: "`authorization_code` or `client_credentials`.") var oauthGrant: String?
    @Option(help: ArgumentHelp("The client that was registered for the gateway.", valueName: "id"))
    var oauthClient: String?
    @Option(help: ArgumentHelp("The variable of this command that holds the client's secret.", valueName: "variable"))
    var oauthSecretEnv: String?
    @Option(help: ArgumentHelp("The authorisation server; no other is asked.", valueName: "url"))
    var oauthIssuer: String?
    @Option(help: ArgumentHelp("What is asked for, instead of what the server says it needs.", valueName: "scope"))
    var oauthScope: [String] = []

    var isGiven: Bool {
        oauth || oauthGrant != nil || oauthClient != nil || oauthSecretEnv != nil || oauthIssuer != nil
            || !oauthScope.isEmpty
    }

    /// Writes `oauth`, if anything of it is given.
    func write(to json: inout JSONWriter) throws {
        guard isGiven else { return }
        var secret: String?
        if let oauthSecretEnv {
            secret = ProcessInfo.processInfo.environment[oauthSecretEnv]
            guard secret != nil else {
                throw CommandFailure("the environment variable `\(oauthSecretEnv)` is not set", .checkFailed)
            }
        }
        json.key("oauth")
        json.object { [secret] json in
            if let oauthGrant { json.member("grant", oauthGrant) }
            if let oauthClient { json.member("client_id", oauthClient) }
            if let secret { json.member("client_secret", secret) }
            if let oauthIssuer { json.member("issuer", oauthIssuer) }
            guard !oauthScope.isEmpty else { return }
            json.key("scopes")
            json.array { json in for scope in oauthScope { json.string(scope) } }
        }
    }
}
