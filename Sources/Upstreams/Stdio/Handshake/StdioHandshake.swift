import Gateway
import MCPMessages
import WireJSON

/// How one child and this side agree on an era: what is asked next, and when it is settled.
///
/// Revision 2026-07-28, "Versioning and Compatibility": `server/discover` first; a DiscoverResult or -32022 means
/// modern; any other error, silence or death means `initialize`. No single code decides: real legacy servers answer
/// -32602. A server that was slow rather than legacy may answer the probe after `initialize` was sent; the first
/// success counts, because dual-era servers lock a connection to the era of their first success.
struct StdioHandshake {
    /// Where to begin.
    enum Plan: Sendable {
        /// Nothing is known: discover, then initialize.
        case probe
        /// Known to be legacy, or the client is: initialize, then discover.
        case initialize
        /// The client is modern and falls back by itself: discover, and no more.
        case discoverOnly
        /// The server is known to be modern and the client is legacy: initialize, and no more.
        case initializeOnly
    }

    enum Question: Sendable {
        case discover, initialize
    }

    enum Step {
        case ask(Question)
        case wait
        /// The child is gone; ask another this.
        case restart(Question)
        case settled(UpstreamDescription)
        /// Not to be had this way, and the child is fit to be asked another way.
        case declined(UpstreamFailure)
        case failed(UpstreamFailure)
    }

    private var plan: Plan
    private var pending: Set<Question> = []
    private var asked: Set<Question> = []
    private var hasRestarted = false
    private var hasRepeatedDiscover = false
    /// What the server answered to a question it did not take.
    private(set) var refusals: [Question: UpstreamFailure] = [:]

    init(_ plan: Plan) { self.plan = plan }

    mutating func begin() -> Step {
        switch plan {
        case .probe, .discoverOnly: ask(.discover)
        case .initialize, .initializeOnly: ask(.initialize)
        }
    }

    /// Whether the first question has only the probe's time.
    var isOnTrial: Bool { plan == .initializeOnly }

    mutating func answered(_ question: Question, _ outcome: Message.Response.Outcome) -> Step {
        guard pending.remove(question) != nil else { return .wait }
        switch (question, outcome) {
        case (.discover, .result(let result)): return discovered(result)
        case (.discover, .error(let error)): return discoverRefused(error)
        case (.initialize, .result(let result)): return initialized(result)
        case (.initialize, .error(let error)):
            refuse(.initialize, "the server refused `initialize`", error)
            return afterRefusal(of: .initialize)
        }
    }

    /// The probe has been unanswered for its time; an answer may still come.
    mutating func probeTimedOut() -> Step {
        if plan == .initializeOnly, pending.contains(.initialize) {
            return .declined(UpstreamFailure(.unsupported, "the server does not answer `initialize`"))
        }
        guard plan == .probe, pending.contains(.discover), !asked.contains(.initialize) else { return .wait }
        return ask(.initialize)
    }

    /// The client whose era is followed has given its own probe up and asks to `initialize`.
    mutating func clientFellBack() -> Step {
        guard plan == .discoverOnly else { return .wait }
        plan = .initialize
        return asked.isEmpty ? .wait : ask(.initialize)
    }

    /// - Parameter lastWords: how the child ended.
    mutating func childEnded(_ lastWords: String) -> Step {
        pending = []
        switch plan {
        case .probe where !hasRestarted:
            // Some old servers die of a method they do not know.
            hasRestarted = true
            return .restart(.initialize)
        case .discoverOnly:
            // A modern client's fallback comes as `initialize`, and starts a child of its own.
            return .declined(UpstreamFailure(.unsupported, lastWords))
        case .initializeOnly:
            return .declined(UpstreamFailure(.unsupported, lastWords))
        case .probe, .initialize:
            return .failed(UpstreamFailure(.unreachable, lastWords))
        }
    }

    /// Takes a question on, for a child that can be asked.
    mutating func ask(_ question: Question) -> Step {
        pending.insert(question)
        asked.insert(question)
        return .ask(question)
    }

    // MARK: Answers

    private mutating func discovered(_ result: JSON) -> Step {
        let versions = result["supportedVersions"]?.elements.compactMap(\.string) ?? []
        if versions.contains(ProtocolVersion.modern.rawValue) {
            pending = []
            return .settled(UpstreamDescription(version: .modern, result: result))
        }
        refusals[.discover] = UpstreamFailure(
            .unsupported, "the server speaks none of this gateway's versions without a handshake")
        return afterRefusal(of: .discover)
    }

    private mutating func discoverRefused(_ error: JSON) -> Step {
        refuse(.discover, "the server refused `server/discover`", error)
        guard error["code"]?.int == RPCError.Code.unsupportedVersion.rawValue else {
            return afterRefusal(of: .discover)
        }
        let supported = error["data"]?["supported"]?.elements.compactMap(\.string) ?? []
        if supported.contains(ProtocolVersion.modern.rawValue), !hasRepeatedDiscover {
            hasRepeatedDiscover = true
            return ask(.discover)
        }
        // Modern, and disjoint from this side: there is no handshake to fall back to, unless it names one.
        let isDisjoint = !supported.isEmpty && supported.allSatisfy(ProtocolVersion.namesModern)
        if isDisjoint, plan != .discoverOnly {
            return .failed(UpstreamFailure(.unsupported, "the server and this gateway share no version", error: error))
        }
        return afterRefusal(of: .discover)
    }

    private mutating func initialized(_ result: JSON) -> Step {
        guard let name = result["protocolVersion"]?.string, let version = ProtocolVersion(rawValue: name),
            version.era == .legacy
        else {
            refusals[.initialize] = UpstreamFailure(
                .unsupported, "the server answered `initialize` with a version this gateway does not speak")
            return afterRefusal(of: .initialize)
        }
        pending = []
        return .settled(UpstreamDescription(version: version, result: result))
    }

    private mutating func refuse(_ question: Question, _ detail: String, _ error: JSON) {
        refusals[question] = UpstreamFailure(.unsupported, detail, error: error)
    }

    private mutating func afterRefusal(of question: Question) -> Step {
        if !pending.isEmpty { return .wait }
        let other: Question = question == .discover ? .initialize : .discover
        if plan == .discoverOnly, let refusal = refusals[.discover] { return .declined(refusal) }
        if plan == .initializeOnly, let refusal = refusals[.initialize] { return .declined(refusal) }
        guard asked.contains(other) else { return ask(other) }
        let noEra = UpstreamFailure(.unsupported, "the server agrees to no era")
        return .failed(refusals[.initialize] ?? refusals[.discover] ?? noEra)
    }
}
