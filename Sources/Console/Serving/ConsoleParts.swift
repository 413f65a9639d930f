public import Gateway
public import GatewayStorage

/// What the console shows and works on: stores and services it is given, and the subjects that make pages of them.
public struct ConsoleParts: Sendable {
    /// What is not ready, in words; empty where everything is.
    public var unready: @Sendable () async -> [String] = { [] }

    /// Sign-ins of people at upstreams.
    public var signIns = UpstreamSignIns.none

    /// The catalogue that pages show.
    public var catalogue: any CatalogueIndex

    public init(catalogue: any CatalogueIndex) { self.catalogue = catalogue }

    /// Every subject, in the order in which their addresses are added.
    func routes(_ settings: ConsoleSettings) -> [any ConsoleRoutes] {
        [
            HealthRoutes(unready: unready),
            AssetRoutes(),
            FrontRoutes(),
            CatalogueRoutes(index: catalogue, settings: settings),
            AttackRoutes(settings: settings),
            UpstreamSignInRoutes(signIns: signIns, settings: settings),
        ]
    }
}
