/// One letter each for what stands in a catalogue file thousands of times.
enum CatalogueCodes {
    static func code(_ category: Category) -> String { String(category.rawValue.prefix(1)) }

    static func category(_ code: String) -> Category? { Category.allCases.first { self.code($0) == code } }

    static func code(_ risk: Risk) -> String { String(risk.rawValue.prefix(1)) }

    static func risk(_ code: String) -> Risk? { Risk.allCases.first { self.code($0) == code } }

    static func code(_ place: Evidence.Place) -> String {
        switch place {
        case .name: "n"
        case .title: "t"
        case .description: "d"
        case .schema(let pointer): "s" + pointer
        case .annotation: "a"
        case .siblings: "g"
        }
    }

    static func place(_ code: String) -> Evidence.Place? {
        switch code {
        case "n": .name
        case "t": .title
        case "d": .description
        case "a": .annotation
        case "g": .siblings
        default: code.hasPrefix("s") ? .schema(String(code.dropFirst())) : nil
        }
    }

    static func code(_ claim: Evidence.Claim) -> String {
        switch claim {
        case .category(let category): code(category)
        case .raises(let concern): "+" + concern.rawValue
        case .lowers(let concern): "-" + concern.rawValue
        }
    }

    static func claim(_ code: String) -> Evidence.Claim? {
        if code.hasPrefix("+") { return Concern(rawValue: String(code.dropFirst())).map(Evidence.Claim.raises) }
        if code.hasPrefix("-") { return Concern(rawValue: String(code.dropFirst())).map(Evidence.Claim.lowers) }
        return category(code).map(Evidence.Claim.category)
    }
}
