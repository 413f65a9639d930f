import GatewayStorage
import WireJSON

extension Administration {
    /// What is in force for the actor's organisation as configuration files, by path. Secrets are not in them: each is a
    /// reference to an environment variable.
    public func export(by actor: Actor) async throws(Refusal) -> [(path: String, text: String)] {
        try actor.require(.export)
        let servers = try await directory.all(ServerRecord.self, of: actor.organisation).filter(\.isReachable)
        let policies = try await directory.all(PolicyRecord.self, of: actor.organisation).filter { $0.published != nil }
        var files: [(path: String, text: String)] = []
        var names: [RecordID: (name: String, path: String)] = [:]
        for policy in policies {
            let version = try await version(policy.published ?? 0, of: policy)
            let isJSON = (try? JSON(Array(version.document.utf8))) != nil
            let path = "policies/\(policy.id).\(isJSON ? "json" : "yaml")"
            names[policy.id] = (policy.title, path)
            files.append((path, version.document))
        }
        let grants = try await grants(of: actor.organisation)
        var writer = JSONWriter(reserving: 4096)
        writer.object { json in
            json.key("servers")
            json.object { json in
                for server in servers {
                    json.key(server.slug)
                    server.writeDeclared(to: &json)
                }
            }
            json.key("policies")
            json.object { json in
                for policy in policies { json.member(policy.title, names[policy.id]?.path ?? "") }
            }
            json.key("grants")
            json.array { json in
                for grant in grants {
                    grant.write(to: &json, servers: servers, policies: names.mapValues(\.name))
                }
            }
        }
        files.append(("gatehouse.yaml", String(decoding: writer.bytes, as: UTF8.self) + "\n"))
        return files
    }

    private struct Exported {
        let grant: GrantRecord
        let credential: Credential
        let attachments: [Attachment]

        func write(to json: inout JSONWriter, servers: [ServerRecord], policies: [RecordID: String]) {
            json.object { json in
                json.member("label", grant.label)
                json.member("token_sha256", Hexadecimal.text(credential.digest))
                json.member("tags", grant.tags)
                json.key("servers")
                json.object { json in
                    for attachment in attachments {
                        guard let server = servers.first(where: { $0.id == attachment.server }),
                            let policy = policies[attachment.policy]
                        else { continue }
                        json.key(server.slug)
                        json.object { json in
                            json.member("policy", policy)
                            json.member("mode", attachment.mode.rawValue)
                        }
                    }
                }
            }
        }
    }

    /// Grants in force, each with its newest token. One that ends by itself is left out: files know no such end.
    private func grants(of organisation: RecordID) async throws(Refusal) -> [Exported] {
        let now = clock()
        var exported: [Exported] = []
        for grant in try await directory.all(GrantRecord.self, of: organisation)
        where grant.isInForce(at: now) && grant.expiresAt == nil {
            let credentials = try await directory.all(Credential.self, of: organisation, parents: [.grant: grant.id])
            guard let newest = credentials.last(where: { $0.endsAt == nil }) else { continue }
            exported.append(
                Exported(
                    grant: grant, credential: newest,
                    attachments: try await directory.all(
                        Attachment.self, of: organisation, parents: [.grant: grant.id])))
        }
        return exported
    }
}

extension ServerRecord {
    /// The server as a configuration file declares it.
    fileprivate func writeDeclared(to json: inout JSONWriter) {
        json.object { json in
            let secrets = Dictionary(
                settings.secretNames.map { ($0, "${\(Self.variable(slug, $0))}") }, uniquingKeysWith: { one, _ in one })
            switch settings.transport {
            case .url(let url):
                json.member("url", url)
                if !secrets.isEmpty { json.member("headers", secrets) }
            case .command(let command, let directory):
                json.member("command", command)
                if let directory { json.member("directory", directory) }
                if !secrets.isEmpty { json.member("environment", secrets) }
            }
            if let oauth = settings.oauth {
                json.key("oauth")
                json.object { json in
                    json.member("grant", oauth.grant.rawValue)
                    if let id = oauth.clientID { json.member("client_id", id) }
                    if oauth.hasSecret {
                        json.member("client_secret", "${\(Self.variable(slug, "oauth_client_secret"))}")
                    }
                    if let issuer = oauth.issuer { json.member("issuer", issuer) }
                    if !oauth.scopes.isEmpty { json.member("scopes", oauth.scopes) }
                }
            }
            json.member("accept", "initial")
            json.member("capture", settings.capture.rawValue)
            json.member("audit", settings.isAuditStrict ? "strict" : "queued")
            if let callTimeout = settings.callTimeout {
                json.key("timeouts")
                json.object { $0.member("call", "\(callTimeout)s") }
            }
        }
    }

    /// `GATEHOUSE_IAM_AWS_REGION`.
    private static func variable(_ slug: String, _ name: String) -> String {
        let text = "GATEHOUSE_\(slug)_\(name)"
        return String(
            decoding: text.utf8.map { byte in
                switch byte {
                case 0x61...0x7A: byte - 0x20
                case 0x41...0x5A, 0x30...0x39: byte
                default: UInt8(ascii: "_")
                }
            }, as: UTF8.self)
    }
}
