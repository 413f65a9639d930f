import Gateway
import GatewayStorage
import GatewayTesting
import Testing
import WireJSON

/// The verifier finds whatever was done to the records (hostile F73).
@Suite("Audit chain")
struct AuditChainTests {
    static let length = 5

    private static func chain(_ count: Int = length) -> [AuditRecord] {
        var chain = AuditChain(head: nil)
        return (1...count).map { chain.seal(Array("{\"request\":\"r\($0)\"}".utf8)) }
    }

    /// A store as someone may have left it.
    private struct Kept: AuditReader {
        var kept: [AuditRecord]

        func head() async throws(StorageError) -> AuditHead? { kept.last.map(AuditHead.init) }
        func records(after sequence: Int64, limit: Int) async throws(StorageError) -> [AuditRecord] {
            Array(kept.drop { $0.sequence <= sequence }.prefix(limit))
        }
        func search(_ filter: AuditFilter) async throws(StorageError) -> [AuditRecord] { kept.reversed() }
    }

    struct Tampering: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let fault: AuditFault?
        let tamper: @Sendable (inout [AuditRecord]) -> Void

        init(_ name: String, _ fault: AuditFault?, _ tamper: @escaping @Sendable (inout [AuditRecord]) -> Void) {
            testDescription = name
            self.fault = fault
            self.tamper = tamper
        }
    }

    private static func edited(
        _ record: AuditRecord, entry: [UInt8]? = nil, hash: [UInt8]? = nil, sequence: Int64? = nil,
        previous: [UInt8]? = nil
    ) -> AuditRecord {
        AuditRecord(
            asStored: sequence ?? record.sequence, previous: previous ?? record.previous, hash: hash ?? record.hash,
            entry: entry ?? record.entry)
    }

    static let tamperings = [
        Tampering("nothing", nil) { _ in },
        Tampering("an entry changed", .changed(3)) { $0[2] = edited($0[2], entry: Array("{}".utf8)) },
        Tampering("one bit of an entry", .changed(1)) { records in
            var entry = records[0].entry
            entry[3] ^= 1
            records[0] = edited(records[0], entry: entry)
        },
        Tampering("a hash changed", .changed(4)) { $0[3] = edited($0[3], hash: Array(repeating: 7, count: 32)) },
        Tampering("a hash cut short", .changed(4)) { $0[3] = edited($0[3], hash: Array($0[3].hash.dropLast())) },
        Tampering("an entry changed and its hash made anew", .brokenLink(4)) { records in
            var chain = AuditChain(head: AuditHead(records[1]))
            records[2] = chain.seal(Array("{}".utf8))
        },
        Tampering("a record removed", .missing(from: 2, to: 2)) { $0.remove(at: 1) },
        Tampering("several removed", .missing(from: 2, to: 4)) { $0.removeSubrange(1...3) },
        Tampering("the first removed", .missing(from: 1, to: 1)) { $0.removeFirst() },
        Tampering("removed, and the rest renumbered", .brokenLink(2)) { records in
            records.remove(at: 1)
            for index in 1..<records.count { records[index] = edited(records[index], sequence: Int64(index + 1)) }
        },
        Tampering("two records exchanged", .brokenLink(2)) { records in
            let (one, other) = (records[1], records[2])
            records[1] = edited(other, sequence: 2)
            records[2] = edited(one, sequence: 3)
        },
        Tampering("two entries exchanged", .changed(2)) { records in
            let (one, other) = (records[1], records[2])
            records[1] = edited(one, entry: other.entry)
            records[2] = edited(other, entry: one.entry)
        },
        Tampering("a record put in", .outOfOrder(2)) { $0.insert($0[1], at: 2) },
        Tampering("a record put in and the rest renumbered", .brokenLink(4)) { records in
            var chain = AuditChain(head: AuditHead(records[1]))
            records.insert(chain.seal(Array("{}".utf8)), at: 2)
            for index in 3..<records.count { records[index] = edited(records[index], sequence: Int64(index + 1)) }
        },
        Tampering("the beginning tied to something", .brokenLink(1)) {
            $0[0] = edited($0[0], previous: $0[1].previous)
        },
        // Without a noted head the end can be cut off unseen; that is what noting it is for.
        Tampering("the end cut off", .headNotFound(5)) { $0.removeLast(2) },
        Tampering("everything cut off", .headNotFound(5)) { $0.removeAll() },
        Tampering("the end written anew", .headNotFound(5)) { records in
            var chain = AuditChain(head: AuditHead(records[3]))
            records[4] = chain.seal(Array("{}".utf8))
        },
        Tampering("everything written anew", .headNotFound(5)) { records in
            var chain = AuditChain(head: nil)
            records = records.map { _ in chain.seal(Array("{}".utf8)) }
        },
    ]

    @Test("what was changed, removed, reordered, put in or cut off is found", arguments: tamperings)
    func finds(_ tampering: Tampering) async throws {
        var records = Self.chain()
        let noted = try #require(records.last.map(AuditHead.init))
        tampering.tamper(&records)
        let verdict = try await AuditVerifier(Kept(kept: records)).verify(containing: noted)
        switch (tampering.fault, verdict) {
        case (nil, .intact(let head)): #expect(head == noted)
        case (let fault?, .broken(let found, let intact)):
            #expect(found == fault)
            // What stands before the fault is still proven.
            #expect(intact.map { $0.sequence < 6 } ?? true)
        case (nil, .broken), (.some, .intact): Issue.record("\(verdict)")
        }
    }

    @Test("every single byte of a chain is covered")
    func everyByte() async throws {
        let records = Self.chain(2)
        for index in records.indices {
            for place in records[index].entry.indices {
                var tampered = records
                var entry = records[index].entry
                entry[place] ^= 0x20
                tampered[index] = Self.edited(records[index], entry: entry)
                let verdict = try await AuditVerifier(Kept(kept: tampered)).verify()
                #expect(
                    verdict == .broken(.changed(Int64(index + 1)), intact: index == 0 ? nil : AuditHead(records[0])))
            }
        }
    }

    @Test("a head noted earlier is found in a chain that has grown since, also over many pages")
    func grown() async throws {
        let records = Self.chain(2500)
        for place in [0, 999, 1000, 2499] {
            let verdict = try await AuditVerifier(Kept(kept: records)).verify(containing: AuditHead(records[place]))
            #expect(verdict == .intact(AuditHead(records[2499])))
        }
        let beyond = AuditHead(sequence: 2501, hash: records[0].hash)
        #expect(
            try await AuditVerifier(Kept(kept: records)).verify(containing: beyond)
                == .broken(.headNotFound(2501), intact: AuditHead(records[2499])))
    }

    @Test("an empty audit is whole")
    func empty() async throws {
        #expect(try await AuditVerifier(MemoryAudit()).verify() == .intact(nil))
    }

    @Test("the hash is SHA-256 over its tag, the hash before, the number and the entry, and stays so")
    func golden() {
        // (printf gatehouse-audit-1; head -c 32 /dev/zero; printf '\0\0\0\0\0\0\0\1{}') | sha256sum
        var chain = AuditChain(head: nil)
        let record = chain.seal(Array("{}".utf8))
        #expect(record.previous == [UInt8](repeating: 0, count: 32))
        #expect(Hexadecimal.text(record.hash) == Self.golden)
    }

    static let golden = "fd23918b9b1ca311c432935b43e202c2d07d79a62bdb74bb0be6de3c7f694ed5"
}
