/// What a form sent, in an address or a body (`application/x-www-form-urlencoded`).
struct FormMembers: Sendable {
    private let members: [(name: String, value: String)]

    /// Malformed members count as not sent.
    init(_ text: String) {
        members = text.split(separator: "&").compactMap { member in
            let parts = member.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decoded(parts[0], form: true),
                let value = PercentEncoding.decoded(parts.count == 2 ? parts[1] : "", form: true)
            else { return nil }
            return (name, value)
        }
    }

    /// The first value under a name.
    subscript(name: String) -> String? {
        members.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
    }
}
