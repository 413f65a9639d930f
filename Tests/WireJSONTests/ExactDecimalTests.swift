import Testing
import WireJSON

@Suite("Exact decimals")
struct ExactDecimalTests {
    @Test(
        "all spellings of a value have one normal form, which is a JSON number",
        arguments: [
            ("0", "0"), ("-0", "0"), ("0.000", "0"), ("0e5", "0"), ("-0.0e-7", "0"), ("0e999999999999999999999", "0"),
            ("1", "1"), ("1.0", "1"), ("1e0", "1"), ("10e-1", "1"), ("0.1e1", "1"), ("-1.50", "-1.5"), ("100", "100"),
            ("1e2", "100"),
            ("1.25e1", "12.5"), ("0.5", "0.5"), ("5E-1", "0.5"), ("0.000001", "0.000001"), ("1e-6", "0.000001"),
            ("0.0000001", "1e-7"),
            ("123456789012345678901", "123456789012345678901"), ("100000000000000000000", "100000000000000000000"),
            ("1e20", "100000000000000000000"),
            ("1e21", "1e+21"), ("1234567890123456789012", "1.234567890123456789012e+21"), ("1e400", "1e+400"),
            ("10e399", "1e+400"),
            ("-12.5e-400", "-1.25e-399"), ("18446744073709551615", "18446744073709551615"),
            ("18446744073709551616", "18446744073709551616"),
            ("9007199254740993", "9007199254740993"),
            ("0.12345678901234567890123456789", "0.12345678901234567890123456789"),
            ("123456789012345678901.5", "123456789012345678901.5"), ("1e100000000000000000", "1e+100000000000000000"),
            ("1e-100000000000000000", "1e-100000000000000000"), ("1e+00000000000000000000002", "100"), ("1e-0", "1"),
            ("36893488147419103232000", "3.6893488147419103232e+22"),
            ("184467440737095516160", "184467440737095516160"),
        ])
    func normalForm(text: String, normal: String) throws {
        let value = try #require(ExactDecimal(text))
        #expect(value.normalised == normal)
        #expect("\(value)" == normal)
        #expect(ExactDecimal(normal) == value)
        #expect(ExactDecimal(normal)?.hashValue == value.hashValue)
        #expect(try json(normal).number == value)
    }

    @Test(
        "what is no JSON number is no decimal",
        arguments: [
            "", "-", "+1", ".5", "1.", "01", "00", "-01", "1e", "1e+", "1e1.5", "0x10", "NaN", "Infinity", " 1", "1 ",
            "1,5", "1_0", "١", "1.e5", "--1", "1e--1",
            "1..2", "e5", "-.5",
        ])
    func malformed(text: String) {
        #expect(ExactDecimal(text) == nil)
    }

    // Found by fuzzing: the exponent was in range as written and out of range in the normal form.
    @Test("the bound of exponents is that of the normal form, so every normal form is representable")
    func boundOfNormalForm() throws {
        for text in [
            "12e99999999999999999", "0.12e100000000000000001", "1200e99999999999999997", "0.012e-99999999999999998",
            "12e-100000000000000001",
        ] {
            let value = try #require(ExactDecimal(text))
            #expect(ExactDecimal(value.normalised) == value)
        }
        for text in [
            "12e100000000000000000", "0.12e100000000000000002", "0.12e-100000000000000000", "12e-100000000000000002",
        ] {
            #expect(ExactDecimal(text) == nil)
        }
    }

    @Test(
        "an exponent beyond ±10^17 is not representable, unless the value is zero",
        arguments: [
            "1e100000000000000001", "-1e-100000000000000001", "1e999999999999999999999", "0.5e9223372036854775807",
            "1e-9223372036854775809",
        ])
    func unrepresentable(text: String) {
        #expect(ExactDecimal(text) == nil)
        #expect(ExactDecimal(text.replacingDigitsWithZero) == .init(0))
    }

    // Each is below the next. Nothing here could be told apart, or told at all, with doubles or with 64 bits.
    static let ascending = [
        "-1e100000000000000000", "-1e400", "-1e21", "-9007199254740993", "-9007199254740992", "-18.5",
        "-18.4999999999999999999999999", "-2", "-1", "-0.5",
        "-1e-400", "0", "1e-100000000000000000", "1e-999999999", "1e-400", "0.1",
        "0.1000000000000000055511151231257827", "0.2", "1", "1.0000000000000000000000000001",
        "1.5", "2", "9", "10", "11", "99.999999999999999999", "100", "9007199254740992", "9007199254740993",
        "18446744073709551615", "18446744073709551616",
        "18446744073709551616.5", "18446744073709551617", "99999999999999999999", "100000000000000000000",
        "123456789012345678901234567890", "1e308", "1e309",
        "9.99e399", "1e400", "1.000000000000000000000000000000000001e400", "1e999999999", "1e100000000000000000",
    ]

