import Fetching
import Gateway
import PolicyFiles
import Upstreams

extension ConfigurationReader {
    private static let keys = [
        "command", "url", "asks", "environment", "directory", "headers", "certificates", "accept", "capture", "audit",
        "timeouts", "limits", "oauth",
    ]

    mutating func server(_ slug: String, _ value: Located, at member: Located.Member) -> DeclaredServer? {
        guard Server.isSlug(slug) else {
            report(member.at, "`\(slug)` cannot name a server", "use 1 to 64 of a-z, 0-9, `-` and single `_`")
            return nil
        }
        var command: [String]?
        var url: (text: String, place: Located)?
        var environment: [String: String] = [:]
        var headers: [StaticHeader] = []
        var directory: String?
        var certificates: String?
        var timeouts = UpstreamTimeouts()
        var limits: (values: StdioLimits, place: Located)?
        var settings = ServerSettings(acceptance: .manual)
        var oauth: (settings: OAuthSettings, place: Located)?
        for member in members(of: value, keys: Self.keys) {
            switch member.key {
            case "command": command = texts(member.value)
            case "url": url = text(member.value).map { ($0, member.value) }
            case "environment": environment = self.environment(member.value)
            case "directory": directory = text(member.value)
            case "headers": headers = self.headers(member.value)
            case "certificates": certificates = text(member.value)
            case "accept": settings.acceptance = choice(member.value) ?? .manual
            case "asks": settings.asks = elements(of: member.value).compactMap { choice($0) }
            case "capture": settings.capture = choice(member.value) ?? .keys
            case "audit": settings.isAuditStrict = word(member.value, of: ["queued", "strict"]) == "strict"
            case "timeouts": timeouts = self.timeouts(member.value)
            case "oauth": oauth = self.oauth(member.value).map { ($0, member.at) }
            case "limits": limits = (self.limits(member.value), member.at)
            default: break
            }
        }
        let transport: DeclaredServer.Transport?
        switch (command, url) {
        case (let command?, nil): transport = stdio(command, environment, directory, at: value)
        case (nil, let url?): transport = http(url.text, headers, certificates, at: url.place)
        default:
            report(value, "a server has either `command` or `url`", nil)
            transport = nil
        }
        if let limits, url != nil { report(limits.place, "`limits` are of a server that has a `command`", nil) }
        if let oauth, url == nil { report(oauth.place, "`oauth` is of a server that has a `url`", nil) }
        if let oauth, headers.contains(where: { $0.name.lowercased() == "authorization" }) {
            report(oauth.place, "a server has either `oauth` or a header `Authorization`", nil)
        }
        oauth?.settings.certificates = certificates
        guard let transport else { return nil }
        return DeclaredServer(
            slug: slug, transport: transport, oauth: oauth?.settings, timeouts: timeouts,
            limits: limits?.values ?? StdioLimits(),
            settings: settings)
    }

    private mutating func stdio(
        _ command: [String], _ environment: [String: String], _ directory: String?, at place: Located
    ) -> DeclaredServer.Transport? {
        do throws(StdioCommand.Refusal) {
            return .command(try StdioCommand(command, environment: environment, workingDirectory: directory))
        } catch {
            report(place, "\(error)", nil)
            return nil
        }
    }

    private mutating func http(
        _ url: String, _ headers: [StaticHeader], _ certificates: String?, at place: Located
    ) -> DeclaredServer.Transport? {
        do throws(UpstreamAddressError) {
            return .url(
                try UpstreamAddress(url, isOperatorTyped: true), headers: headers, certificates: certificates)
        } catch {
            report(place, "\(error)", nil)
            return nil
        }
    }

    private mutating func environment(_ value: Located) -> [String: String] {
        var variables: [String: String] = [:]
        for member in named(value) { variables[member.key] = text(member.value) }
        return variables
    }

    private mutating func headers(_ value: Located) -> [StaticHeader] {
        var headers: [StaticHeader] = []
        for member in named(value) {
            guard let content = text(member.value) else { continue }
            do throws(StaticHeaderError) {
                headers.append(try StaticHeader(name: member.key, value: content))
            } catch {
                report(member.at, "\(error)", nil)
            }
        }
        return headers
    }

    private mutating func timeouts(_ value: Located) -> UpstreamTimeouts {
        var timeouts = UpstreamTimeouts()
        for member in members(of: value, keys: ["connect", "start", "list", "call"]) {
            guard let duration = duration(member.value) else { continue }
            switch member.key {
            case "connect": timeouts.connect = duration
            case "start": timeouts.start = duration
            case "list": timeouts.list = duration
            default: timeouts.call = duration
            }
        }
        return timeouts
    }

    /// A number of seconds, or a number with `ms`, `s` or `m`; more than nothing, at most a day.
    mutating func duration(_ value: Located) -> Duration? {
        guard let text = text(value) else { return nil }
        let digits = text.prefix(while: \.isNumber)
        let scale: [String: Duration] = ["": .seconds(1), "ms": .milliseconds(1), "s": .seconds(1), "m": .seconds(60)]
        guard let number = Int(digits), let unit = scale[String(text.dropFirst(digits.count))], number > 0,
            number <= 86_400_000, unit * number <= .seconds(86_400)
        else {
            report(value, "`\(text)` is no duration", "write `30s`, `500ms` or `2m`")
            return nil
        }
        return unit * number
    }

    mutating func choice<Choice: RawRepresentable & CaseIterable>(_ value: Located) -> Choice?
    where Choice.RawValue == String {
        word(value, of: Choice.allCases.map(\.rawValue)).flatMap(Choice.init)
    }

    /// One of a few words.
    mutating func word(_ value: Located, of words: [String]) -> String? {
        guard let text = text(value) else { return nil }
        guard words.contains(text) else {
            report(
                value, "`\(text)` is none of \(words.map { "`\($0)`" }.joined(separator: ", "))",
                Spelling.suggestion(text, among: words))
            return nil
        }
        return text
    }
}
