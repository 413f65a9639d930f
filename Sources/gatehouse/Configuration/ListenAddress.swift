/// `host:port` to listen on. Port 0 asks for any free one.
struct ListenAddress: Sendable, Equatable, CustomStringConvertible {
    var host: String
    var port: Int

    static let standard = ListenAddress(host: "127.0.0.1", port: 8420)

    init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (0...65535).contains(port)
        else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        guard !host.isEmpty else { return nil }
        self.host = String(host)
        self.port = port
    }

    /// Whether only this machine can reach it.
    var isLoopback: Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        let isIPv4Loopback = parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
        return host == "localhost" || host == "::1" || isIPv4Loopback
    }

    var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

extension ListenAddress {
    /// What was typed, or else what is declared.
    static func chosen(_ typed: String?, _ declared: ListenAddress) throws -> ListenAddress {
        guard let typed else { return declared }
        guard let address = ListenAddress(typed) else {
            throw CommandFailure("`\(typed)` is no address to listen on – write `127.0.0.1:8420`", .checkFailed)
        }
        return address
    }
}
