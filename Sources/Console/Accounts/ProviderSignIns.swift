public import Administration

/// Sign-ins of people at identity providers, as pages lead through them.
public struct ProviderSignIns: Sendable {
    /// A provider that people may choose.
    public struct Choice: Sendable, Equatable {
        /// In addresses.
        public let name: String
        /// On the button.
        public let title: String

        public init(name: String, title: String) {
            self.name = name
            self.title = title
        }
    }

    /// Where a browser is sent, and what it keeps meanwhile.
    public struct Departure: Sendable, Equatable {
        public let address: String
        /// Opaque; nothing but the answer to this departure goes with it.
        public let ticket: String

        public init(address: String, ticket: String) {
            self.address = address
            self.ticket = ticket
        }
    }

    /// Why nobody is signed in.
    public enum Refusal: Error, Sendable, Equatable {
        /// There is no such provider.
        case unknownProvider
        /// No sign-in was begun in this browser, or it is over, was answered, or this answers another.
        case notBegun
        /// Too many at once; the same answer is good in a minute.
        case busy
        /// The provider cannot be asked now.
        case unreachable
        /// The provider signs nobody in; in its own words, bounded.
        case refused(error: String, description: String?)
        /// What came back proves nothing.
        case notProven
        case person(ProvidedPersonRefusal)
        /// Something here.
        case office
    }

    /// The providers that there are now.
    public var choices: @Sendable () -> [Choice]
    /// Begins a sign-in; `redirect` is where the browser is to come back to.
    public var begin: @Sendable (_ provider: String, _ redirect: String) async -> Result<Departure, Refusal>
    /// Ends it with the query that the browser came back with.
    public var finish: @Sendable (Return) async -> Result<Administration.SignedIn, Refusal>

    /// A browser that came back.
    public struct Return: Sendable {
        public let provider: String
        public let ticket: String
        public let query: String
        /// Where it came back to.
        public let redirect: String
        /// Whom it came from, as far as what one may do is counted.
        public let peer: String
    }

    public init(
        choices: @escaping @Sendable () -> [Choice],
        begin: @escaping @Sendable (String, String) async -> Result<Departure, Refusal>,
        finish: @escaping @Sendable (Return) async -> Result<Administration.SignedIn, Refusal>
    ) {
        self.choices = choices
        self.begin = begin
        self.finish = finish
    }

    /// No provider is configured.
    public static let none = ProviderSignIns(
        choices: { [] }, begin: { _, _ in .failure(.unknownProvider) }, finish: { _ in .failure(.unknownProvider) })
}
