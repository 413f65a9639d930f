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
    static func accepts(_ lines: [String], json: Bool) -> Bool {
        let types = lines.flatMap { line in
            line.lowercased().split(separator: ",").map { $0.prefix { $0 != ";" }.trimmingASCIISpace }
        }
        let all = types.contains("*/*")
        let streams = all || types.contains("text/event-stream") || types.contains("text/*")
        return streams && (!json || all || types.contains("application/json") || types.contains("application/*"))
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
