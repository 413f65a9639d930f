// swift-tools-version: 6.2
import PackageDescription

// What `make bench` needs beside the gateway; a package of its own, so that `swift build` and `swift test` at the top
// never build it. scripts/bench/run.sh builds and uses it.

let settings: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "gatehouse-benchmarks",
    platforms: [.macOS(.v26)],
    dependencies: [
        .package(name: "gatehouse", path: ".."),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    ],
    targets: [
        .executableTarget(
            name: "FastUpstream",
            dependencies: [
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: settings),
        .target(name: "CAllocationCount"),
        .executableTarget(
            name: "CatalogueSearch",
            dependencies: [
                .product(name: "CatalogueIndex", package: "gatehouse"),
                .product(name: "GatewayTesting", package: "gatehouse"),
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "PolicyDecisions",
            dependencies: [
                "CAllocationCount",
                .product(name: "PolicyEngine", package: "gatehouse"),
                .product(name: "PolicyFiles", package: "gatehouse"),
                .product(name: "WireJSON", package: "gatehouse"),
            ],
            swiftSettings: settings),
    ]
)
