import Hummingbird

/// The addresses of one subject and who answers them: catalogue, health, the API, accounts.
///
/// A subject is a type of its own that is added to the list in ``ConsoleParts/routes(_:)``. What a handler cannot do it
/// throws as a ``Problem``.
protocol ConsoleRoutes: Sendable {
    func add(to router: Router<ConsoleContext>)
}
