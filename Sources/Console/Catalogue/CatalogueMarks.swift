import ToolCatalogue

/// Small parts that all pages of the catalogue have.
extension HTML {
    /// A stranger's name, in letters that do not run into each other, and whose direction ends with it.
    static func name(_ name: String) -> HTML { Tag.bdi(.class("mono")) { name.isEmpty ? "(no name)" : name } }

    /// A level, by its hue and always with the word.
    static func risk(_ risk: Risk, _ words: String? = nil) -> HTML {
        Tag.span(.class("risk \(risk.rawValue.lowercased())")) { words ?? risk.rawValue }
    }

    /// What is recommended, in the marks of decisions.
    static func action(_ recommendation: Recommendation) -> HTML {
        switch recommendation.action {
        case .hide: Tag.span(.class("mark closed")) { "Hide" }
        case .approval: Tag.span(.class("mark ask")) { "Ask a person" }
        case .limit: Tag.span(.class("mark ask")) { "\(recommendation.callsAMinute ?? 0) calls a minute" }
        case .allow: Tag.span(.class("mark")) { "Allow" }
        }
    }

    /// Our own prose, where what stands between backticks is code.
    static func prose(_ text: String) -> HTML {
        let parts = text.split(separator: "`", omittingEmptySubsequences: false)
        return HTML(
            parts.enumerated().map { place, part in
                // A backtick without its fellow stays what it is.
                if place % 2 == 1, place < parts.count - 1 { return Tag.code { String(part) } }
                return place % 2 == 1 ? HTML.text("`\(part)") : HTML.text(String(part))
            })
    }

    /// How many tools there are of each risk, the worst first.
    static func counts(_ count: (Risk) -> Int) -> HTML {
        Tag.span(.class("counts")) {
            for risk in Risk.allCases.reversed() {
                if count(risk) > 0 {
                    HTML.risk(risk, "\(Figure.text(count(risk))) \(risk.rawValue)")
                } else {
                    Tag.span(.class("risk none \(risk.rawValue.lowercased())")) { "0 \(risk.rawValue)" }
                }
            }
        }
    }

    /// A section with its heading.
    static func section(_ id: String, _ title: String, @HTMLBuilder content: () -> HTML) -> HTML {
        Tag.section(.class("section"), .ariaLabelledBy(id)) {
            Tag.h2(.id(id)) { title }
            content()
        }
    }
}
