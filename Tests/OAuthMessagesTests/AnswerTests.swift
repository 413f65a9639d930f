import OAuthMessages
import Testing

@Suite("Proof keys and answers")
struct AnswerTests {
    // RFC 7636 appendix B.
    @Test("a challenge is the verifier's SHA-256")
    func challenge() {
        #expect(
            ProofKey.challenge(of: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
                == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
        #expect(ProofKey() != ProofKey())
    }

    static let forms: [(String, [String: String]?)] = [
        ("a=1&b=2", ["a": "1", "b": "2"]), ("a=%3D%26+x", ["a": "=& x"]), ("a", ["a": ""]), ("", [:]),
        ("a=1&a=2", nil), ("a=1&%61=2", nil), ("a=%", nil), ("a=%4", nil), ("a=%zz", nil), ("a=%ff", nil),
        ("a=b=c", ["a": "b=c"]),
    ]

    @Test("a form is read in one way, or not at all", arguments: forms)
    func form(_ text: String, _ fields: [String: String]?) { #expect(FormText.read(text) == fields) }

    @Test("what is written is read back as it was", arguments: ["a b", "ä+&=%", "\u{0}\n", "\"'<>"])
    func written(_ text: String) {
        #expect(FormText.read(FormText.write([(name: text, value: text)])) == [text: text])
    }

    // RFC 9207 section 2.4.
    static let issuers: [(named: String?, promised: Bool, isTaken: Bool)] = [
        ("https://a", true, true), ("https://a", false, true), (nil, false, true), (nil, true, false),
        ("https://b", true, false), ("https://b", false, false), ("https://a/", false, false), ("", false, false),
    ]

    @Test("an issuer that is named must be the one asked, and one that is promised must be named", arguments: issuers)
    func issuer(_ named: String?, _ promised: Bool, _ isTaken: Bool) throws {
        let answer = try #require(AuthorizationAnswer(query: "code=c&state=s" + (named.map { "&iss=\($0)" } ?? "")))
        #expect(answer.comes(from: "https://a", namesItself: promised) == isTaken)
    }

    static let tokens: [(Int, String, Bool)] = [
        (200, #"{"access_token":"a","token_type":"Bearer"}"#, true),
        (200, #"{"access_token":"a","token_type":"bEARER"}"#, true),
        (200, #"{"access_token":"a"}"#, false), (200, #"{"access_token":"a","token_type":"mac"}"#, false),
        (200, #"{"access_token":"a\r\nX: y","token_type":"Bearer"}"#, false),
        (200, #"{"access_token":"","token_type":"Bearer"}"#, false),
        (200, #"{"access_token":"a","token_type":"Bearer","refresh_token":"b c"}"#, false),
        (400, #"{"access_token":"a","token_type":"Bearer"}"#, false),
        (200, #"{"access_token":"a","access_token":"b","token_type":"Bearer"}"#, false), (200, "access_token=a", false),
        (302, "", false),
    ]

    @Test("only what can be sent as a bearer token is one", arguments: tokens)
    func token(_ status: Int, _ body: String, _ isIssued: Bool) {
        let answer = TokenAnswer(status: status, Array(body.utf8))
        let wasIssued = if case .issued = answer { true } else { false }
        #expect(wasIssued == isIssued)
    }
}
