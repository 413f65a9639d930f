import Hummingbird
import MCPMessages

/// Where somebody goes who has just signed in: back to the client's question that they came with, or to their account.
///
/// The browser keeps the question while they sign in, however that is done. Only the question is kept, so that it leads to
/// its own page and nowhere else.
enum AfterSignIn {
    static func address(of request: Request, _ cookies: Cookies) -> String {
        guard let kept = cookies.question(of: request), let bytes = Base64.url.decode(kept.utf8),
            bytes.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return Address.path("account").text }
        return "/\(AuthorizationRoutes.path)?\(String(decoding: bytes, as: UTF8.self))"
    }

    /// Sends somebody to sign in, and back with their question.
    static func signIn(with question: String, _ cookies: Cookies) -> Response {
        var response = Response(status: .seeOther, headers: [.location: Address.path("signin").text])
        cookies.setQuestion(
            String(decoding: Base64.url.encode(Array(question.utf8)), as: UTF8.self), on: &response)
        return response
    }
}
