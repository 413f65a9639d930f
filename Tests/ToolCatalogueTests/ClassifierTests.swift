import Testing
import ToolCatalogue
import WireJSON

/// What a definition may do to be judged less than it is.
@Suite("Classifier")
struct ClassifierTests {
    private func verdict(_ text: String) throws -> Classification {
        ToolClassifier().classify(try SampleTool.definition(text))
    }

    /// A name, a text, and the category that must come out.
    static let misleading: [(String, String, Category)] = [
        ("get_rid_of_records", "Permanently deletes all records.", .destructive),
        ("list_cleaner", "Removes every entry of the list.", .destructive),
        ("view_account", "Deletes the account.", .destructive),
        ("fetch_funds", "Transfers funds to a recipient. Takes amount and currency for the payment.", .financial),
        ("helper", "Executes a shell command on the host.", .execute),
        ("deploy_help", "Explains how to deploy an application.", .read),
        ("delete_preview", "Deletes the preview.", .destructive),
        ("read_then_purge", "Reads the queue, then purges it.", .destructive),
        ("zrem", "Remove a member from a sorted set.", .destructive),
        ("lpush", "Push a value onto a list.", .write),
        ("type", "Returns the type of the value at a key.", .read),
        ("query-transfer", "Query train connections with a change.", .read),
        ("execute_search", "Executes a search over the documents.", .read),
        ("customer_delete", "Delete a customer.", .destructive),
        ("issue_read", "Get information about an issue.", .read),
        ("create_or_delete_label", "Create or delete a label.", .destructive),
        ("search_pages_by_name", "Search for pages by name.", .read),
        ("getUserName", "", .read), ("deleteUserByID", "", .destructive), ("HTTPServerRestart", "", .execute),
        ("gitlab_deploy_key_get", "Get a deploy key of a project.", .read),
    ]

    @Test("the worse of name and text counts, and a name is read as people read it", arguments: misleading)
    func misleadingNames(_ name: String, _ text: String, _ category: Category) throws {
        let verdict = ToolClassifier().classify(try SampleTool.named(name, text))
        #expect(verdict.category == category, "\(verdict.evidence)")
    }

    @Test("a name that only looks and a text that deletes contradict each other, and the verdict says so")
    func contradiction() throws {
        let verdict = ToolClassifier().classify(try SampleTool.named("get_status", "Deletes all files of the project."))
        #expect(verdict.category == .destructive)
        #expect(verdict.raises(.contradiction))
        #expect(verdict.confidence < 0.7)
    }

