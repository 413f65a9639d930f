import Administration
import HTTPTypes
import Hummingbird

extension Cookies {
    /// A page with a form that only this browser can send back.
    ///
    /// - Parameter signedIn: who has just signed in; nil: whoever the request's cookie says.
    func form(
        for request: Request, as signedIn: Administration.SignedIn? = nil, status: HTTPResponse.Status = .ok,
        _ page: (AccountPages) -> Page
    ) -> Response {
        // What was known before signing in is worth nothing after.
        let known = signedIn == nil ? formSecret(of: request) : nil
        let secret = known ?? Self.makeFormSecret()
        let token = Self.formToken(secret, session: signedIn?.token ?? session(of: request))
        var response = page(AccountPages(formToken: token)).response(status: status)
        if known == nil { setForm(secret, on: &response) }
        if let signedIn { setSession(signedIn, on: &response) }
        return response
    }
}
