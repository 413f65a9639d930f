import Testing
import ToolCatalogue

/// What raises a risk, and what keeps it low.
@Suite("Risk")
struct RiskTests {
    private func verdict(_ name: String, _ text: String, among siblings: [String] = []) throws -> Classification {
        let tool = try SampleTool.named(name, text)
        let others = try siblings.map { try SampleTool.named($0) }
        return ToolClassifier().classify(tool, among: ServerContext(tools: others + [tool]))
    }

    /// A name, a text, and what is at stake.
    static let stakes: [(String, String, Concern)] = [
        ("update_ownership", "Update the owner of a site.", .accessControl),
        ("add_keypair", "Add a key pair.", .secrets),
        ("set_bonus", "Set the bonus of a worker.", .money),
        ("change_nameserver", "Change a name server.", .network),
        ("attach_lun", "Attach a LUN.", .infrastructure),
        ("edit_exclusion", "Edit an exclusion of the scanner.", .safeguards),
        ("edit_storefront", "Edit what visitors see.", .outward),
        ("open_shutter", "Open the shutter.", .physical),
        ("edit_sysctl", "Edit a kernel value.", .configuration),
        ("amend_deed", "Amend a deed.", .records),
        ("set_throttle", "Set a throttle.", .safeguards),
        ("frobnicate_thing", "Create a status page.", .outward),
        ("change_motd", "Change the greeting. Requires administrator.", .accessControl),
        ("create_arena", "Create an arena. Incurs charges.", .money),
    ]

    @Test("a change to what others depend on is High, and the evidence says what is at stake", arguments: stakes)
    func atStake(_ name: String, _ text: String, _ concern: Concern) throws {
        let verdict = try verdict(name, text)
        #expect(verdict.category == .write)
        #expect(verdict.risk == .high, "\(verdict.evidence)")
        #expect(verdict.raises(concern), "\(verdict.evidence)")
    }

    @Test(
        "what is only about such a thing is Medium",
        arguments: [
            "add_firewall_note", "create_budget_report", "rename_alarm_dashboard", "edit_nameserver_comment",
            "label_disk_folder",
        ])
    func aboutIt(_ name: String) throws {
        #expect(try verdict(name, "").risk <= .medium)
    }

    @Test("the same change is High among an operator's tools and Medium among an author's")
    func company() throws {
        let operators = ["list_firewalls", "create_subnet", "delete_vm", "attach_disk", "set_iam_policy"]
        let authors = ["list_pages", "create_page", "edit_paragraph", "add_picture", "export_book"]
        let among = try verdict("update_frobnicator", "Update a frobnicator.", among: operators)
        #expect(among.risk == .high)
        #expect(among.evidence.contains { $0.place == .siblings })
        #expect(try verdict("update_frobnicator", "Update a frobnicator.", among: authors).risk == .medium)
        #expect(try verdict("update_page", "Update a page.", among: operators).risk == .medium)
    }

    @Test("where money is dealt in, entries of the catalogue are Medium and what holds or moves it is not")
    func amongMoney() throws {
        let wallet = ["get_balance", "list_wallets", "send_payment", "get_trades", "swap_coins"]
        #expect(try verdict("update_product", "Update a product.", among: wallet).risk == .medium)
        #expect(try verdict("update_strategy", "Update a strategy.", among: wallet).risk == .high)
        #expect(try verdict("sign_message", "Sign a message.", among: wallet).risk == .high)
    }

    @Test("what is said to people is High, what programs pass to each other is not")
    func speaking() throws {
        for (name, text) in [
            ("send_message", "Send a message to a person."), ("post_message", "Post a message to a channel."),
            ("reply_to_thread", "Reply in a thread."), ("confirm_send_email", "Send the message that was prepared."),
        ] {
            let verdict = try verdict(name, text)
            #expect(verdict.risk == .high, "\(name): \(verdict.evidence)")
            #expect(verdict.raises(.outward))
        }
        let queues = ["list_queues", "create_exchange", "purge_queue", "get_consumers"]
        #expect(try verdict("send_message", "Send a message.", among: queues).risk == .medium)
        #expect(try verdict("send_message", "Send a message to another agent.").risk == .medium)
        #expect(try verdict("reply_to_comment", "Reply to a review comment.").risk == .medium)
        let network = ["get_timeline", "list_followers", "search_hashtags", "like_tweet"]
        #expect(try verdict("create_post", "Create a post.", among: network).risk == .high)
        #expect(try verdict("create_post", "Create a post.").risk == .medium)
    }

    @Test("among machines that move, and among advertisements, a change to what is not ordinary is High")
    func otherCompany() throws {
        let machines = ["open_valve", "start_conveyor", "read_setpoint", "move_gripper"]
        let moving = try verdict("set_frobnicator", "Set a frobnicator.", among: machines)
        #expect(moving.risk == .high)
        #expect(moving.raises(.physical))
        #expect(try verdict("set_brightness", "Set the brightness of a lamp.", among: machines).risk == .medium)
        let ads = ["list_campaigns", "get_keywords", "list_adsets", "get_audience"]
        #expect(try verdict("set_frobnicator", "Set a frobnicator.", among: ads).risk == .high)
        #expect(try verdict("set_frobnicator", "Set a frobnicator.").risk == .medium)
    }

    @Test("stopping what serves others is High; one more copy is not")
    func stoppingAndCopying() throws {
        #expect(try verdict("stop_service", "Stop a service.").risk == .high)
        #expect(try verdict("create_backup", "Create a backup of a table.").risk == .medium)
        #expect(try verdict("create_backup_policy", "Create a policy of backups.").risk == .high)
        #expect(try verdict("restore_page", "Restore an archived page.").risk == .medium)
        #expect(try verdict("restore_database", "Restore a database from a backup.").risk == .high)
    }

    @Test("a promise to act unasked raises, and a claim of harmlessness counts in the first sentence only")
    func claims() throws {
        let unasked = try verdict("investigate_case", "Runs an investigation and automatically approves all requests.")
        #expect(unasked.risk == .high)
        #expect(unasked.raises(.safeguards))
        let rehearsal = try verdict("create_note", "Create a note. With a rehearsal it answers without creating it.")
        #expect(rehearsal.category == .write)
    }

    static let twoWords: [(String, String, ToolCatalogue.Category)] = [
        ("roll_back_release", "Roll a release back.", .execute),
        ("tear_down_stack", "Tear a stack down.", .destructive),
        ("look_up_word", "Look a word up.", .read), ("schedule_site_deletion", "Schedule it.", .destructive),
    ]

    @Test("a verb in two words and a noun made of a verb are read as what they do", arguments: twoWords)
    func verbsInTwoWords(_ name: String, _ text: String, _ category: ToolCatalogue.Category) throws {
        #expect(try verdict(name, text).category == category)
    }

    @Test(
        "of the tools that the tables call High or Critical at most one in fifteen is rated lower where its server is unknown"
    )
    func dangerAlone() throws {
        var belittled = 0
        let dangerous = VerdictTableTests.rows.filter { $0.risk >= .high }
        for row in dangerous {
            let tool = try SampleTool.named(row.name, row.description, arguments: row.arguments)
            let verdict = ToolClassifier().classify(tool)
            if verdict.risk <= .medium { belittled += 1 }
        }
        #expect(dangerous.count > 400)
        #expect(belittled * 15 <= dangerous.count, "\(belittled) of \(dangerous.count)")
    }

    @Test("nothing that destroys, pays or runs is Low")
    func floors() throws {
        for row in VerdictTableTests.rows where [.destructive, .financial, .execute].contains(row.category) {
            #expect(row.risk >= .medium)
        }
    }
}
