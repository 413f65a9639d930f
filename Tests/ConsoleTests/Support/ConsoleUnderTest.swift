import GatewayStorage
import HTTPTypes
import HummingbirdTesting
import Logging
import NIOCore

@testable import Console

/// A console that listens on a free port of loopback for the length of a test.
func withConsole<Value: Sendable>(
    _ parts: ConsoleParts = ConsoleParts(catalogue: MemoryCatalogue()), limits: ConsoleLimits = .init(),
    names: [String] = [],
    _ body: @Sendable (any TestClientProtocol) async throws -> Value
) async throws -> Value {
    // The test client's requests name `localhost` alone.
    var logger = Logger(label: "console under test")
    logger.logLevel = .critical
    let settings = ConsoleSettings(host: "127.0.0.1", port: 0, names: names + ["localhost"], limits: limits)
    return try await Console(settings, parts: parts, logger: logger).underTest.test(.live, body)
}

extension TestResponse {
    var text: String { String(buffer: body) }
}
