public import PolicyEngine

/// What a counter is counted by. Two keys are one counter only when every member is equal, texts compared as bytes.
///
/// The policy's version is no part of it, so a new version goes on counting where the old one was; neither is the
/// limit's `max`.
public struct CounterKey: Sendable {
    public let organisation: String
    /// The server's name; nil for the scopes that span servers (`organisation`, `principal`).
    public let server: String?
    /// The counter's name in the policy.
    public let counter: String
    public let scope: LimitScope
    /// Whose counter it is within the scope: the grant's label, the session's id, …
    public let scopeValue: String
    public let window: LimitWindow
    public let alignment: LimitAlignment
    /// The zone whose days and months a calendar window follows; nil for UTC, and for windows that slide.
    public let zone: Zone?
    /// Whether it counts what a policy in mode `observe` would have counted.
    public let shadow: Bool

    public init(
        organisation: String, server: String?, counter: String, scope: LimitScope, scopeValue: String,
        window: LimitWindow, alignment: LimitAlignment = .sliding, zone: Zone? = nil, shadow: Bool = false
    ) {
        self.organisation = organisation
        self.server = server
        self.counter = counter
        self.scope = scope
        self.scopeValue = scopeValue
        self.window = window
        self.alignment = alignment
        self.zone = alignment == .calendar && zone != .utc ? zone : nil
        self.shadow = shadow
    }
}

// `String` compares by canonical equivalence: an "é" of one or of two scalars would share a counter.
extension CounterKey: Hashable {
    public static func == (one: CounterKey, other: CounterKey) -> Bool {
        one.scopeValue.utf8.elementsEqual(other.scopeValue.utf8)
            && one.counter.utf8.elementsEqual(other.counter.utf8)
            && one.window == other.window && one.scope == other.scope
            && one.alignment == other.alignment && one.shadow == other.shadow && one.zone == other.zone
            && one.organisation.utf8.elementsEqual(other.organisation.utf8)
            && (one.server == nil) == (other.server == nil)
            && (one.server ?? "").utf8.elementsEqual((other.server ?? "").utf8)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(bytesOf: scopeValue)
        hasher.combine(bytesOf: counter)
        hasher.combine(bytesOf: organisation)
        hasher.combine(bytesOf: server ?? "")
        hasher.combine(window)
        hasher.combine(scope)
        hasher.combine(alignment)
        hasher.combine(shadow)
        hasher.combine(zone)
    }
}

extension Hasher {
    /// Adds a text by its UTF-8 bytes and their number.
    fileprivate mutating func combine(bytesOf text: String) {
        var text = text
        text.withUTF8 { bytes in
            combine(bytes.count)
            combine(bytes: UnsafeRawBufferPointer(bytes))
        }
    }
}
