import ToolCatalogue
import WireJSON

/// What pages tell search engines in their language (schema.org, JSON-LD 1.1).
enum CatalogueLinkedData {
    /// A tool's page: an article about it, and its questions and answers.
    static func tool(_ facts: ToolPage, at address: Address) -> HTML {
        document { json in
            json.member("@type", "FAQPage")
            json.member("url", address.text)
            json.member("name", HiddenText.shown("\(facts.tool.name), \(facts.server.slug)"))
            json.member("description", HiddenText.shown(facts.summary))
            json.key("mainEntity")
            json.array { json in
                for question in facts.questions {
                    json.object { json in
                        json.member("@type", "Question")
                        json.member("name", HiddenText.shown(question.question))
                        json.key("acceptedAnswer")
                        json.object { json in
                            json.member("@type", "Answer")
                            json.member("text", HiddenText.shown(question.answer))
                        }
                    }
                }
            }
        }
    }

    static func server(_ facts: ServerPage, at address: Address) -> HTML {
        document { json in
            json.member("@type", "SoftwareApplication")
            json.member("url", address.text)
            json.member("name", HiddenText.shown(facts.server.slug))
            json.member("applicationCategory", "MCP server")
            if !facts.server.version.isEmpty { json.member("softwareVersion", HiddenText.shown(facts.server.version)) }
            json.member("description", HiddenText.shown(facts.summary))
        }
    }

    static func attack(_ pattern: AttackPattern, at address: Address) -> HTML {
        document { json in
            json.member("@type", "TechArticle")
            json.member("url", address.text)
            json.member("headline", pattern.title)
            json.member("description", pattern.summary)
        }
    }

    /// The index, with the address that searches it.
    static func index(at address: Address) -> HTML {
        document { json in
            json.member("@type", "WebSite")
            json.member("url", address.text)
            json.member("name", "Gatehouse catalogue")
            json.key("potentialAction")
            json.object { json in
                json.member("@type", "SearchAction")
                json.member("target", "\(address.text)?q={search_term_string}")
                json.member("query-input", "required name=search_term_string")
            }
        }
    }

    private static func document(_ members: (inout JSONWriter) -> Void) -> HTML {
        HTML.linkedData { json in
            json.object { json in
                json.member("@context", "https://schema.org")
                members(&json)
            }
        }
    }
}
