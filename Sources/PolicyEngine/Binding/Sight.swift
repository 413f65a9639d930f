import WireJSON

/// What a path shows in one call: enough to judge it by, taken once, with no reference counted for everyday values.
struct Sight: ~Copyable {
    enum Kind: UInt8, Sendable {
        /// Nothing is there, and the accepted schema has no default to judge instead.
        case absent
        /// Something is there that cannot be judged, whatever the operator; ``Sight/obscurity`` says why.
        case obscured
        case null
        case truth
        /// A number of at most six decimal places that fits, in millionths.
        case number
        /// Any other number.
        case largeNumber
        /// A text that lies in the call's bytes as it is meant.
        case text
        /// A text with escapes, or from elsewhere.
        case spelledText
        case list
        case object
    }

    let kind: Kind
    var obscurity = Obscurity.notAContainer
    private(set) var origin = Origin.call
    /// 1 for true; a number in millionths.
    var number: Int64 = 0
    /// Where a text lies in the call's bytes, without its quotes.
    private var start: Int32 = 0
    private var count: Int32 = 0
    /// The value, where it takes more than the above to judge it.
    var json: JSON?

    @inline(__always)
    private init(_ kind: Kind) {
        self.kind = kind
    }

    @inline(__always)
    static func absent() -> Sight { Sight(.absent) }

    @inline(__always)
    static func obscured(_ why: Obscurity) -> Sight {
        var sight = Sight(.obscured)
        sight.obscurity = why
        return sight
    }

    /// Any text; the bytes are lent to whoever judges it.
    @inline(__always)
    static func text(_ bytes: Range<Int>) -> Sight {
        var sight = Sight(.text)
        sight.start = Int32(bytes.lowerBound)
        sight.count = Int32(bytes.count)
        return sight
    }

    /// Looks at a value.
    ///
    /// - Parameters:
    ///   - source: the bytes that the value lies in.
    ///   - origin: whose bytes these are.
    @inline(__always)
    init(_ json: JSON, in source: borrowing Span<UInt8>, from origin: Origin = .call) {
        self.init(json.place, of: json, in: source, from: origin)
    }

    /// Looks at a value at its place, and holds it only where that is not all there is to see.
    ///
    /// - Parameter owner: a value of the same text.
    init(_ place: JSONPlace, of owner: JSON, in source: borrowing Span<UInt8>, from origin: Origin = .call) {
        switch place.kind {
        case .null:
            self.init(.null)
        case .bool:
            self.init(.truth)
            number = source[place.range.lowerBound] == UInt8(ascii: "t") ? 1 : 0
        case .number:
            if let millionths = Quantity.millionths(place.range, in: source) {
                self.init(.number)
                number = millionths
            } else {
                switch Quantity(owner[place], in: source) {
                case .millionths(let millionths):
                    self.init(.number)
                    number = millionths
                case .exact:
                    self.init(.largeNumber)
                    self.json = owner[place]
                case nil:
                    self = .obscured(.unrepresentable)
                }
            }
        case .string:
            if origin == .call, !place.hasEscapes {
                self = .text(place.range.lowerBound + 1..<place.range.upperBound - 1)
            } else {
                self.init(.spelledText)
                self.json = owner[place]
            }
        case .array:
            self.init(.list)
            self.json = owner[place]
        case .object:
            self.init(.object)
            self.json = owner[place]
        }
        self.origin = origin
    }

    /// A whole number, in units.
    static func number(_ units: Int64) -> Sight {
        var sight = Sight(.number)
        sight.number = units * PolicyBounds.unit
        return sight
    }

    /// Is a text, however it is written.
    var isText: Bool { kind == .text || kind == .spelledText }

    /// Where a text lies in the call's bytes.
    var text: Range<Int> { Int(start)..<Int(start) + Int(count) }

    /// Lends the bytes of a text; no bytes for anything else.
    @inline(__always)
    func withText<Result>(in source: borrowing Span<UInt8>, _ body: (borrowing Span<UInt8>) -> Result) -> Result {
        if kind == .text { return body(source.extracting(text)) }
        let spelled = json?.utf8 ?? []
        return body(spelled.span)
    }
}

/// Where a value comes from.
enum Origin: UInt8, Sendable {
    /// The call's arguments, as received.
    case call
    /// A text of theirs that was read as JSON.
    case carried
    /// The accepted schema's default, or in it.
    case schema
}

/// Why what a path shows cannot be judged.
enum Obscurity: UInt8, Sendable {
    /// A key that a server may take for the path's step (hostile.md A3, A4, A6).
    case lookAlike
    /// No text, or no text that strictly is JSON, where the path goes on in what it carries.
    case notCarried
    /// A value on the way is not of the kind that the path steps into.
    case notAContainer
    /// The accepted schema says another type.
    case againstSchema
    /// A number whose exponent no decimal can hold.
    case unrepresentable
}
