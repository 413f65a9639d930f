import ArgumentParser
import Gateway
import GatewayStorage
import SQLiteStorage
import WireJSON

struct AuditVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Prove that no record was changed, removed or reordered.",
        discussion: """
            Every record's hash covers the one before it. That the end was not cut off can only be told by a head \
            noted elsewhere: write down the head this prints, and give it with --head next time.
            """)

    @OptionGroup var store: StoreOptions

    @Option(help: ArgumentHelp("A head noted earlier, that the audit must contain.", valueName: "sequence:hash"))
    var head: String?

    @Flag(help: "Print a JSON object.") var json = false

    func run() async throws {
        do {
            let audit = try SQLiteAudit(reading: store.path())
            let verdict = try await AuditVerifier(audit).verify(containing: try notedHead())
            print(json ? Self.json(verdict) : Self.words(verdict))
            if case .broken = verdict { throw ExitCode(CommandFailure.Code.checkFailed.rawValue) }
        } catch let error as StorageError {
            throw CommandFailure("\(error)")
        }
    }

    private func notedHead() throws -> AuditHead? {
        guard let head else { return nil }
        let parts = head.split(separator: ":")
        guard parts.count == 2, let sequence = Int64(parts[0]), let digest = Hexadecimal.bytes(String(parts[1])),
            digest.count == AuditRecord.hashLength
        else { throw ValidationError("--head is a sequence and a hash, as `verify` prints them: 42:9f2c…") }
        return AuditHead(sequence: sequence, hash: digest)
    }

    private static func words(_ verdict: AuditVerdict) -> String {
        switch verdict {
        case .intact(nil): "intact: the audit is empty"
        case .intact(let head?): "intact: \(head.sequence) records, head \(text(head))"
        case .broken(let fault, let intact):
            "BROKEN: \(words(fault))\n" + (intact.map { "intact up to \(text($0))" } ?? "nothing before it holds")
        }
    }

    private static func words(_ fault: AuditFault) -> String {
        switch fault {
        case .changed(let sequence): "record \(sequence) was changed"
        case .brokenLink(let sequence): "record \(sequence) does not follow the one before it"
        case .outOfOrder(let sequence): "record \(sequence) is out of order"
        case .missing(let from, let to) where from == to: "record \(from) is missing"
        case .missing(let from, let to): "records \(from) to \(to) are missing"
        case .headNotFound(let sequence): "the noted record \(sequence) is not there or is another"
        }
    }

    private static func text(_ head: AuditHead) -> String { "\(head.sequence):\(Hexadecimal.text(head.hash))" }

    private static func json(_ verdict: AuditVerdict) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("intact")
        let head: AuditHead?
        switch verdict {
        case .intact(let last):
            writer.bool(true)
            head = last
        case .broken(let fault, let last):
            writer.bool(false)
            writer.key("fault")
            writer.string(words(fault))
            head = last
        }
        writer.key("records")
        writer.int(head?.sequence ?? 0)
        if let head {
            writer.key("head")
            writer.string(text(head))
        }
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
