import WireJSON

/// The keys that steer a message, and the refusal of anything a laxer parser could take for one of them.
///
/// Go's and some JVM parsers match keys without regard to case, others fold `ſ` to `s`: a message with `Params` beside
/// `params` would be judged here as one call and run there as another.
struct ReservedKeys {
    let names: [String]
    let place: String
    /// The names' lengths: a name is only looked at for a key as long as it, since every look counts references.
    private let lengths: [Int]

    init(names: [String], place: String) {
        self.names = names
        self.place = place
        lengths = names.map(\.utf8.count)
    }

    static let envelope = ReservedKeys(
        names: ["jsonrpc", "id", "method", "params", "result", "error"], place: "the envelope")
    static let params = ReservedKeys(
        names: [
            "name", "arguments", "_meta", "cursor", "uri", "protocolVersion", "capabilities", "clientInfo",
            "requestId", "progressToken", "task", "inputResponses", "requestState",
        ],
        place: "`params`")
    /// What this house writes anew for its own hop: a look-alike would travel beside it.
    static let metadata = ReservedKeys(
        names: [
            "progressToken", "baggage", RequestMetadata.protocolVersionKey, RequestMetadata.clientCapabilitiesKey,
            RequestMetadata.clientInfoKey, RequestMetadata.logLevelKey,
        ],
        place: "`_meta`")

    /// Refuses look-alikes of the reserved keys.
    func check(_ object: JSON, id: RequestID?) throws(MessageRefusal) {
        var folded: Set<String> = []
        for (key, _) in object.members where !isReserved(key) {
            for name in names where key.resembles(name) {
                throw MessageRefusal("a key in \(place) can be mistaken for `\(name)`", id: id)
            }
            // Two keys of one object that fold to the same text are two readings of one message.
            guard folded.insert(LookAlike.fold(key.string)).inserted else {
                throw MessageRefusal("two keys in \(place) can be mistaken for each other", id: id)
            }
        }
    }

    private func isReserved(_ key: JSONKey) -> Bool {
        guard let length = key.plainLength else { return names.contains(where: key.equals) }
        for index in lengths.indices where lengths[index] == length && key.equals(names[index]) { return true }
        return false
    }
}
