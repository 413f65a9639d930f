import GatewayStorage
import WireJSON

extension RecordID {
    /// A new id of a kind: its prefix, the time, and 80 random bits, so that ids list in the order of making.
    static func make(_ kind: DirectoryKind, at now: WallTime) -> RecordID {
        let time = String(max(0, now.milliseconds), radix: 16)
        let padded = String(repeating: "0", count: max(0, 12 - time.utf8.count)) + time
        return known("\(kind.prefix)_\(padded)\(Hexadecimal.text(RandomBytes.make(10)))")
    }

    /// The id of something that belongs to this one, which is a record's and so one of ours.
    func extended(_ part: String) -> RecordID { Self.known("\(text).\(part)") }

    /// An id made of parts that are ones.
    private static func known(_ text: String) -> RecordID {
        guard let id = RecordID(text) else { preconditionFailure("an id made of ids is an id") }
        return id
    }
}

extension DirectoryKind {
    fileprivate var prefix: String {
        switch self {
        case .organisation: "org"
        case .member: "mem"
        case .identity: "idn"
        case .invitation: "inv"
        case .session: "ses"
        case .token: "tok"
        case .server: "srv"
        case .secret: "sec"
        case .definition: "def"
        case .policy: "pol"
        case .version: "ver"
        case .grant: "gra"
        case .credential: "cre"
        case .attachment: "att"
        case .connection: "con"
        }
    }
}

/// Bytes from the system's random source.
enum RandomBytes {
    static func make(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}
