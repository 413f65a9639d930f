public import Administration
public import Gateway
public import GatewayStorage

/// What the console shows and works on: stores and services it is given, and the subjects that make pages of them.
public struct ConsoleParts: Sendable {
    /// What is not ready, in words; empty where everything is.
    public var unready: @Sendable () async -> [String] = { [] }

    /// Sign-ins of people at upstreams.
    public var signIns = UpstreamSignIns.none

    /// Sign-ins of people at identity providers.
    public var providers = ProviderSignIns.none

    /// The catalogue that pages show.
    public var catalogue: any CatalogueIndex
    /// Administration and who its operator is; nil where there is none.
    public var administration: AdministrationParts?
    /// Where clients sign in; nil where they do not.
    public var authorization: AuthorizationServer?

    public init(catalogue: any CatalogueIndex) { self.catalogue = catalogue }

    /// Every subject, in the order in which their addresses are added.
    func routes(_ settings: ConsoleSettings) -> [any ConsoleRoutes] {
        var routes: [any ConsoleRoutes] = [
            HealthRoutes(unready: unready),
            AssetRoutes(),
            FrontRoutes(),
            CatalogueRoutes(index: catalogue, settings: settings),
            AttackRoutes(index: catalogue, settings: settings),
            UpstreamSignInRoutes(signIns: signIns, settings: settings),
        ]
        if let administration {
            let cookies = Cookies(isEncrypted: settings.isEncrypted)
            routes.append(
                AccountRoutes(office: administration.office, cookies: cookies, providers: providers.choices))
            routes.append(OwnAccountRoutes(office: administration.office, cookies: cookies))
            routes.append(ProviderSignInRoutes(signIns: providers, cookies: cookies, settings: settings))
            if let authorization {
                routes.append(
                    AuthorizationRoutes(server: authorization, office: administration.office, cookies: cookies))
                routes.append(TokenRoutes(server: authorization))
            }
            routes.append(
                APIRoutes(
                    office: administration.office, operatorDigest: administration.operatorDigest,
                    clock: administration.clock))
        }
        return routes
    }
}

/// Administration as the console needs it.
public struct AdministrationParts: Sendable {
    public let office: Administration
    /// The SHA-256 of the token by which this machine's operator is known.
    public let operatorDigest: [UInt8]?
    public let clock: WallClock

    public init(office: Administration, operatorDigest: [UInt8]?, clock: @escaping WallClock) {
        self.office = office
        self.operatorDigest = operatorDigest
        self.clock = clock
    }
}
