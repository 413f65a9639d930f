/// What the console shows and works on: stores and services it is given, and the subjects that make pages of them.
public struct ConsoleParts: Sendable {
    /// What is not ready, in words; empty where everything is.
    public var unready: @Sendable () async -> [String] = { [] }

    public init() {}

    /// Every subject, in the order in which their addresses are added.
    func routes(_ settings: ConsoleSettings) -> [any ConsoleRoutes] {
        [
            HealthRoutes(unready: unready),
            AssetRoutes(),
            FrontRoutes(),
        ]
    }
}
