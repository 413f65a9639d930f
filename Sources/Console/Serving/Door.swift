import Gateway
import HTTPTypes
import Hummingbird

/// Which requests are looked at at all: named for this console, from its own pages where they change something, and of a
/// size it takes.
struct Door: Sendable {
    let settings: ConsoleSettings

    /// Why a request is turned away; nil where it may come in.
    func refusal(of request: Request, at port: Int?) -> Problem? {
        let path = request.uri.path
        guard (request.head.path ?? "").utf8.count <= settings.limits.targetBytes else { return Problem(.uriTooLong) }
        // Told to whoever keeps this running, who may know no name of it; they say nothing else.
        if HealthRoutes.paths.contains(path) { return nil }
        let peers = AllowedPeers(host: settings.host, port: port ?? settings.port, named: settings.names)
        // A second Host line stays among the fields when the first becomes the authority.
        let hosts = [request.head.authority].compactMap(\.self) + request.headers[values: .host]
        guard peers.permits(hosts: hosts) else {
            return Problem(
                .misdirectedRequest, "This console is not known by that name: add it to `hosts`.", code: "host")
        }
        if !Self.isHarmless(request.method) {
            let site = request.headers[.secFetchSite]
            guard peers.permits(origins: request.headers[values: .origin]),
                site == nil || site == "same-origin" || site == "none"
            else { return Problem(.forbidden, "Another site's page sent this.", code: "origin") }
        }
        guard let length = request.headers[.contentLength] else { return nil }
        guard let bytes = Int(length), bytes <= settings.limits.bodyBytes else { return Problem(.contentTooLarge) }
        return nil
    }

    private static func isHarmless(_ method: HTTPRequest.Method) -> Bool {
        method == .get || method == .head || method == .options
    }
}
