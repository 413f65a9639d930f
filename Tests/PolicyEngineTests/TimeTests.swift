import PolicyEngine
import Testing

/// `time.hour` and `time.weekday`, told in the policy's time zone.
@Suite("the call's time")
struct TimeTests {
    /// As Berlin's clocks were set in 2026.
    private static let berlin = Zone(
        name: "Europe/Berlin", firstOffset: 3_600,
        changes: [
            .init(at: seconds("2026-03-29T01:00:00Z"), offset: 7_200),
            .init(at: seconds("2026-10-25T01:00:00Z"), offset: 3_600),
        ])

    private static func seconds(_ time: String) -> Int64 { Timestamp(time)!.seconds }

    private func judged(
        _ path: String, _ op: PolicyEngine.Operator, _ value: String, at time: String?, _ zone: Zone? = nil
    ) -> Judgement {
        var document = document([("t", group(.denyIf, [when(path, op, value)]))])
        document.timezone = zone
        var context = context("t")
        context.time = time.map { Timestamp($0)!.milliseconds }
        let rules = policy(document).rules(for: name("t"), inputSchema: nil)
        return rules.trace(PolicyRequest(arguments: nil, context: context)).steps[0].judgement
    }

    @Test("the hour is the zone's, UTC when none is said")
    func hours() {
        #expect(judged("time.hour", .equal, "23", at: "2026-07-28T23:59:59.999Z") == .holds)
        #expect(judged("time.hour", .equal, "0", at: "2026-07-29T00:00:00Z") == .holds)
        #expect(judged("time.hour", .equal, "1", at: "2026-07-28T23:59:59.999Z", Self.berlin) == .holds)
        #expect(judged("time.hour", .equal, "1", at: "2026-03-29T00:59:59Z", Self.berlin) == .holds)
        #expect(judged("time.hour", .equal, "3", at: "2026-03-29T01:00:00Z", Self.berlin) == .holds)
        #expect(judged("time.hour", .equal, "2", at: "2026-10-25T00:59:59Z", Self.berlin) == .holds)
        #expect(judged("time.hour", .equal, "2", at: "2026-10-25T01:00:00Z", Self.berlin) == .holds)
        #expect(judged("time.hour", .greaterOrEqual, "9", at: "2026-07-28T08:00:00Z") == .doesNotHold)
        #expect(judged("time.hour", .isIn, "[9,10.0]", at: "2026-07-28T10:00:00Z") == .holds)
        #expect(judged("time.hour", .equal, "23", at: "1969-12-31T23:00:00Z") == .holds)
    }

    @Test("the weekday is the zone's")
    func weekdays() {
        // 1 January 1970 was a Thursday, 28 July 2026 a Tuesday.
        #expect(judged("time.weekday", .equal, "\"thursday\"", at: "1970-01-01T00:00:00Z") == .holds)
        #expect(judged("time.weekday", .equal, "\"wednesday\"", at: "1969-12-31T23:59:59Z") == .holds)
        #expect(judged("time.weekday", .equal, "\"tuesday\"", at: "2026-07-28T21:59:59Z", Self.berlin) == .holds)
        #expect(judged("time.weekday", .equal, "\"wednesday\"", at: "2026-07-28T22:00:00Z", Self.berlin) == .holds)
        #expect(judged("time.weekday", .isIn, #"["saturday","sunday"]"#, at: "2026-08-01T12:00:00Z") == .holds)
        #expect(judged("time.weekday", .isNotIn, #"["saturday","sunday"]"#, at: "2026-07-31T12:00:00Z") == .holds)
        for (day, weekday) in zip(27...33, Weekday.allCases) {
            let date = day <= 31 ? "2026-07-\(day)" : "2026-08-0\(day - 31)"
            #expect(judged("time.weekday", .equal, "\"\(weekday.rawValue)\"", at: "\(date)T12:00:00Z") == .holds)
        }
    }

    @Test("a time that is not known cannot be judged")
    func absent() {
        #expect(judged("time.hour", .less, "24", at: nil) == .cannotBeJudged)
        #expect(judged("time.weekday", .exists, "true", at: nil) == .cannotBeJudged)
    }

    @Test("what the time can never be is refused, with its place")
    func problems() {
        let wrong: [(String, PolicyEngine.Operator, String)] = [
            ("time.hour", .equal, "\"9\""), ("time.hour", .equal, "25"), ("time.hour", .less, "8.5"),
            ("time.hour", .isIn, "[9,\"10\"]"), ("time.hour", .regex, "\"9\""), ("time.hour", .contains, "9"),
            ("time.hour", .equal, "-1"), ("time.weekday", .equal, "\"Monday\""), ("time.weekday", .equal, "1"),
            ("time.weekday", .isIn, "[\"mon\"]"), ("time.weekday", .less, "5"), ("time.weekday", .regex, "\"day\""),
            ("time.hour", .less, "\"2026-07-28T12:00:00Z\""), ("time.hour", .ipIn, "[]"),
        ]
        for (path, op, value) in wrong {
            let document = document([("t", group(.denyIf, [.not(when(path, op, value))]))])
            let pointer = "/tools/t/deny_if/0/conditions/0/not/value"
            do {
                _ = try Policy(compiling: document, id: "p", version: 1)
                Issue.record("\(path) \(op) \(value)")
            } catch {
                #expect(error.pointer == pointer)
            }
        }
    }

    @Test("clocks reach a local time once: when they are set over it, or the first time of two")
    func moments() {
        func local(_ time: String) -> Int64 { Self.seconds(time) }
        let zone = Self.berlin
        #expect(zone.firstMoment(clocksReach: local("2026-07-28T00:00:00Z")) == Self.seconds("2026-07-27T22:00:00Z"))
        #expect(zone.firstMoment(clocksReach: local("2026-01-28T00:00:00Z")) == Self.seconds("2026-01-27T23:00:00Z"))
        #expect(zone.firstMoment(clocksReach: local("2026-03-29T02:30:00Z")) == Self.seconds("2026-03-29T01:00:00Z"))
        #expect(zone.firstMoment(clocksReach: local("2026-10-25T02:30:00Z")) == Self.seconds("2026-10-25T00:30:00Z"))
        #expect(Zone.utc.firstMoment(clocksReach: 5) == 5)
    }

    @Test("what a calendar window charges knows the zone, and nothing else does")
    func charges() {
        let limits: [LimitRule] = [
            LimitRule(counter: "day", window: .seconds(86_400), max: 1, alignment: .calendar),
            LimitRule(counter: "month", window: .month, max: 1),
            LimitRule(counter: "slide", window: .seconds(86_400), max: 1),
        ]
        for (zone, expected) in [
            (Self.berlin, [Self.berlin, Self.berlin, nil]), (.utc, [nil, nil, nil]), (nil, [nil, nil, nil]),
        ] as [(Zone?, [Zone?])] {
            var document = document([("t", RuleGroup(limits: limits))])
            document.timezone = zone
            #expect(policy(document).decide("t", nil).obligations?.charges.map(\.zone) == expected)
        }
    }

    @Test("zones are the same when their names are, as bytes")
    func equality() {
        #expect(Zone(name: "a", firstOffset: 0) == Zone(name: "a", firstOffset: 1))
        #expect(Zone(name: "\u{e9}", firstOffset: 0) != Zone(name: "e\u{301}", firstOffset: 0))
    }
}
