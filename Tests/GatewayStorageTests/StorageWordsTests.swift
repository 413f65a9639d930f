import GatewayStorage
import GatewayTesting
import PolicyEngine
import Testing

/// What people and files see of the storage's values.
struct StorageWordsTests {
    // Style 33: lower case, no full stop, the user's words in backticks.
    static let errors: [(StorageError, String)] = [
        (.diskFull(path: "/d/g"), "no space left for `/d/g`"),
        (.readOnly(path: "/d/g"), "`/d/g` cannot be written – is its directory writable for this user?"),
        (.corrupt(path: "/d/g", detail: "no"), "`/d/g` is damaged or not a gatehouse file: no"),
        (.locked(path: "/d/g"), "`/d/g` is held by another process"),
        (.newerSchema(path: "/d/g"), "`/d/g` was written by a newer gatehouse – upgrade this one to open it"),
        (.cannotOpen(path: "/d/g", detail: "no"), "cannot open `/d/g`: no"),
        (.auditOutOfStep(head: AuditHead(sequence: 7, hash: [])), "audit record does not follow record 7"),
        (.auditOutOfStep(head: nil), "audit record does not start the chain"),
        (.overloaded, "too many calls are waiting for the counter store"),
        (.failed(detail: "no"), "the store failed: no"),
    ]

    @Test("every storage error says what is wrong", arguments: errors)
    func words(error: StorageError, text: String) {
        #expect("\(error)" == text)
    }

    // Files and remote stores know counters by these: they do not change.
    static let keys: [(CounterKey, String)] = [
        (
            CounterKey(
                organisation: "default", server: "iam", counter: "calls", scope: .grant, scopeValue: "laptop",
                window: .seconds(60)), #"["default","iam","calls","grant","laptop",60,"sliding",false]"#
        ),
        (
            CounterKey(
                organisation: "default", server: nil, counter: "a\u{0}\"é", scope: .principal, scopeValue: "",
                window: .month, alignment: .calendar, shadow: true),
            #"["default",null,"a\u0000\"é","principal","","month","calendar",true]"#
        ),
        (
            CounterKey(
                organisation: "default", server: "iam", counter: "calls", scope: .grant, scopeValue: "laptop",
                window: .seconds(86_400), alignment: .calendar, zone: .utc),
            #"["default","iam","calls","grant","laptop",86400,"calendar",false]"#
        ),
        (
            CounterKey(
                organisation: "default", server: "iam", counter: "calls", scope: .grant, scopeValue: "laptop",
                window: .seconds(86_400), alignment: .calendar, zone: Zone(name: "Europe/Berlin", firstOffset: 3_600)),
            #"["default","iam","calls","grant","laptop",86400,"calendar",false,"Europe/Berlin"]"#
        ),
        (
            CounterKey(
                organisation: "default", server: "iam", counter: "calls", scope: .grant, scopeValue: "laptop",
                window: .seconds(60), zone: Zone(name: "Europe/Berlin", firstOffset: 3_600)),
            #"["default","iam","calls","grant","laptop",60,"sliding",false]"#
        ),
    ]

    @Test("a counter's key has one text", arguments: keys)
    func text(key: CounterKey, text: String) {
        #expect(key.text == text)
    }

    @Test("the system's clock shows this year and goes on")
    func clock() {
        let now = WallTime.system()
        #expect(now.milliseconds > 1_767_225_600_000)
        #expect(now <= WallTime.system())
        #expect(now.advanced(by: .seconds(1.5)).milliseconds == now.milliseconds + 1500)
        #expect(now.advanced(by: .seconds(-2)).duration(to: now) == .seconds(2))
    }
}
