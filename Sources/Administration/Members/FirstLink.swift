import GatewayStorage
import Synchronization

/// The one-time link by which the first person signs up, for as long as there is no organisation.
///
/// It lives with the process: a new start prints a new one.
final class FirstLink: Sendable {
    private struct Kept {
        let digest: [UInt8]
        let expiresAt: WallTime
    }

    private let kept = Mutex<Kept?>(nil)

    /// Makes the link's token; an earlier one is void.
    func make(at now: WallTime) -> String {
        let token = BearerToken(.invitation)
        let kept = Kept(digest: token.digest, expiresAt: now.advanced(by: AdministrationBounds.invitation))
        self.kept.withLock { $0 = kept }
        return token.secret
    }

    func isValid(_ token: String, at now: WallTime) -> Bool {
        let digest = BearerToken.digest(of: token)
        return kept.withLock { kept in kept.map { $0.digest == digest && now < $0.expiresAt } ?? false }
    }

    /// Takes the link away, for one caller only.
    ///
    /// - Returns: what gives it back where it was of no use; nil where there is no such link.
    func use(_ token: String, at now: WallTime) -> (@Sendable () -> Void)? {
        let digest = BearerToken.digest(of: token)
        return kept.withLock { link in
            guard let known = link, known.digest == digest, now < known.expiresAt else { return nil }
            link = nil
            return { [self] in kept.withLock { if $0 == nil { $0 = known } } }
        }
    }
}
