/// Sign-ins of people at upstreams, as pages lead through them.
public struct UpstreamSignIns: Sendable {
    /// Why a sign-in does not go on.
    public enum Refusal: Error, Sendable, Equatable {
        /// The link is nobody's, or was used.
        case unknownLink
        /// The upstream or its authorisation server does not fit together or does not answer; in words for operators.
        case failed(String)
    }

    /// Follows a link that the gateway gave out: where the person's browser is to go.
    public var begin: @Sendable (_ key: String, _ redirect: String) async -> Result<String, Refusal>
    /// Takes the query that the browser came back with: the server that somebody is now signed in at.
    public var finish: @Sendable (_ query: String) async -> Result<String, Refusal>

    public init(
        begin: @escaping @Sendable (String, String) async -> Result<String, Refusal>,
        finish: @escaping @Sendable (String) async -> Result<String, Refusal>
    ) {
        self.begin = begin
        self.finish = finish
    }

    /// No upstream asks for a person.
    public static let none = UpstreamSignIns(
        begin: { _, _ in .failure(.unknownLink) }, finish: { _ in .failure(.unknownLink) })
}
