// swift-tools-version: 6.2
import PackageDescription

// Arrows point down only: a target may depend on targets below it, and no adapter on another.
// Docs/Architecture.md says what each target is; CI checks that imports match this manifest.

let settings: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

extension Target.Dependency {
    static let argumentParser: Self = .product(name: "ArgumentParser", package: "swift-argument-parser")
    static let asyncHTTPClient: Self = .product(name: "AsyncHTTPClient", package: "async-http-client")
    static let crypto: Self = .product(name: "Crypto", package: "swift-crypto")
    /// Key derivation (scrypt).
    static let cryptoExtras: Self = .product(name: "CryptoExtras", package: "swift-crypto")
    static let grdb: Self = .product(name: "GRDB", package: "GRDB.swift")
    /// SQLite's own interface, as GRDB has it.
    static let grdbSQLite: Self = .product(name: "GRDBSQLite", package: "GRDB.swift")
    static let httpTypes: Self = .product(name: "HTTPTypes", package: "swift-http-types")
    static let hummingbird: Self = .product(name: "Hummingbird", package: "hummingbird")
    static let hummingbirdCore: Self = .product(name: "HummingbirdCore", package: "hummingbird")
    static let hummingbirdTLS: Self = .product(name: "HummingbirdTLS", package: "hummingbird")
    static let hummingbirdTesting: Self = .product(name: "HummingbirdTesting", package: "hummingbird")
    static let jwtKit: Self = .product(name: "JWTKit", package: "jwt-kit")
    static let lifecycle: Self = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
    static let logging: Self = .product(name: "Logging", package: "swift-log")
    static let nioCore: Self = .product(name: "NIOCore", package: "swift-nio")
    static let nioEmbedded: Self = .product(name: "NIOEmbedded", package: "swift-nio")
    static let nioHTTP1: Self = .product(name: "NIOHTTP1", package: "swift-nio")
    static let nioPosix: Self = .product(name: "NIOPosix", package: "swift-nio")
    static let nioSSL: Self = .product(name: "NIOSSL", package: "swift-nio-ssl")
    static let subprocess: Self = .product(name: "Subprocess", package: "swift-subprocess")
    static let systemPackage: Self = .product(name: "SystemPackage", package: "swift-system")
    static let unixSignals: Self = .product(name: "UnixSignals", package: "swift-service-lifecycle")
    static let yams: Self = .product(name: "Yams", package: "Yams")
}

/// A library target with the settings every target has.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// A test target; its data files lie in its `Fixtures` folder and are read from the source tree.
func tests(_ name: String, _ dependencies: [Target.Dependency], excluding: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: excluding, swiftSettings: settings)
}

