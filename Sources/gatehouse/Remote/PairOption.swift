import ArgumentParser

/// An option whose value is two texts with `=` between.
enum PairOption: String {
    case secret = "--secret wants NAME=VALUE"
    case secretEnv = "--secret-env wants NAME=VARIABLE"
    case server = "--server wants SERVER=POLICY"
    case tag = "--tag wants NAME=VALUE"

    /// The pairs that were typed; what is behind the first `=` may be empty.
    ///
    /// - Throws: what the option wants, and nothing of what was typed: it may be a secret.
    func pairs(_ typed: [String]) throws(ValidationError) -> [(String, String)] {
        var pairs: [(String, String)] = []
        for text in typed {
            // As scalars: a character could be the sign together with what follows it.
            guard let sign = text.unicodeScalars.firstIndex(of: "="), sign > text.startIndex else {
                throw ValidationError(rawValue)
            }
            let scalars = text.unicodeScalars
            pairs.append((String(scalars[..<sign]), String(scalars[scalars.index(after: sign)...])))
        }
        return pairs
    }
}
