import Administration
import Fetching
import Testing
import Upstreams

@testable import gatehouse

/// Decision 0074: what an organisation that shares the machine names is held to public networks when it is connected to.
struct SharedMachineTests {
    @Test("an address and an issuer may be private where the machine is the organisation's, and nowhere else")
    func addresses() throws {
        var oauth = OAuthChoices()
        oauth.clientID = "client"
        oauth.issuer = "http://127.0.0.1:5555"
        var choices = ServerChoices(transport: .url("http://127.0.0.1:5555/mcp"))
        choices.oauth = oauth
        for mayUseMachine in [true, false] {
            let declared = try choices.declared(as: "one", secrets: [:], mayUseMachine: mayUseMachine)
            guard case .url(let address, _, _) = declared.transport else {
                Issue.record("a server with a URL is reached by it")
                return
            }
            #expect(address.isOperatorTyped == mayUseMachine)
            #expect(declared.oauth?.issuerAddress?.isOperatorTyped == mayUseMachine)
        }
    }
}
