import GatewayStorage
import PolicyFiles
import ToolCatalogue
import WireJSON

/// The catalogue's pages as data: the same facts at the same addresses, with `.json`.
enum CatalogueJSON {
    static func tool(_ facts: ToolPage, _ edition: CatalogueEdition?) -> [UInt8] {
        object { json in
            json.member("name", facts.tool.name)
            json.member("server", facts.server.slug)
            verdict(of: facts.tool, to: &json)
            json.member("summary", facts.summary)
            texts("does", facts.whatItDoes, to: &json)
            texts("why", facts.why, to: &json)
            json.key("evidence")
            json.array { json in
                for row in facts.evidence {
                    json.object { json in
                        json.member("place", row.place)
                        json.member("found", row.found)
                        json.member("speaksFor", row.speaksFor)
                    }
                }
            }
            json.key("arguments")
            json.array { json in
                for argument in facts.tool.arguments {
                    json.object { json in
                        json.member("name", argument.name)
                        json.member("type", argument.kind.words)
                        json.member("required", argument.isRequired)
                    }
                }
            }
            json.key("attacks")
            json.array { json in
                for match in facts.attacks {
                    json.object { json in
                        json.member("pattern", match.pattern.slug)
                        json.member("title", match.pattern.title)
                        json.member("reason", match.reason)
                    }
                }
            }
            json.key("serverPolicy")
            json.raw(policy(PolicyWriter.json(facts.serverPolicy)))
            json.key("toolPolicy")
            json.raw(policy(PolicyWriter.json(facts.toolPolicy)))
            json.member("toolPolicyDeniesOthers", facts.toolPolicy.deniesOthers)
            json.member("policyMeaning", facts.policyMeaning)
            json.member("action", facts.actionWord)
            texts("related", facts.related.map(\.name), to: &json)
            texts("furtherReading", facts.furtherReading, to: &json)
            json.key("questions")
            json.array { json in
                for question in facts.questions {
                    json.object { json in
                        json.member("question", question.question)
                        json.member("answer", question.answer)
                    }
                }
            }
            json.member("serverTools", facts.server.tools.count)
            if let edition { index(edition, to: &json) }
        }
    }

    static func server(_ facts: ServerPage, _ edition: CatalogueEdition?) -> [UInt8] {
        object { json in
            json.member("slug", facts.server.slug)
            json.member("registry", facts.server.registry)
            json.member("package", facts.server.package)
            json.member("version", facts.server.version)
            json.member("provider", facts.server.provider)
            counts({ facts.server.counts[$0] ?? 0 }, to: &json)
            json.key("atWorst")
            json.array { json in
                for ability in facts.abilities {
                    json.object { json in
                        json.member("deed", ability.deed)
                        json.member("risk", ability.risk.rawValue)
                        texts("tools", ability.tools, to: &json)
                    }
                }
            }
            json.key("attacks")
            json.array { json in
                for exposure in facts.attacks {
                    json.object { json in
                        json.member("pattern", exposure.pattern.slug)
                        json.member("title", exposure.pattern.title)
                        json.member("toolCount", exposure.tools.count)
                        texts("tools", Array(exposure.tools.prefix(StorageBounds.cataloguePage)), to: &json)
                    }
                }
            }
            json.key("tools")
            json.array { json in
                for tool in facts.tools {
                    json.object { json in
                        json.member("name", tool.name)
                        verdict(of: tool, to: &json)
                    }
                }
            }
            json.key("policy")
            json.raw(policy(PolicyWriter.json(facts.policy)))
            if let edition { index(edition, to: &json) }
        }
    }

    static func results(_ results: CatalogueResults, _ edition: CatalogueEdition?) -> [UInt8] {
        object { json in
            json.key("tools")
            json.array { json in
                for tool in results.tools { json.object { write(tool, to: &$0) } }
            }
            count("toolCount", results.toolCount, to: &json)
            json.key("servers")
            json.array { json in for server in results.servers { entry(server, to: &json) } }
            count("serverCount", results.serverCount, to: &json)
            texts("instead", results.instead, to: &json)
            if let edition { index(edition, to: &json) }
        }
    }