    static let choices: [(String, String, Category)] = [
        (#"{"properties":{"action":{"enum":["list","create","delete"]}}}"#, "an enumeration", .destructive),
        (#"{"properties":{"operation":{"oneOf":[{"const":"get"},{"const":"drop"}]}}}"#, "constants", .destructive),
        (
            ##"{"properties":{"params":{"$ref":"#/$defs/P"}},"$defs":{"P":{"properties":{"method":{"enum":["read","purge"]}}}}}"##,
            "a wrapped argument", .destructive
        ),
        (
            #"{"properties":{"request":{"type":"object","properties":{"inner":{"type":"object","properties":{"mode":{"enum":["view","erase"]}}}}}}}"#,
            "two wrappings", .destructive
        ),
        (
            #"{"properties":{"action":{"type":"string","description":"One of 'list', 'update' or 'delete'"}}}"#,
            "a description", .destructive
        ),
        (
            #"{"properties":{"action":{"type":"string","description":"list (default) | get | drop"}}}"#,
            "bars", .destructive
        ),
        (
            #"{"properties":{"operation":{"type":"string","description":"To perform: get-item, list-items, or purge-items."}}}"#,
            "words with hyphens, the last behind `or`", .destructive
        ),
        (
            #"{"properties":{"operation":{"type":"string","description":"One of: start-job-run, get-job-run"}}}"#,
            "what is started then runs", .execute
        ),
        (
            #"{"properties":{"operation":{"type":"string","description":"One of: start-job-schedule, get-job"}}}"#,
            "a schedule that is started", .write
        ),
        (
            #"{"properties":{"action":{"type":"string","description":"What to do:\n- list: all of them\n- delete: one"}}}"#,
            "lines", .destructive
        ),
        (
            #"{"properties":{"mode":{"type":"string","description":"single, restart, queued or parallel"}}}"#,
            "a manner, not an act", .write
        ),
        (#"{"properties":{"operation":{"type":"string","description":"get-item, list-items"}}}"#, "looks alone", .read),
        (#"{"properties":{"action":{"enum":["add","remove"]}}}"#, "what can be put back", .write),
        (#"{"properties":{"sort":{"enum":["created","updated"]}}}"#, "no act at all", .write),
        (
            #"{"properties":{"action":{"type":["string","null"],"anyOf":[{"enum":["run"]},{"type":"null"}]}}}"#,
            "any of", .execute
        ),
    ]

    @Test("of the acts that a call can choose, the worst counts", arguments: choices)
    func worstChoice(_ schema: String, _ what: String, _ category: Category) throws {
        let verdict = try verdict(#"{"name":"manage_items","description":"Manage items.","inputSchema":\#(schema)}"#)
        #expect(verdict.category == category, "\(what): \(verdict.evidence)")
    }

    @Test("values that the tool's own text lists for an argument count, up to a bound")
    func choicesInTheText() throws {
        let schema = #"{"type":"object","properties":{"action":{"type":"string"}}}"#
        func judged(_ text: String) throws -> Classification {
            try verdict(#"{"name":"manage_items","description":"\#(text)","inputSchema":\#(schema)}"#)
        }
        let near = try judged(#"Manage items.\n\nArgs:\n  action: \"create\", \"drop\" or \"list\""#)
        #expect(near.category == .destructive)
        #expect(near.evidence.contains { $0.place == .schema("/properties/action") && $0.found == "drop" })
        let filler = String(repeating: "and more ", count: 600)
        let far = try judged(#"Manage items. \#(filler)\naction: \"create\", \"drop\" or \"list\""#)
        #expect(far.category == .write)
    }

    /// A text that names what comes back, or seems to.
    static let nominal: [(String, String, Category)] = [
        ("x7", "Bank transfer to another account", .write), ("x7", "Deletion of a page", .write),
        ("sift_links", "Sift links to the site", .write), ("sift_links", "Sift the links of a site", .write),
        ("disavow_links", "Disavow links of the site", .write), ("x7", "Pages that nobody reads", .read),
        ("x7", "Which pages nobody reads", .read), ("x7", "What it does: deletes pages", .destructive),
        ("x7", "Which pages go is up to you, delete them", .destructive), ("x7", "Can delete pages", .destructive),
        ("create_page", "New page of a book", .write), ("delete_events", "All events of a day", .destructive),
    ]

    @Test("a text that only names what comes back looks, and never against a verb of the name", arguments: nominal)
    func nounPhrases(_ name: String, _ text: String, _ category: Category) throws {
        let verdict = ToolClassifier().classify(try SampleTool.named(name, text))
        #expect(verdict.category == category, "\(verdict.evidence)")
    }

    static let languages: [(String, Category)] = [
        ("删除指定的文件", .destructive), ("查询余票信息", .read), ("创建一个新用户", .write), ("ファイルを削除します", .destructive),
        ("一覧を取得する", .read), ("파일을 삭제합니다", .destructive), ("Löschen einer Datei", .destructive),
        ("Eliminar un archivo", .destructive), ("Supprimer un fichier", .destructive), ("Удалить файл", .destructive),
        ("УДАЛИТЬ ФАЙЛ", .destructive), ("Ejecutar un programa", .execute), ("Crear un informe", .write),
        ("Obtener la lista de archivos", .read),
    ]

    @Test("a text in another language is understood where the name says nothing", arguments: languages)
    func otherLanguages(_ text: String, _ category: Category) throws {
        let verdict = ToolClassifier().classify(try SampleTool.named("x7", text))
        #expect(verdict.category == category, "\(verdict.evidence)")
    }

    @Test("nothing to judge by is never harmless, and says so")
    func unreadable() throws {
        for text in [#"{"name":"frobnicate"}"#, #"{"name":"x","description":""}"#, #"{"name":"火星"}"#] {
            let verdict = try verdict(text)
            #expect(verdict.category == .write)
            #expect(verdict.risk >= .medium)
            #expect(verdict.raises(.unreadable))
            #expect(verdict.confidence < 0.4)
        }
    }

    @Test("an annotation lowers no verdict that words speak against, and the contradiction is evidence")
    func annotationsAreHints() throws {
        let verdict = try verdict(
            #"{"name":"drop_table","description":"Drop a table.","annotations":{"readOnlyHint":true,"destructiveHint":false}}"#
        )
        #expect(verdict.category == .destructive)
        #expect(verdict.risk == .critical)
        #expect(verdict.raises(.contradiction))
    }

    @Test("an annotation speaks where nothing else does")
    func annotationsAlone() throws {
        #expect(try verdict(#"{"name":"frobnicate","annotations":{"readOnlyHint":true}}"#).category == .read)
    }

    @Test("a product's name that all tools begin with is no verb")
    func sharedBeginning() throws {
        let names = ["run_list", "run_show", "run_describe", "run_find", "run_delete"]
        let tools = try names.map { try SampleTool.named("trigger_" + $0) }
        let context = ServerContext(tools: tools)
        let verdicts = tools.map { ToolClassifier().classify($0, among: context).category }
        #expect(verdicts == [.read, .read, .read, .read, .destructive])
    }

    @Test("the seed page's tool is Critical, Destructive, for access control")
    func detachUserPolicy() throws {
        let tool = try SampleTool.named(
            "detach_user_policy", "Detach a managed policy from a user.",
            arguments: ["user_name", "policy_arn", "confirmed"])
        let verdict = ToolClassifier().classify(tool)
        #expect(verdict.category == .destructive)
        #expect(verdict.risk == .critical)
        #expect(verdict.raises(.accessControl))
        #expect(verdict.raises(.selfConfirmed))
        #expect(verdict.evidence.contains(Evidence(.name, "detach", .category(.destructive))))
        #expect(!verdict.evidence.contains { $0.claim == .category(.write) })
    }
}
