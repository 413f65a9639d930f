import ServiceLifecycle

/// A long-lived part of the running program: what it does until it is told to stop, and how it is told.
struct Part: Service {
    let name: String
    let body: @Sendable () async throws -> Void
    let stop: @Sendable () async -> Void

    init(
        _ name: String, _ body: @escaping @Sendable () async throws -> Void, stop: @escaping @Sendable () async -> Void
    ) {
        self.name = name
        self.body = body
        self.stop = stop
    }

    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask(operation: body)
            // Told to stop also when the program is cancelled, or when the body has ended; to stop twice does no harm.
            group.addTask {
                try? await gracefulShutdown()
                await stop()
            }
            defer { group.cancelAll() }
            try await group.next()
            if Task.isShuttingDownGracefully { try await group.next() }
        }
    }
}
