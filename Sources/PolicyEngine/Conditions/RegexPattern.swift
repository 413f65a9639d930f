import CRE2

/// A regular expression in RE2's syntax, compiled once; matching takes time linear in the text, whatever the pattern.
final class RegexPattern: Sendable {
    /// Why a pattern did not compile, in RE2's words.
    struct Failure: Error {
        let reason: String
    }

    // RE2's `Match` is const and safe for use by many threads at once (re2.h: "RE2 objects are thread-safe"); the
    // pointer is never changed and released when nobody can use it any more.
    nonisolated(unsafe) private let pattern: OpaquePointer

    /// Compiles the pattern.
    init(_ source: String) throws(Failure) {
        guard source.utf8.count <= PolicyBounds.regexBytes else {
            throw Failure(reason: "longer than \(PolicyBounds.regexBytes) bytes")
        }
        let bytes = Array(source.utf8)
        var reason = [CChar](repeating: 0, count: Self.longestReason)
        let compiled = bytes.withUnsafeBufferPointer { bytes in
            cre2_compile(bytes.baseAddress, bytes.count, Int64(PolicyBounds.regexMemory), &reason, reason.count)
        }
        guard let compiled else {
            let said = reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            throw Failure(reason: String(decoding: said, as: UTF8.self))
        }
        self.pattern = compiled
    }

    deinit {
        cre2_release(pattern)
    }

    /// Tells whether the text matches: all of it when `whole`, else any part. Text longer than
    /// ``PolicyBounds/judgedTextBytes`` cannot be judged.
    func judge(_ text: borrowing Span<UInt8>, whole: Bool) -> Judgement {
        guard text.count <= PolicyBounds.judgedTextBytes else { return .cannotBeJudged }
        return text.withUnsafeBufferPointer { bytes in
            Judgement(cre2_matches(pattern, bytes.baseAddress, bytes.count, whole))
        }
    }

    private static let longestReason = 256
}
