import Gateway
import PolicyFiles

extension ConfigurationReader {
    private static let keys = ["label", "token_sha256", "token_file", "token_env", "tags", "servers"]

    mutating func grant(_ value: Located) -> DeclaredGrant? {
        var label: String?
        var tokens: [TokenDigest] = []
        var tags: [String: String] = [:]
        var pairs: [DeclaredGrant.Pair] = []
        let before = problems.count
        for member in members(of: value, keys: Self.keys) {
            switch member.key {
            case "label": label = text(member.value)
            case "token_sha256": if let token = digest(member.value) { tokens.append(token) }
            case "token_file": if let token = tokenFile(member.value) { tokens.append(token) }
            case "token_env": if let token = tokenVariable(member.value) { tokens.append(token) }
            case "tags": for tag in named(member.value) { tags[tag.key] = text(tag.value) }
            case "servers": pairs = named(member.value).compactMap { pair($0) }
            default: break
            }
        }
        guard problems.count == before else { return nil }
        guard let label, !label.isEmpty, label.utf8.count <= 200 else {
            report(value, "a grant needs a `label`", nil)
            return nil
        }
        guard tokens.count <= 1 else {
            reportMissingToken(value)
            return nil
        }
        return DeclaredGrant(label: label, token: tokens.first, tags: tags, pairs: pairs)
    }

    mutating func reportMissingToken(_ place: Located) {
        report(
            place, "a grant has one of `token_sha256`, `token_file` and `token_env`",
            "`gatehouse grant hash` makes a token and its hash")
    }

    /// `SERVER: POLICY` or `SERVER: { policy: POLICY, mode: observe }`.
    private mutating func pair(_ member: Located.Member) -> DeclaredGrant.Pair? {
        guard member.value.members != nil else {
            return text(member.value).map { DeclaredGrant.Pair(server: member.key, policy: $0, mode: .enforce) }
        }
        var policy: String?
        var mode = Mode.enforce
        for part in members(of: member.value, keys: ["policy", "mode"]) {
            if part.key == "policy" { policy = text(part.value) }
            if part.key == "mode" { mode = choice(part.value) ?? .enforce }
        }
        guard let policy else {
            report(member.value, "`policy` is missing", nil)
            return nil
        }
        return DeclaredGrant.Pair(server: member.key, policy: policy, mode: mode)
    }

    private mutating func digest(_ value: Located) -> TokenDigest? {
        guard let text = text(value) else { return nil }
        guard let digest = TokenDigest(hex: text) else {
            report(
                value, "`token_sha256` is 64 hexadecimal digits", "`gatehouse grant hash` makes a token and its hash")
            return nil
        }
        return digest
    }

    private mutating func tokenFile(_ value: Located) -> TokenDigest? {
        guard let path = text(value) else { return nil }
        guard var token = try? readFile(path) else {
            report(value, "the token file `\(path)` cannot be read", nil)
            return nil
        }
        while let last = token.last, last == 0x0A || last == 0x0D { token.removeLast() }
        return checked(token, value)
    }

    private mutating func tokenVariable(_ value: Located) -> TokenDigest? {
        guard let name = text(value) else { return nil }
        guard let token = environment[name] else {
            report(value, "the environment variable `\(name)` is not set", nil)
            return nil
        }
        return checked(Array(token.utf8), value)
    }

    /// A token that could be guessed is refused.
    private mutating func checked(_ token: [UInt8], _ value: Located) -> TokenDigest? {
        guard token.count >= 32, Set(token).count >= 8 else {
            report(value, "the token is too weak", "`gatehouse grant hash` makes one of 256 random bits")
            return nil
        }
        guard token.starts(with: Array("ghs_".utf8)) else {
            report(value, "a grant's token begins with `ghs_`", "`gatehouse grant hash` makes one")
            return nil
        }
        return TokenDigest(of: token)
    }
}
