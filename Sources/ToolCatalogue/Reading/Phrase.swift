/// A few words in a row that say more than each of them.
struct Phrase {
    enum Saying: String, Sendable, Hashable, CaseIterable {
        case readOnly = "read only"
        case notReadOnly = "not read only"
        case noUndo = "no undo"
        case forGood = "for good"
        case withAllInside = "with all inside"
        case pays = "pays"
        case bills = "bills"
        case loses = "loses"
        case keeps = "keeps"
        case costs = "costs"
        case forAdmins = "for admins"
        case overwrites = "overwrites"
        case realMoney = "real money"
        case changesNothing = "changes nothing"
        case practice = "practice"
        case anyCommand = "any command"
        case unasked = "unasked"
        case danger = "danger"
        case keepsRest = "keeps rest"
        case forNow = "for now"
        case grants = "grants"
        case mayBeSecret = "may be secret"
        case rehearses = "rehearses"
        case shownSecret = "shown secret"
    }

    /// This is data: a line is a heading of ``Saying`` and its phrases, with a comma between them.
    private static let table = """
        read only: select only, read only, readonly, select queries only, only select, select statements only, only read, \
        does not execute, nothing is executed, never executed, select query, read queries, reads only, \
        select statement, sql select, read query, read cypher, predefined graph, search for data, \
        returns policy, without applying, pre approved templates, 只读, 読み取り専用
        not read only: not read only, unless read only, available in read only, when read only, \
        disabled in read only, if read only, read write, \
        insert update, update delete, insert delete, write operations, ddl, dml, any sql, arbitrary sql, write queries
        no undo: cannot be undone, can not be undone, irreversible, irreversibly, \
        not be undone, unrecoverable, cannot be recovered, not reversible, not recoverable, no undo, \
        cannot be recalled, cannot be called back, cannot be taken back, cannot be brought back, cannot be reversed, \
        cannot be reverted, cannot be unsent, cannot be resumed, cannot be split, cannot be changed afterwards, \
        cannot be changed later, can't be undone, can't be brought back, can't be reversed, no way back, \
        no going back, beyond recovery, not restorable, cannot be restored, cannot be retrieved, unwiderruflich, irréversiblement, irreversibile, irreversível, 不可恢复, 不可撤回, 不可撤销, 无法恢复, 元に戻せ, 不可逆, irréversible, irreversible
        unasked: without further asking, without asking again, without confirmation, without asking, without approval, without human, \
        without prompting, without further confirmation, without user confirmation, auto approve, auto approves, \
        automatically approve, automatically approves, automatically grants, automatically accepts, \
        skips confirmation, skip confirmation, skips approval, skipping approval, bypasses approval, \
        bypass approval, ohne rückfrage, sin confirmación, sans confirmation, 无需确认, 確認なし
        for good: permanently, permanent, endgültig
        with all inside: all that is in, all files in it, all files inside, all pages and, all content and, all contents and, all files and, \
        all associated data, all related data, all its data, all of its data, all underlying, \
        with all its, with all of its, along with all, and every, and all documents, \
        and all objects, and all data, and all of its, everything in it, all its contents, all of its contents, \
        and its contents, all data in it, \
        everything inside, all their contents, with everything
        overwrites: in place of the document's, in place of its, in place of whatever, in place of what, \
        in place of the one, swapped for the given, completely overwrite, completely overwrites, overwrites existing, overwrite existing files, \
        previous content is lost, overwriting what, overwriting existing, overwrites what, replaces the entire, replaces all existing, replace the entire, overwriting all, \
        overwrites the entire, replaces all, changes are lost, will be lost, are lost, is lost, \
        replacing what, replaces what, replacing existing, existing data is replaced, full replacement, \
        fully update, fully updates, fully replace, fully replaces, full update, will be overwritten, \
        is overwritten, are overwritten, replaces all fields, revert to their defaults, revert to defaults, \
        reset to defaults, reset to their defaults, default to null, whole object is replaced, \
        entire object is replaced, is replaced entirely, are replaced entirely, in place of the present, \
        wholesale, is discarded, are discarded, thrown away, throws away, not kept, cease to exist, ceases to exist, \
        full re write, complete replacement, completely replace, completely replaces
        real money: real money, live trading, real funds, real order, mainnet funds
        changes nothing: does not modify, does not change, doesn't modify, doesn't change, no changes are made, \
        without modifying, without making changes, no side effects, without creating, \
        without changing, changes nothing, makes no changes
        costs: billing begins, billing starts, charged by the hour, charged by the minute, spending begins, \
        hourly price, cost warning, costs by, costs per, is billed, are billed, billed per, billed by, billed hourly, will be charged, \
        charged per, paid resource, paid resources, a paid, consumes credits, uses credits, costs credits, incurs costs, incur costs, incurs charges, incur charges, incurring charges, billable, \
        costs money, provisions infrastructure, provisions aws, provisions cloud, spends credits, real world costs
        for admins: admin only, admins only, administrators only, requires admin, requires administrator, \
        administrator only, requires owner, superuser only, requires root, root privileges, requires sudo
        bills: charged to the cost, charged to the account, charged to your, by direct debit, fee is collected, \
        is collected from, are collected from, is debited, are debited, is charged to, is charged at, is charged on, be charged to, on the stored card, \
        to the stored card, card on file, on the next invoice, billed in advance, put on the account, \
        put on the monthly, are collected at once, is collected at once, bills the, bills your, \
        with the stored payment, from the balance, from your balance, credits are deducted, \
        deducts credits, is deducted from, are deducted from, places an order, places the order, places a purchase, \
        starts the paid, paid subscription, purchase order to, purchase orders to, a fee of, month commitment, \
        year commitment, settled from, is billed to, be billed to, is invoiced, be invoiced, are invoiced, \
        debits the, debited from, charged immediately, charged at once, deducted from your, deducts from, \
        is drawn from, is paid from, paid out of, on your invoice, on your bill, on the monthly bill, \
        added to your bill, binding order, binding purchase, non refundable, charges the stored, charges the saved
        loses: are taken out for, is taken out for, cleaned away, go away together, goes away together, there is no archive, \
        are all dropped, disappears from all, disappear from all, vanishes for all, gets rid of, get rid of, \
        originals go, not be known any, acknowledged on delivery, no other consumer, are removed unless, \
        discards the takes, discards the rest, ceases to exist, cease to exist, thrown away, throwing away, is discarded, are discarded, is forgotten, \
        are emptied, is emptied, vanishes from, vanish from, is gone, are gone, is erased, are erased, \
        is wiped, are wiped, are deleted from, is deleted from, is destroyed, are destroyed, \
        are not kept, goes with it, go with it, is overwritten, are overwritten, made since then is lost, \
        removes everybody else, removes everything else, devices are lost, data is lost, not be restored, \
        irretrievably lost, gone for good, is purged, are purged, permanently lost, thrown out, disappear for good, \
        disappears for good, wiped clean
        keeps: are written to, is written to, are saved to, is saved to, saved under, saved into, written into, \
        stored under, saves the result, saves results, writes the result, persists the
        danger: serves production, serving production, production included, production not excepted, \
        connections are dropped, dropped for a moment, no longer log in, no longer sign in, cannot log in, \
        live worldwide, sets it live, put it live, puts it live, emergency switch, emergency stop, may move, \
        nobody stands, stand clear, potentially destructive, destructive operation, destructive action, is destructive, security sensitive, \
        may affect infrastructure, affects production, affect production, takes effect in production, goes live, \
        legally binding, is binding, are binding, is final, cause downtime, causes downtime, causes an outage, \
        interrupts service, service interruption, dangerous operation, high risk operation
        keeps rest: only the properties passed, only properties passed, only the fields passed, only fields passed, \
        only provided fields, only the provided fields, only fields provided, only the fields provided, \
        only fields you provide, only the fields you provide, only specified fields, only the specified fields, \
        only fields you pass, only the fields you pass, only passed fields, only include fields, \
        only the given fields, only given fields, only supplied fields, only the supplied fields, partial update, \
        omitted fields are left, omitted fields keep, omitted fields stay, omitted fields remain, \
        unspecified fields are, other fields are left, other fields stay, other fields remain
        grants: configures the necessary permissions, grants the necessary permissions, sets up permissions, \
        grants the required permissions, configures permissions, attaches the policy, creates an iam role, \
        creates the iam role, creates the role, creates the required role
        may be secret: may contain sensitive, can contain sensitive, contains sensitive, may contain secrets, \
        can contain secrets, may include secrets, may include credentials, may contain credentials, \
        can contain credentials, may include sensitive
        shown secret: in the clear, private half, secret half, and cvc, and cvv, is shown once, are shown once, \
        shown only once, shown this one time, returned only once, full value of a key, its token is shown, \
        the secret is shown, the key is shown
        rehearses: dry run, does not deliver, nothing is sent, does not send
        for now: for this client, for this session, for the session, for the current session, calls that follow, following calls, \
        subsequent calls, subsequent tool calls, subsequent operations, subsequent requests, subsequent commands, \
        later calls, future calls
        pays: automatically paying, automatically pays, automatically pay, pays automatically, auto pay, auto pays, \
        paying any, pays any, charges the card, charges your card
        practice: sandbox environment, test environment, simulated event, paper trading, mock data
        any command: arbitrary command, arbitrary commands, any command, shell command, shell commands, \
        arbitrary code, arbitrary python, arbitrary shell, any shell, system command, terminal command, bash command, \
        arbitrary javascript, powershell command, command line command, os command
        """

