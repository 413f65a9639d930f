/// Numbers as people read them.
enum Figure {
    /// `318540` as `318,540`.
    static func text(_ number: Int) -> String {
        let digits = Array(String(number.magnitude))
        var text = number < 0 ? "-" : ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return text
    }

    /// `1 tool`, `29 tools`.
    static func text(_ number: Int, _ noun: String) -> String { "\(text(number)) \(noun)\(number == 1 ? "" : "s")" }

    /// `1,000+` where counting stopped.
    static func text(_ count: Int, isExact: Bool) -> String { text(count) + (isExact ? "" : "+") }
}