    @Test("decimals order by exact value")
    func order() throws {
        let values = try Self.ascending.map { try #require(ExactDecimal($0)) }
        for (i, a) in values.enumerated() {
            for (j, b) in values.enumerated() {
                #expect((a < b) == (i < j), "\(a) < \(b)")
                #expect((a == b) == (i == j), "\(a) == \(b)")
                #expect((a > b) == (i > j) && (a <= b) == (i <= j) && (a >= b) == (i >= j))
            }
        }
    }

    @Test("random decimals order as integers of the same digits do")
    func randomOrder() throws {
        var dice = Dice("decimals to compare")
        for _ in 0..<3000 {
            // The same numbers as hundredths of integers and as texts with shifted points and exponents.
            let (a, b) = (dice.number(-99999...99999), dice.number(-99999...99999))
            let (x, y) = (try #require(spelled(a, &dice)), try #require(spelled(b, &dice)))
            #expect((x < y) == (a < b) && (x == y) == (a == b), "\(x) and \(y)")
            #expect(x.hashValue == y.hashValue || a != b)
            #expect(ExactDecimal(a).scaled(places: 3) == Int64(a) * 1000)
        }
    }

    /// A thousandth of `value`, spelled one way or another.
    private func spelled(_ value: Int, _ dice: inout Dice) -> ExactDecimal? {
        let zeros = String(repeating: "0", count: dice.number(0...25))
        return ExactDecimal(
            dice.pick(["\(value)\(zeros)e-\(3 + zeros.count)", "\(value).\(zeros)0E-3", "\(value)e-3", "\(value)e-003"])
        )
    }

    @Test("comparing takes no time for exponents and little for digits")
    func bounded() throws {
        let digits = String(repeating: "7", count: 200_000)
        let time = try ContinuousClock().measure {
            let long = try #require(ExactDecimal(digits))
            let longer = try #require(ExactDecimal(digits + "1e-1"))
            #expect(long < longer && longer > long && long != longer)
            #expect(try #require(ExactDecimal("1e99999999999999999")) > long)
            #expect(long.scaled(places: 6) == nil)
            for _ in 0..<1000 { #expect(ExactDecimal("1e99999999999999999") != ExactDecimal("1e-99999999999999999")) }
        }
        #expect(time < .seconds(5))
    }

    @Test(
        "scaling is exact or nil",
        arguments: [
            ("12.5", 6, 12_500_000), ("1", 0, 1), ("-1.5", 1, -15), ("0.000001", 6, 1), ("0.0000001", 6, nil),
            ("1e-6", 6, 1), ("1e3", 2, 100_000),
            ("0", 6, 0), ("-0.0", 6, 0), ("0e400", 6, 0), ("9223372036854.775807", 6, 9_223_372_036_854_775_807),
            ("9223372036854.775808", 6, nil),
            ("-9223372036854.775808", 6, -9_223_372_036_854_775_808), ("-9223372036854.775809", 6, nil),
            ("1e400", 6, nil), ("1e-400", 6, nil),
            ("1e13", 6, nil), ("1e12", 6, 1_000_000_000_000_000_000), ("9000000000", 6, 9_000_000_000_000_000),
            ("0.10", 1, 1), ("1.10", 1, 11), ("1.11", 1, nil),
            ("123456789012345678901234567890", 0, nil), ("18446744073709551615", 0, nil),
            ("1e18", 0, 1_000_000_000_000_000_000), ("1e19", 0, nil), ("100e-2", 0, 1),
        ] as [(String, Int, Int64?)])
    func scaling(text: String, places: Int, scaled: Int64?) throws {
        #expect(try #require(ExactDecimal(text)).scaled(places: places) == scaled)
    }

    @Test("an integer is the decimal written with its digits")
    func integers() {
        for value in [0, 1, -1, 10, -100, 12_345_000, Int.max, Int.min, Int.max - 7] {
            #expect(ExactDecimal(value) == ExactDecimal("\(value)"))
            #expect(ExactDecimal(value).isZero == (value == 0))
        }
    }
}

extension String {
    /// The same number with 0 for each digit before the exponent.
    fileprivate var replacingDigitsWithZero: String {
        let mantissa = prefix { $0 != "e" }
        return mantissa.map { $0.isNumber ? "0" : String($0) }.joined() + dropFirst(mantissa.count)
    }
}
