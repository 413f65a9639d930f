import PolicyEngine
import Testing
import ToolCatalogue
import WireJSON

/// What a page about a tool says: every section that product.md names, from facts alone.
@Suite("Tool page")
struct ToolPageTests {
    private func server() throws -> CatalogueServer {
        let tools: [(String, [String])] = [
            ("list_users", []), ("attach_user_policy", ["user_name", "policy_arn"]),
            ("detach_user_policy", ["user_name", "policy_arn", "confirmed"]), ("delete_user_policy", ["user_name"]),
            ("get_time", []),
        ]
        let definitions = try tools.map { name, arguments in
            let properties = arguments.map { #""\#($0)":{"type":"string"}"# }.joined(separator: ",")
            return try SampleTool.json(
                #"{"name":"\#(name)","inputSchema":{"required":["user_name"],"properties":{\#(properties)}}}"#)
        }
        return CatalogueServer(
            slug: "iam", registry: "pypi", package: "iam-server", version: "1.1.2", definitions: definitions)
    }

    @Test("the page of a tool has every section, and says what is so")
    func detach() throws {
        let page = try #require(ToolPage(of: "detach_user_policy", in: try server()))
        #expect(
            page.summary
                == "Critical risk, Destructive: it detaches a user policy. It takes away from somebody what they may do."
        )
        #expect(
            page.whatItDoes == [
                "By its name, it detaches a user policy.", "What it takes away is gone afterwards.",
                "It takes 3 arguments; `user_name` is required.",
            ])
        #expect(page.why.contains("It takes away from somebody what they may do."))
        #expect(page.why.contains("A wrong call may be beyond repair."))
        #expect(page.evidence.contains { $0.place == "Name" && $0.found == "policy" })
        #expect(page.basis.hasSuffix("Judged from version 1.1.2 of `iam-server`."))
        #expect(page.attacks.map(\.pattern.slug).contains("lock-out"))
        #expect(page.attacks.map(\.pattern.slug).contains("self-confirmation"))
        #expect(page.toolPolicy.tools.hide.map(\.description) == ["detach_user_policy"])
        #expect(page.toolPolicy.tools.entries.isEmpty)
        #expect(page.serverPolicy.tools.hide.map(\.description) == ["detach_user_policy", "delete_user_policy"])
        #expect(page.serverPolicy.tools.entries.count == 3)
        #expect(page.actionWord == "Restrict")
        #expect(page.steps.count == 3)
        #expect(page.related.map(\.name) == ["delete_user_policy", "attach_user_policy"])
        #expect(page.questions.count == 6)
        #expect(page.questions[5].answer == "`iam`, package `iam-server` from pypi; it is one of its 5 tools.")
        #expect(!page.furtherReading.isEmpty)
    }

    @Test("a server's page names the tools that an attack applies to, the worst first, as their own pages do")
    func exposures() throws {
        let server = try server()
        let exposures = ServerPage(of: server).attacks
        let lockOut = try #require(exposures.first { $0.pattern.slug == "lock-out" })
        #expect(lockOut.tools == ["detach_user_policy", "delete_user_policy"])
        for tool in server.tools {
            let own = Set(try #require(ToolPage(of: tool.name, in: server)).attacks.map(\.pattern.slug))
            #expect(Set(exposures.filter { $0.tools.contains(tool.name) }.map(\.pattern.slug)) == own)
        }
    }

    @Test("a set of attacks holds what was put into it, and there is a bit for each pattern")
    func attackSets() {
        #expect(AttackPattern.all.count <= 64)
        #expect(AttackSet().patterns.isEmpty)
        for pattern in AttackPattern.all { #expect(AttackSet([pattern]).patterns == [pattern]) }
        #expect(AttackSet(AttackPattern.all).patterns == AttackPattern.all)
    }

    @Test("a harmless tool is allowed and its page says so")
    func harmless() throws {
        let page = try #require(ToolPage(of: "get_time", in: try server()))
        #expect(page.summary == "Low risk, Read: it gets time.")
        #expect(page.actionWord == "Allow")
        #expect(page.attacks.isEmpty)
    }

    @Test("there is no page for a tool the server has not")
    func unknown() throws { #expect(ToolPage(of: "nothing", in: try server()) == nil) }

    @Test("a server's tools come by risk, and are counted")
    func byRisk() throws {
        let server = try server()
        #expect(server.byRisk.map(\.name).prefix(2) == ["detach_user_policy", "delete_user_policy"])
        #expect(server.counts[.critical] == 2)
        #expect(server.counts.values.reduce(0, +) == 5)
    }

    @Test("a server's page says what an agent can do at worst, the worst first")
    func worst() throws {
        let page = ServerPage(of: try server())
        #expect(page.summary == "5 tools: 2 Critical, 1 High, 2 Low.")
        #expect(page.abilities.first?.deed == "change who may do what")
        #expect(page.abilities.first?.risk == .critical)
        #expect(page.abilities.map(\.deed).contains("take things away"))
        #expect(page.abilities.last?.deed == "look at things")
        #expect(page.policy.tools.hide.count == 2)
        #expect(
            ServerPage(of: CatalogueServer(slug: "", registry: "", package: "", version: "", tools: [])).summary
                == "It lists no tools.")
    }

    static let meanings: [(name: String, kind: CatalogueArgument.Kind, meaning: String)] = [
        ("policy_arn", .text, "An Amazon resource name"), ("user_name", .text, "Which one, by its name"),
        ("confirmed", .truth, "A flag the agent sets itself; it proves nothing about a person"),
        ("maxResults", .integer, "How many, at most"), ("xyz", .text, ""),
        ("verbose", .truth, "Switches something on or off"),
        ("", .any, ""),
    ]

    @Test("an argument's meaning is told by its name, or not at all", arguments: meanings)
    func meaning(name: String, kind: CatalogueArgument.Kind, meaning: String) {
        #expect(CatalogueArgument(name: name, kind: kind, isRequired: false).meaning == meaning)
    }
}
