/// What a client sends and what it says it can read.
enum ContentNegotiation {
    /// `application/json`, in UTF-8.
    static func isJSON(_ types: [String]) -> Bool {
        guard types.count == 1 else { return false }
        let parts = types[0].lowercased().split(separator: ";").map(\.trimmingASCIISpace)
        guard parts.first == "application/json" else { return false }
        return parts.dropFirst().allSatisfy {
            !$0.hasPrefix("charset=") || $0 == "charset=utf-8" || $0 == "charset=\"utf-8\""
        }
    }

    /// Whether `Accept` welcomes event streams and, where `json` is asked for too, JSON: the server chooses.
    ///
    /// RFC 9110 section 12.5.1: what is named more closely counts before `*`, and a weight of 0 means no.
    static func accepts(_ lines: [String], json: Bool) -> Bool {
        var isWelcome: [Substring: Bool] = [:]
        for range in lines.flatMap({ $0.lowercased().split(separator: ",") }) {
            let parts = range.split(separator: ";", omittingEmptySubsequences: false).map(\.trimmingASCIISpace)
            isWelcome[parts[0]] = !parts.dropFirst().contains(where: isZeroWeight)
        }
        func accepts(_ type: Substring, _ family: Substring) -> Bool {
            isWelcome[type] ?? isWelcome[family] ?? isWelcome["*/*"] ?? false
        }
        return accepts("text/event-stream", "text/*") && (!json || accepts("application/json", "application/*"))
    }

    /// `q=0`, `q=0.0`, `q=0.00`, `q=0.000`.
    private static func isZeroWeight(_ parameter: Substring) -> Bool {
        parameter.hasPrefix("q=0") && parameter.dropFirst(3).allSatisfy { $0 == "0" || $0 == "." }
    }
}

extension Substring {
    /// Without the spaces and tabs around it (RFC 9110 section 5.6.3, OWS).
    fileprivate var trimmingASCIISpace: Substring {
        var rest = self
        while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
        while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
        return rest
    }
}