let package = Package(
    name: "gatehouse",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "gatehouse", targets: ["gatehouse"]),
        .library(name: "PolicyEngine", targets: ["PolicyEngine"]),
        .library(name: "PolicyFiles", targets: ["PolicyFiles"]),
        .library(name: "WireJSON", targets: ["WireJSON"]),
        .library(name: "GatewayTesting", targets: ["GatewayTesting"]),
        // A catalogue and its index, without the gateway; Benchmarks measures it.
        .library(name: "CatalogueIndex", targets: ["GatewayStorage", "SQLiteStorage", "ToolCatalogue"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/vapor/jwt-kit", exact: "5.7.1"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
    ],
    targets: [
        // The bottom: values as received, and what decides.
        room("WireJSON"),
        .target(name: "CRE2", linkerSettings: [.linkedLibrary("re2")]),
        room("PolicyEngine", ["WireJSON", "CRE2"]),
        // The vocabulary.
        room("MCPMessages", ["WireJSON"]),
        room("OAuthMessages", ["MCPMessages", "WireJSON", .crypto]),
        room("ToolCatalogue", ["PolicyEngine", "WireJSON", .crypto]),
        room("GatewayStorage", ["PolicyEngine", "ToolCatalogue", "WireJSON"]),
        // The line.
        room(
            "Gateway",
            ["WireJSON", "PolicyEngine", "MCPMessages", "ToolCatalogue", "GatewayStorage", .crypto, .logging]),
        // Documents from addresses that may be anybody's.
        room("Fetching", [.asyncHTTPClient, .nioCore, .nioHTTP1, .nioPosix, .nioSSL]),
        // Adapters: one outside world each; none knows another.
        room(
            "IdentityProviders",
            ["Fetching", "Gateway", "MCPMessages", "OAuthMessages", "WireJSON", .crypto, .jwtKit, .logging]),
        room("GatewayHTTP", ["Gateway", "MCPMessages", "OAuthMessages", .nioCore, .nioHTTP1, .nioPosix, .nioSSL]),
        room("GatewayStdio", ["Gateway", "MCPMessages", .nioCore, .nioPosix]),
        .target(name: "CChildProcess"),
        room(
            "Upstreams",
            [
                "CChildProcess", "Fetching", "Gateway", "GatewayStorage", "MCPMessages", "OAuthMessages", "WireJSON",
                .logging, .nioCore, .nioPosix,
                .nioSSL, .subprocess, .systemPackage,
            ]),
        room("PolicyFiles", ["PolicyEngine", "WireJSON", .yams]),
        room("PolicyTools", ["PolicyEngine", "PolicyFiles", "WireJSON"]),
        room("ClientFiles", ["WireJSON"]),
        room("ToolInventory", ["ClientFiles", "PolicyEngine", "ToolCatalogue", "WireJSON"]),
        room("RegistryHTTP", [.asyncHTTPClient, .nioCore, .nioHTTP1]),
        room("SQLiteStorage", ["GatewayStorage", "PolicyEngine", "ToolCatalogue", .grdb, .grdbSQLite]),
        // What people do, and where they do it.
        room(
            "Administration",
            ["GatewayStorage", "MCPMessages", "OAuthMessages", "WireJSON", .crypto, .cryptoExtras]),
        .target(
            name: "Console",
            dependencies: [
                "Administration", "Gateway", "GatewayStorage", "MCPMessages", "OAuthMessages", "PolicyEngine",
                "PolicyFiles", "ToolCatalogue", "WireJSON", .crypto, .httpTypes, .hummingbird, .hummingbirdCore,
                .hummingbirdTLS, .lifecycle, .logging,
                .nioCore, .nioSSL,
            ],
            // Not a bundle: the program is one file.
            resources: [.embedInCode("Assets/Files")],
            swiftSettings: settings),
        // The program.
        .target(name: "CShippedCatalogue"),
        .executableTarget(
            name: "gatehouse",
            dependencies: [
                "Administration", "CShippedCatalogue", "ClientFiles", "Console", "Fetching", "Gateway", "GatewayHTTP",
                "GatewayStdio",
                "GatewayStorage", "IdentityProviders", "MCPMessages", "OAuthMessages", "PolicyEngine", "PolicyFiles",
                "PolicyTools", "RegistryHTTP", "SQLiteStorage", "ToolCatalogue", "ToolInventory", "Upstreams",
                "WireJSON",
                .argumentParser, .asyncHTTPClient, .crypto, .lifecycle, .logging, .nioCore, .nioHTTP1, .nioPosix,
                .nioSSL, .unixSignals,
            ],
            swiftSettings: settings),
        // Proofs.
        room(
            "GatewayTesting",
            ["Gateway", "GatewayStorage", "MCPMessages", "PolicyEngine", "ToolCatalogue", "WireJSON", .logging]),
        tests(
            "gatehouseTests",
            [
                "Administration", "Fetching", "gatehouse", "Gateway", "GatewayStorage", "IdentityProviders",
                "OAuthMessages", "PolicyFiles", "ToolCatalogue", "ToolInventory", "Upstreams",
            ]),
        tests("WireJSONTests", ["WireJSON"], excluding: ["Fixtures"]),
        tests("PolicyEngineTests", ["PolicyEngine", "WireJSON"]),
        tests("PolicyFilesTests", ["PolicyEngine", "PolicyFiles", "WireJSON"], excluding: ["Fixtures"]),
        tests(
            "PolicyToolsTests", ["PolicyEngine", "PolicyFiles", "PolicyTools", "WireJSON"], excluding: ["Fixtures"]),
        tests("OAuthMessagesTests", ["OAuthMessages", "WireJSON"]),
        .target(
            name: "LoopbackServer", dependencies: [.nioCore, .nioHTTP1, .nioPosix], path: "Tests/LoopbackServer",
            swiftSettings: settings),
        tests("FetchingTests", ["Fetching", "LoopbackServer", .nioCore]),
        tests(
            "IdentityProvidersTests",
            [
                "Fetching", "Gateway", "IdentityProviders", "LoopbackServer", "MCPMessages", "OAuthMessages",
                "WireJSON",
                .crypto, .logging, .nioCore,
            ]),
        tests("ClientFilesTests", ["ClientFiles", "WireJSON"]),
        tests("RegistryHTTPTests", ["RegistryHTTP"]),
        tests("ToolInventoryTests", ["ClientFiles", "PolicyEngine", "ToolCatalogue", "ToolInventory", "WireJSON"]),
        tests("MCPMessagesTests", ["GatewayTesting", "MCPMessages", "WireJSON"]),
        tests("ToolCatalogueTests", ["PolicyEngine", "ToolCatalogue", "WireJSON", .crypto], excluding: ["Fixtures"]),
        tests("GatewayStorageTests", ["GatewayStorage", "GatewayTesting", "PolicyEngine", "ToolCatalogue"]),
        tests(
            "GatewayTests",
            [
                "Gateway", "GatewayStorage", "GatewayTesting", "MCPMessages", "PolicyEngine", "ToolCatalogue",
                "WireJSON", .logging,
            ]),
        tests(
            "GatewayHTTPTests",
            [
                "Gateway", "GatewayHTTP", "GatewayStorage", "GatewayTesting", "MCPMessages", "PolicyEngine",
                "WireJSON", .logging, .nioCore, .nioPosix, .nioSSL,
            ],
            excluding: ["Fixtures"]),
        tests(
            "GatewayStdioTests",
            [
                "Gateway", "GatewayStdio", "GatewayStorage", "GatewayTesting", "MCPMessages", "PolicyEngine",
                "WireJSON", .logging, .nioCore, .nioPosix,
            ]),
        tests(
            "UpstreamsTests",
            [
                "Fetching", "Gateway", "GatewayStorage", "GatewayTesting", "LoopbackServer", "MCPMessages",
                "OAuthMessages", "Upstreams", "WireJSON", .logging, .nioCore,
                .nioEmbedded, .nioHTTP1, .nioPosix, .nioSSL,
            ],
            excluding: ["Fixtures"]),
        tests(
            "AdministrationTests",
            [
                "Administration", "GatewayStorage", "GatewayTesting", "MCPMessages", "OAuthMessages", "WireJSON",
                .crypto,
            ]),
        tests(
            "ConsoleTests",
            [
                "Administration", "Console", "Gateway", "GatewayStorage", "GatewayTesting", "OAuthMessages",
                "PolicyEngine", "PolicyFiles", "ToolCatalogue",
                "WireJSON", .httpTypes,
                .hummingbird, .hummingbirdTesting, .logging, .nioCore, .nioPosix,
            ]),
        tests(
            "SQLiteStorageTests",
            ["GatewayStorage", "GatewayTesting", "PolicyEngine", "SQLiteStorage", "ToolCatalogue", .grdb]),
    ],
    cxxLanguageStandard: .cxx17
)
