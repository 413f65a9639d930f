import AsyncHTTPClient
public import NIOCore
import NIOHTTP1
public import NIOPosix
import NIOSSL

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Fetches documents from addresses that may be anybody's: a name is resolved once, its address guarded, and the connection
/// made to what was guarded.
///
/// No redirect is followed, no cookie kept, no proxy asked, no compression taken; a body over its bound is refused. Each
/// request has a connection of its own: this is for the slow path, where documents come one in a while.
public struct Fetcher: Sendable {
    /// Asks for all addresses of a host, away from the event loops; ends when its task is cancelled.
    public typealias Resolution = @Sendable (_ host: String, _ port: Int) async throws -> [SocketAddress]

    public let bounds: FetchBounds
    private let certificates: String?
    private let group: any EventLoopGroup
    private let resolve: Resolution

    /// - Parameter certificates: a file of PEM certificates believed beside the system's.
    public init(
        bounds: FetchBounds = .init(), certificates: String? = nil,
        on group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton, resolution: Resolution? = nil
    ) {
        self.bounds = bounds
        self.certificates = certificates
        self.group = group
        resolve =
            resolution ?? { [group] in
                try await HostResolver.shared.fetchAddresses(of: $0, port: $1, on: group.next())
            }
    }

    /// Sends one request and takes its whole answer, whatever its status; within the bound of time, or not at all.
    public func fetch(_ request: FetchRequest) async throws(FetchFailure) -> FetchResponse {
        // Round everything that waits for somebody else: a server that sends a head and stalls is as slow as one that
        // sends nothing.
        let deadline = ContinuousClock.now + .nanoseconds(bounds.time.nanoseconds)
        let result = await withTaskGroup(of: Result<FetchResponse, FetchFailure>?.self) { group in
            group.addTask { await answer(to: request) }
            group.addTask {
                try? await Task.sleep(until: deadline, clock: .continuous)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
        guard let result else {
            throw .unreachable(
                request.address, "no whole answer within \(Duration.nanoseconds(bounds.time.nanoseconds))")
        }
        return try result.get()
    }

    private func answer(to request: FetchRequest) async -> Result<FetchResponse, FetchFailure> {
        let address = request.address
        let places: [Place]
        do throws(FetchFailure) { places = try await guarded(address) } catch { return .failure(error) }
        var last = FetchFailure.unreachable(address, "it has no address")
        for place in places {
            let client = HTTPClient(
                eventLoopGroupProvider: .shared(group), configuration: configuration(for: address, at: place))
            let result = await answer(to: request, from: client)
            try? await client.shutdown()
            guard case .failure(let failure) = result else { return result }
            last = failure
            // Another place is tried only where nothing was said at this one.
            guard case .noConnection = failure else { break }
        }
        return .failure(last)
    }

    private func configuration(for address: WebAddress, at place: Place) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.decompression = .disabled
        configuration.httpVersion = .http1Only
        configuration.timeout = .init(connect: bounds.time)
        configuration.connectionPool.retryConnectionEstablishment = false
        // The host keeps its name in `Host` and in TLS; only where the bytes go is settled.
        if place.isNamed { configuration.dnsOverride = [address.host: place.ip] }
        if address.scheme == .https {
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.minimumTLSVersion = .tlsv12
            if let certificates { tls.additionalTrustRoots = [.file(certificates)] }
            configuration.tlsConfiguration = tls
        }
        return configuration
    }

    private func answer(to request: FetchRequest, from client: HTTPClient) async -> Result<FetchResponse, FetchFailure>
    {
        var message = HTTPClientRequest(url: request.address.description)
        message.method = request.body == nil ? .GET : .POST
        for (name, value) in request.fields { message.headers.add(name: name, value: value) }
        message.headers.replaceOrAdd(name: "User-Agent", value: "gatehouse")
        message.headers.replaceOrAdd(name: "Accept-Encoding", value: "identity")
        if let body = request.body { message.body = .bytes(body) }
        do {
            let response = try await client.execute(message, timeout: bounds.time)
            let body = try await response.body.collect(upTo: bounds.bodyBytes)
            // What was collected until a task was cancelled is no whole answer.
            try Task.checkCancellation()
            return .success(
                FetchResponse(
                    status: Int(response.status.code), fields: response.headers.map { ($0.name, $0.value) },
                    body: Array(body.readableBytesView)))
        } catch is NIOTooManyBytesError {
            return .failure(.tooLarge(request.address, bytes: bounds.bodyBytes))
        } catch let error as IOError where Self.unanswered.contains(error.errnoCode) {
            return .failure(.noConnection(request.address, "\(error)"))
        } catch {
            return .failure(.unreachable(request.address, "\(error)"))
        }
    }

    /// What only a connection that was never made ends with.
    private static let unanswered: Set<CInt> = [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH]

    /// Where a host's bytes may go.
    private struct Place {
        let ip: String
        /// Whether it stands for a name, or for another spelling of itself.
        let isNamed: Bool
    }

    /// The addresses of a host, none of which is one that may not be reached.
    private func guarded(_ address: WebAddress) async throws(FetchFailure) -> [Place] {
        let rule = AddressGuard(isOperatorTyped: address.isOperatorTyped)
        if let literal = try? SocketAddress(ipAddress: address.host, port: address.port) {
            guard rule.permits(literal) else { throw .addressRefused(address) }
            return [Place(ip: address.host, isNamed: false)]
        }
        let found: [SocketAddress]
        do { found = try await resolve(address.host, address.port) } catch {
            throw .unreachable(address, "the name does not resolve: \(error)")
        }
        // All of them: a name with one private address is a name that somebody plays with.
        guard found.allSatisfy(rule.permits) else { throw .addressRefused(address) }
        return found.prefix(FetchBounds.addressesTried).compactMap(\.ipAddress).map { Place(ip: $0, isNamed: true) }
    }
}
