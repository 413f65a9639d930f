import PolicyEngine
import WireJSON

extension CounterKey {
    /// The key as one line of text, different for different keys: a JSON array
    /// `[organisation, server or null, counter, scope, scope value, window in seconds or "month", alignment, shadow]`,
    /// and behind that the time zone where it is not UTC.
    /// What stores on disk and on the network know the counter by; it does not change.
    public var text: String {
        var writer = JSONWriter(reserving: 128)
        writer.beginArray()
        writer.string(organisation)
        if let server { writer.string(server) } else { writer.null() }
        writer.string(counter)
        writer.string(scope.rawValue)
        writer.string(scopeValue)
        switch window {
        case .seconds(let seconds): writer.int(seconds)
        case .month: writer.string("month")
        }
        writer.string(alignment.rawValue)
        writer.bool(shadow)
        if let zone { writer.string(zone.name) }
        writer.endArray()
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