    private let words: [UInt128]
    private let saying: Saying

    private static let byFirstWord: [UInt128: [Phrase]] = {
        var phrases: [UInt128: [Phrase]] = [:]
        for line in table.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard let saying = Saying(rawValue: String(parts[0])) else {
                preconditionFailure("`\(parts[0])` is a heading of the phrase table but no saying")
            }
            for phrase in parts[1].split(separator: ",") {
                let words = phrase.split(separator: " ").map { WordKey(String($0)).value }
                phrases[words[0], default: []].append(Phrase(words: words, saying: saying))
            }
        }
        return phrases
    }()

    /// Phrases of one word in scripts without spaces: the reader cuts a text into the words it knows.
    static var unspacedWords: [String] {
        var words: [String] = []
        for line in table.split(separator: "\n") {
            for phrase in line.split(whereSeparator: { $0 == "," || $0 == ":" }) {
                let word = phrase.filter { $0 != " " }
                if let first = word.utf8.first, first >= 0xE3, word.utf8.count <= 12 { words.append(word) }
            }
        }
        return words
    }

    /// A bit for each phrase's first word: most words begin none, and that is seen without a look at the table.
    private static let filter: [Bool] = {
        var filter = [Bool](repeating: false, count: 4096)
        for key in byFirstWord.keys { filter[Int(truncatingIfNeeded: key ^ key >> 17 ^ key >> 43) & 4095] = true }
        return filter
    }()

    static func found(in words: [Word]) -> [(saying: Saying, words: Range<Int>)] {
        var found: [(saying: Saying, words: Range<Int>)] = []
        for position in words.indices {
            let key = words[position].key.value
            guard filter[Int(truncatingIfNeeded: key ^ key >> 17 ^ key >> 43) & 4095] else { continue }
            for phrase in byFirstWord[key] ?? [] where phrase.stands(at: position, in: words) {
                found.append((phrase.saying, position..<position + phrase.words.count))
            }
        }
        return found
    }

    private func stands(at position: Int, in text: [Word]) -> Bool {
        guard position + words.count <= text.count else { return false }
        for k in words.indices where text[position + k].key.value != words[k] { return false }
        return true
    }
}
