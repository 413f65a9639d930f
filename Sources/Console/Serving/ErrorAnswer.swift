import HTTPTypes
import Hummingbird

/// How a refusal is told: as a page to people, as problem details to programs.
enum ErrorAnswer {
    static func response(to request: Request, _ problem: Problem, _ context: ConsoleContext) -> Response {
        if isForProgram(request) { return problem.answer(requestID: context.id) }
        let page = Page(title: problem.title, description: problem.title) {
            Tag.div(.class("head")) {
                Tag.div {
                    Tag.h1 { problem.title }
                    if let detail = problem.detail { Tag.p { detail } }
                }
            }
            Tag.p(.class("note")) { "Status \(problem.status.code), request \(context.id)" }
            Tag.p(.class("gap-3")) { Tag.a(.class("btn"), .href(.path("catalog"))) { "Search the catalogue" } }
        }
        var response = page.response(status: problem.status)
        for field in problem.headers { response.headers.append(field) }
        return response
    }

    /// Data addresses, the API, and whoever prefers JSON.
    private static func isForProgram(_ request: Request) -> Bool {
        let path = request.uri.path
        if path.hasPrefix("/api/") || path.hasSuffix(".json") || HealthRoutes.paths.contains(path) { return true }
        guard let accepted = request.headers[.accept] else { return false }
        return accepted.contains("json") && !accepted.contains("text/html")
    }
}
