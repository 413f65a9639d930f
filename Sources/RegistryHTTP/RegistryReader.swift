import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// Fetches the pages of an MCP Registry (`GET /v0.1/servers`), one after another.
///
/// Everything a registry could overdo is bounded: the size of a page and of all, the time of each and of all, redirects,
/// attempts. Compressed answers are neither asked for nor taken.
public actor RegistryReader {
    private let address: RegistryAddress
    private let patience: Duration
    private let client: HTTPClient
    private let clock = ContinuousClock()
    private let began: ContinuousClock.Instant
    private var bytesTaken = 0

    /// - Parameter patience: How long one answer may take, from its first to its last byte.
    public init(_ address: RegistryAddress, patience: Duration) {
        self.address = address
        self.patience = patience
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.decompression = .disabled
        configuration.httpVersion = .http1Only
        configuration.timeout = .init(connect: .seconds(10))
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        began = clock.now
    }

    public func close() async { try? await client.shutdown() }

    /// A page as the registry sent it.
    public func page(at cursor: String?, since: String?) async throws(RegistryFailure) -> [UInt8] {
        guard (cursor?.utf8.count ?? 0) <= RegistryLimits.cursorBytes else { throw .cursorTooLong }
        var wait = Duration.seconds(1)
        for attempt in 1... {
            guard clock.now - began < RegistryLimits.whole, bytesTaken < RegistryLimits.bytes else { throw .tooMuch }
            let failure: RegistryFailure
            do throws(Refused) {
                let page = try await fetch(address.page(at: cursor, since: since))
                bytesTaken += page.count
                return page
            } catch {
                failure = error.failure
                if let asked = error.wait { wait = max(wait, asked) }
            }
            guard failure.isPassing, attempt < RegistryLimits.attempts else { throw failure }
            guard (try? await Task.sleep(for: min(wait, RegistryLimits.longestWait))) != nil else { throw failure }
            wait *= 2
        }
        throw .unreachable
    }

    private struct Refused: Error {
        let failure: RegistryFailure
        var wait: Duration?

        init(_ failure: RegistryFailure, wait: Duration? = nil) {
            self.failure = failure
            self.wait = wait
        }
    }

    private func fetch(_ address: String) async throws(Refused) -> [UInt8] {
        var address = address
        for _ in 0...RegistryLimits.redirects {
            var request = HTTPClientRequest(url: address)
            request.headers.add(name: "Accept", value: "application/json")
            request.headers.add(name: "Accept-Encoding", value: "identity")
            request.headers.add(name: "User-Agent", value: "gatehouse")
            let deadline = NIODeadline.now() + .nanoseconds(Int64(patience / .nanoseconds(1)))
            do {
                let response = try await client.execute(request, deadline: deadline)
                switch response.status.code {
                case 200:
                    let encoding = response.headers.first(name: "Content-Encoding")?.lowercased() ?? "identity"
                    guard encoding == "identity" else { throw Refused(.encoded) }
                    let body = try await response.body.collect(upTo: RegistryLimits.pageBytes)
                    return Array(body.readableBytesView)
                case 301, 302, 303, 307, 308:
                    guard let location = response.headers.first(name: "Location"),
                        let target = self.address.target(of: location)
                    else { throw Refused(.redirected) }
                    address = target
                default:
                    let asked = response.headers.first(name: "Retry-After").flatMap { Int($0) }
                    throw Refused(
                        .status(Int(response.status.code)), wait: asked.map { .seconds(min(max(0, $0), 3600)) })
                }
            } catch let refused as Refused {
                throw refused
            } catch is NIOTooManyBytesError {
                throw Refused(.tooLarge)
            } catch let error as HTTPClientError {
                throw Refused(Self.timeouts.contains(error) ? .timedOut : .unreachable)
            } catch {
                throw Refused(.unreachable)
            }
        }
        throw Refused(.redirected)
    }

    private static let timeouts: [HTTPClientError] = [
        .deadlineExceeded, .connectTimeout, .readTimeout, .getConnectionFromPoolTimeout,
    ]
}
