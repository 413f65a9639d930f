import AsyncHTTPClient
import Foundation
import NIOCore
import NIOPosix
import NIOSSL

extension RemoteInstance {
    /// Why there is no answer, as short as the library's error can be told, and fit for a terminal.
    static func reason(_ error: any Error) -> String {
        switch error {
        case is NIOTooManyBytesError: "the answer has more than \(RemoteBounds.answerBytes >> 20) MiB"
        case let error as HTTPClientError: error.shortDescription.lowercased()
        case let error as IOError: words(error)
        case let error as NIOConnectionError: reason(error)
        case let error as NIOSSLExtraError where error == .failedToValidateHostname:
            "TLS: the certificate is for another name"
        case is NIOSSLError, is NIOSSLExtraError: "TLS: \(tlsReason("\(error)"))"
        default: TerminalText.line("\(error)", limit: RemoteBounds.shownWords)
        }
    }

    private static func reason(_ error: NIOConnectionError) -> String {
        if let failed = error.connectionErrors.last?.error as? IOError { return words(failed) }
        return error.connectionErrors.isEmpty ? "no address of `\(error.host)` is known" : "no connection"
    }

    private static func words(_ error: IOError) -> String { String(cString: strerror(error.errnoCode)).lowercased() }

    /// BoringSSL's word for it, as `CERTIFICATE_VERIFY_FAILED`, out of a text that also names places in its sources.
    private static func tlsReason(_ text: String) -> String {
        guard let match = text.firstMatch(of: #/OPENSSL_internal:([A-Z0-9_]+)/#) else { return "no connection" }
        return match.1.lowercased().replacing("_", with: " ")
    }
}
