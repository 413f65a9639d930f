import Administration
import GatewayStorage
import Testing

/// Which states of a policy are compared.
struct PolicyComparisonTests {
    private let instance = Instance()
    private var office: Administration { instance.administration }

    @Test("a policy is compared from what is in force to its draft, or between any two versions")
    func states() async throws {
        let ann = try await instance.signUp().actor
        let policy = try await office.createPolicy("p", draft: #"{"n":1}"#, by: ann).id
        func compared(_ old: PolicyState?, _ new: PolicyState?) async throws -> String {
            let found = try await office.comparePolicy(policy, from: old, to: new, over: nil, by: ann)
            return "\(found.changes[0].subject) \(found.changes[0].detail)"
        }
        await expectRefusal(.conflict("no version of this policy is in force")) { _ = try await compared(nil, nil) }
        _ = try await office.publishPolicy(policy, by: ann)
        await expectRefusal(.conflict("this policy has no draft – say which versions")) {
            _ = try await compared(nil, nil)
        }
        _ = try await office.publishPolicy(policy, document: #"{"n":2}"#, by: ann)
        _ = try await office.draftPolicy(policy, #"{"n":3}"#, by: ann)
        #expect(try await compared(nil, nil) == #"{"n":2} {"n":3}"#)
        #expect(try await compared(.version(1), .published) == #"{"n":1} {"n":2}"#)
        #expect(try await compared(.draft, .version(1)) == #"{"n":3} {"n":1}"#)
        await expectRefusal(.unknown("version of this policy")) { _ = try await compared(.version(3), .draft) }
        _ = try await office.draftPolicy(policy, "no JSON", by: ann)
        await expectRefusal(
            .policyErrors([PolicyProblem(line: 1, column: 1, pointer: "", message: "no JSON")])
        ) { _ = try await compared(nil, nil) }
    }

    @Test("with a server, its tools as last seen are compared; another organisation's server is an unknown one")
    func tools() async throws {
        let ann = try await instance.signUp().actor
        let policy = try await office.createPolicy("p", draft: "{}", by: ann).id
        _ = try await office.publishPolicy(policy, document: "{}", by: ann)
        let server = try await office.registerServer("iam", World.url, secrets: [:], by: ann).id
        instance.change { world in
            world.listed["iam"] = ["a", "b"].map {
                ListedTool(name: Array($0.utf8), hash: $0, definition: Array("{}".utf8))
            }
        }
        _ = try await office.scan(server, by: ann)
        let found = try await office.comparePolicy(policy, from: nil, to: nil, over: server, by: ann.with(.viewer))
        #expect(found.tools == 2)
        let mal = try await instance.otherAdmin()
        let theirs = try await office.registerServer("theirs", World.url, secrets: [:], by: mal).id
        await expectRefusal(.unknown("server")) {
            _ = try await office.comparePolicy(policy, from: nil, to: nil, over: theirs, by: ann)
        }
    }

    @Test(
        "a state is a version's plain number, `published` or `draft`",
        arguments: [
            ("1", PolicyState.version(1)), ("12", .version(12)), ("published", .published), ("draft", .draft),
            ("0", nil), ("-1", nil), ("+1", nil), ("01", nil), ("", nil), ("Draft", nil), ("1.0", nil),
        ])
    func words(_ text: String, _ state: PolicyState?) { #expect(PolicyState(text) == state) }
}
