import HTTPTypes
import Hummingbird
import Logging

/// Every request's way: through the door, to its handler within a bounded time, and out with the headers that every
/// answer has.
struct ConsoleResponder: HTTPResponder {
    let door: Door
    let router: RouterResponder<ConsoleContext>

    func respond(to request: Request, context: ConsoleContext) async throws -> Response {
        var response = await answer(request, context)
        SecurityHeaders.add(to: &response, isEncrypted: door.settings.isEncrypted)
        return response
    }

    private func answer(_ request: Request, _ context: ConsoleContext) async -> Response {
        if let refusal = door.refusal(of: request, at: context.port) {
            return ErrorAnswer.response(to: request, refusal, context)
        }
        do {
            return try await bounded { try await router.respond(to: request, context: context) }
        } catch let problem as Problem {
            return ErrorAnswer.response(to: request, problem, context)
        } catch {
            context.logger.error(
                "a page failed", metadata: ["path": "\(Self.shown(request.uri.path))", "error": "\(error)"])
            return ErrorAnswer.response(to: request, Problem(.internalServerError), context)
        }
    }

    /// A path as the log may have it: of an address that is itself a secret, the first part only.
    static func shown(_ path: String) -> String {
        let parts = path.split(separator: "/", maxSplits: 1)
        guard let first = parts.first, ["join", "connect"].contains(first) else { return path }
        return "/\(first)/…"
    }

    /// What `work` answers, unless it takes longer than an answer may: then it is cancelled. A handler that does not heed
    /// that is waited for, so what cannot be cancelled must have a bound of its own.
    private func bounded(_ work: @escaping @Sendable () async throws -> Response) async throws -> Response {
        try await withThrowingTaskGroup(of: Response.self) { group in
            group.addTask(operation: work)
            group.addTask {
                try await Task.sleep(for: door.settings.limits.answer)
                throw Problem(.serviceUnavailable, "Try again in a moment.")
            }
            defer { group.cancelAll() }
            guard let response = try await group.next() else { throw Problem(.internalServerError) }
            return response
        }
    }
}

/// Turns the router's own errors into ours, so that all are told in one way.
struct ProblemMiddleware: RouterMiddleware {
    func handle(
        _ request: Request, context: ConsoleContext, next: (Request, ConsoleContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError {
            throw Problem(error.status, error.body, headers: error.headers)
        }
    }
}
