import ClientFiles
import Testing
import ToolCatalogue
import ToolInventory
import WireJSON

/// What a scan prints: everything it found, nothing that is a secret, nothing that a stranger's text could turn into.
@Suite("Reports of a scan")
struct ReportTests {
    @Test("a secret in a configuration is in no report, also where the server itself says it")
    func secrets() {
        for (name, text) in SampleInventory.reports {
            #expect(!text.contains("hunter2"), "\(name)")
            #expect(!text.contains("Zq81xL0p"), "\(name)")
            #expect(name == "dump" || text.contains("delete_user"), "\(name)")
        }
    }

    @Test("a stranger's text is shown, never obeyed: no escape reaches a terminal, no tag a page")
    func strangers() throws {
        let reports = Dictionary(uniqueKeysWithValues: SampleInventory.reports.map { ($0.name, $0.text) })
        #expect(try #require(reports["text"]).contains("U+1B [31mred"))
        #expect(!(try #require(reports["text"]).contains("\u{1B}")))
        let html = try #require(reports["html"])
        #expect(!html.contains("<script") && !html.contains("<img") && !html.contains("onerror=alert(1)>"))
        #expect(html.contains("&lt;img src=x onerror=alert(1)&gt;") && html.contains("&lt;script&gt;"))
        #expect(html.contains("default-src 'none'"))
        #expect(!html.contains("src=\"") && !html.contains("href=\"") && !html.contains("url("))
    }

    @Test("the JSON report has the members that Docs/Scan.md describes")
    func json() throws {
        let report = try JSON(InventoryJSON.bytes(SampleInventory.inventory))
        #expect(report["gatehouse_scan"]?.int == InventoryJSON.format)
        #expect(
            report.members.map(\.key.string) == [
                "gatehouse_scan", "made", "summary", "files", "servers", "chains", "problems",
            ])
        let servers = report["servers"].map { Array($0.elements) } ?? []
        #expect(servers.map { $0["status"]?.string } == ["listed", "failed", "not_started", "unreachable"])
        #expect(servers.map { $0["enabled"]?.bool } == [true, true, false, true])
        let tools = servers[0]["tools"].map { Array($0.elements) } ?? []
        #expect(tools.count == 4)
        #expect(tools.first { $0["name"]?.string == "delete_user" }?["risk"]?.string == "Critical")
        let poisoned = try #require(tools.first { $0["name"]?.string?.contains("red") ?? false })
        #expect(poisoned["findings"]?.elements.contains { $0["kind"]?.string == "instruction to the model" } ?? false)
        #expect(report["summary"]?["complete"]?.bool == false)
        #expect(report["problems"]?[0]?["line"]?.int == 4)
        #expect(servers[0]["environment"]?[0]?.string == "KEY")
        #expect(servers[1]["shown"]?.string == "https://x.example/…")
        #expect(servers[1]["headers"]?[0]?.string == "X-Key")
    }

    @Test("in a SARIF report a stranger's name makes no link, no placeholder and no hidden text")
    func sarifNames() throws {
        let name = "[x](https://evil.example) {0} \\ \u{202E}\u{1B}"
        let tool = InventoryTool(
            name: name, verdict: Classification(category: .destructive, risk: .critical, confidence: 0.9, evidence: []),
            findings: [])
        let server = InventoryServer(
            name: name, client: .cursor, file: "f", shown: nil, outcome: .judged([tool], .server(revision: "")))
        let inventory = Inventory(
            made: "", files: [], servers: [server], problems: [InventoryProblem(file: "f", "`\(name)`: no object")])
        let log = try JSON(InventorySARIF.bytes(inventory, version: "1.0.0"))
        let results = try #require(log["runs"]?[0]?["results"])
        #expect(results.count == 2)
        for result in results.elements {
            let text = try #require(result["message"]?["text"]?.string)
            #expect(text.contains(#"\[x\](https://evil.example) {{0}} \\ U+202E U+1B"#), "\(text)")
            let whole = String(decoding: result.bytes, as: UTF8.self)
            #expect(!whole.contains("\u{202E}") && !whole.contains("\u{1B}"))
        }
    }

    @Test("a secret is taken out of definitions as their texts decode, keys included, and where a mark joins its end")
    func decoded() throws {
        let scrubber = SecretScrubber([Concealed(SampleInventory.secret)])
        let json = SampleInventory.json(
            #"{"name":"a","hun\u0074er2-Zq81xL0pV93kTr5w":[{"d":"a \u0068unter2-Zq81xL0pV93kTr5w\u0301 b"}],"n":1.0}"#)
        var writer = JSONWriter()
        scrubber.write(json, to: &writer)
        #expect(
            String(decoding: writer.bytes, as: UTF8.self)
                == "{\"name\":\"a\",\"•••\":[{\"d\":\"a •••\u{301} b\"}],\"n\":1.0}")
    }

    /// The members that the SARIF 2.1.0 schema requires, and the values it allows, of all that is written.
    @Test("the SARIF report has what the schema of SARIF 2.1.0 requires")
    func sarif() throws {
        let log = try JSON(InventorySARIF.bytes(SampleInventory.inventory, version: "1.2.3"))
        #expect(log["version"]?.string == "2.1.0")
        #expect(log["runs"]?.count == 1)
        let run = try #require(log["runs"]?[0])
        let driver = try #require(run["tool"]?["driver"])
        #expect(driver["name"]?.string == "gatehouse scan")
        let rules = driver["rules"].map { $0.elements.compactMap { $0["id"]?.string } } ?? []
        #expect(rules.count == Set(rules).count && rules.count == driver["rules"]?.count)
        let results = try #require(run["results"])
        #expect(results.count > 3)
        for result in results.elements {
            let message = try #require(result["message"]?["text"]?.string)
            #expect(!message.isEmpty)
            #expect(["none", "note", "warning", "error"].contains(result["level"]?.string ?? ""))
            let index = try #require(result["ruleIndex"]?.int)
            #expect(rules[index] == result["ruleId"]?.string)
            let place = try #require(result["locations"]?[0]?["physicalLocation"])
            #expect(place["artifactLocation"]?["uri"]?.string == "file:///home/%C3%BC%20b/.cursor/mcp.json")
            #expect((place["region"]?["startLine"]?.int ?? 0) >= 1)
            #expect((place["region"]?["startColumn"]?.int ?? 0) >= 1)
        }
        #expect(results.elements.contains { $0["ruleId"]?.string == "tool-critical" && $0["level"]?.string == "error" })
        #expect(results.elements.contains { $0["ruleId"]?.string == "definition-instruction-to-the-model" })
        #expect(results.elements.contains { $0["ruleId"]?.string == "configuration-not-read" })
        #expect(results.elements.contains { $0["ruleId"]?.string == "server-not-judged" })
    }

    @Test("colours are codes around words, and only where they are wanted")
    func colours() {
        let inventory = SampleInventory.inventory
        let plain = InventoryText(isColoured: false, showsAll: false).text(inventory)
        var coloured = InventoryText(isColoured: true, showsAll: false).text(inventory)
        #expect(coloured.contains("\u{1B}[31mCritical"))
        for code in ["1", "2", "31", "33", "36", "32", "0"] {
            coloured = coloured.split(separator: "\u{1B}[\(code)m", omittingEmptySubsequences: false).joined()
        }
        #expect(coloured == plain)
    }
}
