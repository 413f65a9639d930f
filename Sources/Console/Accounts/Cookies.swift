import Administration
import Crypto
import GatewayStorage
import HTTPTypes
import Hummingbird
import WireJSON

/// The console's cookies: who is signed in, a secret that a form of ours repeats, what is kept while somebody is away at an
/// identity provider, and while somebody signs in, the question of a client that they came with.
///
/// All are for this host alone, not for scripts, and not sent with another site's forms (`SameSite=Lax`: a link from
/// elsewhere, as in a message to an approver, still finds its reader signed in).
struct Cookies: Sendable {
    let isEncrypted: Bool

    private var prefix: String { isEncrypted ? "__Host-" : "" }
    private var session: String { prefix + "gatehouse" }
    private var form: String { prefix + "gatehouse-form" }
    private var departure: String { prefix + "gatehouse-signin" }
    private var question: String { prefix + "gatehouse-question" }

    /// The token of the sign-in; nil where there is none, or more than one.
    func session(of request: Request) -> String? { value(session, of: request) }

    /// The secret of the forms given to this browser.
    func formSecret(of request: Request) -> String? {
        value(form, of: request).flatMap { (32...128).contains($0.utf8.count) ? $0 : nil }
    }

    /// A new one.
    static func makeFormSecret() -> String { BearerToken(.session).secret }

    /// What a form repeats: tied to the secret and to the sign-in, and not to be turned back into either.
    static func formToken(_ secret: String, session: String?) -> String {
        Hexadecimal.text(
            Array(SHA256.hash(data: Array("gatehouse-form-1\n\(secret)\n\(session ?? "")".utf8))))
    }

    /// Refuses a form that was not made for this browser.
    func check(_ form: FormBody, of request: Request) throws {
        guard let secret = formSecret(of: request),
            Self.formToken(secret, session: session(of: request)).utf8.elementsEqual(form["form"].utf8)
        else {
            throw Problem(
                .forbidden, "This form is too old. Go back, reload the page, and send it again.", code: "form")
        }
    }

    func setForm(_ secret: String, on response: inout Response) { set(form, secret, seconds: nil, on: &response) }

    func setSession(_ signedIn: Administration.SignedIn, on response: inout Response) {
        set(
            session, signedIn.token, seconds: Int(AdministrationBounds.session.components.seconds), on: &response)
    }

    func clearSession(on response: inout Response) { set(session, "", seconds: 0, on: &response) }

    /// In, with a new form secret: what was known before signing in is worth nothing after.
    func entering(_ signedIn: Administration.SignedIn, by request: Request) -> Response {
        var response = Response(status: .seeOther, headers: [.location: AfterSignIn.address(of: request, self)])
        if question(of: request) != nil { clearQuestion(on: &response) }
        setSession(signedIn, on: &response)
        setForm(Self.makeFormSecret(), on: &response)
        return response
    }

    /// What this browser was given when it was sent to a provider.
    func ticket(of request: Request) -> String? { value(departure, of: request) }

    func setTicket(_ ticket: String, on response: inout Response) {
        set(
            departure, ticket, seconds: Int(AdministrationBounds.signInTicket.components.seconds), on: &response)
    }

    func clearTicket(on response: inout Response) { set(departure, "", seconds: 0, on: &response) }

    /// The question that waits for a sign-in.
    func question(of request: Request) -> String? { value(question, of: request) }

    func setQuestion(_ text: String, on response: inout Response) { set(question, text, seconds: 600, on: &response) }

    func clearQuestion(on response: inout Response) { set(question, "", seconds: 0, on: &response) }

    private func set(_ name: String, _ value: String, seconds: Int?, on response: inout Response) {
        var text = "\(name)=\(value); Path=/; HttpOnly; SameSite=Lax"
        if let seconds { text += "; Max-Age=\(seconds)" }
        if isEncrypted { text += "; Secure" }
        response.headers.append(HTTPField(name: .setCookie, value: text))
    }

    private func value(_ name: String, of request: Request) -> String? {
        var found: [String] = []
        for field in request.headers[values: .cookie] {
            for pair in field.split(separator: ";") {
                let parts = pair.drop { $0 == " " }.split(
                    separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                if parts.count == 2, parts[0].utf8.elementsEqual(name.utf8) { found.append(String(parts[1])) }
            }
        }
        return found.count == 1 ? found[0] : nil
    }
}
