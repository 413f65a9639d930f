public import NIOCore
import NIOPosix

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Asks the system's resolver for a host's addresses, away from the event loops.
///
/// On threads of its own: a resolver that hangs holds up other names, but no file, process or loop.
public struct HostResolver: Sendable {
    private let threads: NIOThreadPool

    public static let shared: HostResolver = {
        let threads = NIOThreadPool(numberOfThreads: 4)
        threads.start()
        return HostResolver(threads: threads)
    }()

    private init(threads: NIOThreadPool) { self.threads = threads }

    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// All addresses of a name in the system's order of preference, never none; numeric spellings (`127.1`, `0x7f.1`,
    /// `2130706433`) are addresses too.
    public func addresses(of host: String, port: Int, on loop: any EventLoop) -> EventLoopFuture<[SocketAddress]> {
        threads.runIfActive(eventLoop: loop) { try Self.resolve(host, port: port) }
    }

    /// The same for a task, which goes on at once when it is cancelled: a resolver that hangs holds up nobody who has given
    /// up waiting for it.
    func fetchAddresses(of host: String, port: Int, on loop: any EventLoop) async throws -> [SocketAddress] {
        let found = loop.makePromise(of: [SocketAddress].self)
        // Whichever comes first counts; a promise takes no second word.
        found.completeWith(addresses(of: host, port: port, on: loop))
        return try await withTaskCancellationHandler {
            try await found.futureResult.get()
        } onCancel: {
            found.fail(CancellationError())
        }
    }

    private static func resolve(_ host: String, port: Int) throws -> [SocketAddress] {
        var hints = addrinfo()
        #if os(Linux)
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
        hints.ai_socktype = SOCK_STREAM
        #endif
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, String(port), &hints, &list)
        guard status == 0 else { throw Failure(description: String(cString: gai_strerror(status))) }
        defer { freeaddrinfo(list) }
        var addresses: [SocketAddress] = []
        var entry = list
        while let info = entry?.pointee {
            if let address = address(of: info) { addresses.append(address) }
            entry = info.ai_next
        }
        guard !addresses.isEmpty else { throw Failure(description: "the name has no address") }
        return addresses
    }

    private static func address(of info: addrinfo) -> SocketAddress? {
        guard let pointer = UnsafeRawPointer(info.ai_addr) else { return nil }
        switch info.ai_family {
        case AF_INET: return SocketAddress(pointer.loadUnaligned(as: sockaddr_in.self))
        case AF_INET6: return SocketAddress(pointer.loadUnaligned(as: sockaddr_in6.self))
        default: return nil
        }
    }
}