    static func providers(_ providers: [CatalogueProviderEntry]) -> [UInt8] {
        object { json in
            json.key("providers")
            json.array { json in
                for provider in providers {
                    json.object { json in
                        json.member("slug", provider.slug)
                        json.member("title", Provider(slug: provider.slug).title)
                        json.member("servers", provider.servers)
                        json.member("tools", provider.tools)
                    }
                }
            }
        }
    }

    static func attacks(_ patterns: [AttackPattern]) -> [UInt8] {
        object { json in
            json.key("patterns")
            json.array { json in for pattern in patterns { json.object { write(pattern, to: &$0) } } }
        }
    }

    static func attack(_ pattern: AttackPattern, _ reach: AttackReach) -> [UInt8] {
        object { json in
            write(pattern, to: &json)
            count("toolCount", reach.count, to: &json)
            tools("worst", reach.worst, to: &json)
            json.key("providers")
            json.array { json in
                for group in reach.groups {
                    json.object { json in
                        json.member("slug", group.provider.slug)
                        json.member("title", group.provider.title)
                        count("toolCount", group.count, to: &json)
                        tools("worst", group.tools, to: &json)
                    }
                }
            }
        }
    }

    // MARK: Parts

    private static func object(_ members: (inout JSONWriter) -> Void) -> [UInt8] {
        var writer = JSONWriter(reserving: 4_096)
        writer.object(members)
        return writer.bytes + [0x0A]
    }

    private static func policy(_ text: String) -> [UInt8] { Array(text.utf8) }

    private static func texts(_ key: String, _ texts: [String], to json: inout JSONWriter) {
        json.key(key)
        json.array { json in for text in texts { json.string(text) } }
    }

    private static func verdict(of tool: CatalogueTool, to json: inout JSONWriter) {
        json.member("category", tool.verdict.category.rawValue)
        json.member("risk", tool.verdict.risk.rawValue)
        json.member("confidencePercent", Int((tool.verdict.confidence * 100).rounded()))
        json.member("recommended", tool.recommendation.action.rawValue)
        json.member("definition", tool.definition.hex)
    }

    private static func counts(_ count: (Risk) -> Int, to json: inout JSONWriter) {
        json.key("counts")
        json.object { json in for risk in Risk.allCases { json.member(risk.rawValue, count(risk)) } }
    }

    private static func count(_ key: String, _ count: CatalogueCount, to json: inout JSONWriter) {
        json.key(key)
        json.object { json in
            json.member("value", count.value)
            json.member("exact", count.isExact)
        }
    }

    private static func tools(_ key: String, _ tools: [CatalogueToolEntry], to json: inout JSONWriter) {
        json.key(key)
        json.array { json in for tool in tools { json.object { write(tool, to: &$0) } } }
    }

    private static func write(_ tool: CatalogueToolEntry, to json: inout JSONWriter) {
        json.member("name", tool.name)
        json.member("server", tool.server)
        json.member("category", tool.category.rawValue)
        json.member("risk", tool.risk.rawValue)
    }

    private static func entry(_ server: CatalogueServerEntry, to json: inout JSONWriter) {
        json.object { json in
            if let slug = server.slug { json.member("slug", slug) }
            json.member("registry", server.registry)
            json.member("package", server.package)
            json.member("version", server.version)
            json.member("provider", server.provider)
            if server.slug != nil { counts(server.count, to: &json) }
        }
    }

    private static func write(_ pattern: AttackPattern, to json: inout JSONWriter) {
        json.member("slug", pattern.slug)
        json.member("title", pattern.title)
        json.member("summary", pattern.summary)
        texts("steps", pattern.steps, to: &json)
        texts("defences", pattern.defences, to: &json)
        texts("references", pattern.references, to: &json)
    }

    private static func index(_ edition: CatalogueEdition, to json: inout JSONWriter) {
        json.key("index")
        json.object { json in
            json.member("issued", edition.issued)
            json.member("servers", edition.servers)
            json.member("tools", edition.tools)
            json.member("packages", edition.packages)
        }
    }
}
