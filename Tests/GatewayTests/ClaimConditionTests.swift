import Gateway
import Testing
import WireJSON

/// Which claims fit what a configuration names.
@Suite("Claim conditions")
struct ClaimConditionTests {
    private func holds(_ condition: ClaimCondition, _ claims: String) throws -> Bool {
        condition.holds(of: try JSON(Array(claims.utf8)))
    }

    @Test(
        "an address fits only where the provider says that it is verified",
        arguments: [
            (#"{"email":"a@b.example","email_verified":true}"#, true),
            (#"{"email":"a@b.example","email_verified":"true"}"#, true), (#"{"email":"a@b.example"}"#, false),
            (#"{"email":"a@b.example","email_verified":false}"#, false),
            (#"{"email":"a@b.example","email_verified":"false"}"#, false),
            (#"{"email":"a@b.example","email_verified":"TRUE"}"#, false),
            (#"{"email":"a@b.example","email_verified":1}"#, false),
            (#"{"email":"a@b.example","email_verified":null}"#, false),
            (#"{"email":"a@b.example","email_verified":[true]}"#, false),
            (#"{"email":["a@b.example"]}"#, false), (#"{"email":"x@b.example","email_verified":true}"#, false),
        ])
    func address(claims: String, fits: Bool) throws {
        #expect(try holds(ClaimCondition(path: ["email"], values: ["a@b.example"]), claims) == fits)
    }

    @Test("other claims fit as they are, and a claim inside another is no address")
    func others() throws {
        #expect(try holds(ClaimCondition(path: ["groups"], values: ["a"]), #"{"groups":["a"]}"#))
        #expect(try holds(ClaimCondition(path: ["work", "email"], values: ["a"]), #"{"work":{"email":"a"}}"#))
        #expect(try !holds(ClaimCondition(path: ["groups"], values: ["a"]), #"{"groups":"A"}"#))
    }
}
