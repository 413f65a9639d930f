import Foundation

/// Numbers and days as reports print them.
enum CatalogText {
    /// `0.9`, from 0 to 1, as `0.90`.
    static func twoPlaces(_ share: Double) -> String {
        let hundredths = Int((share * 100).rounded())
        return "\(hundredths / 100).\(hundredths / 10 % 10)\(hundredths % 10)"
    }

    /// A part of a whole in per cent with one place: `97.7 %`.
    static func perCent(_ part: Int, of whole: Int) -> String {
        guard whole > 0 else { return "–" }
        let tenths = (part * 1000 + whole / 2) / whole
        return "\(tenths / 10).\(tenths % 10) %"
    }

    /// The day as `2026-11-23`, in UTC.
    static func today() -> String { Date().formatted(Date.ISO8601FormatStyle().year().month().day()) }
}
