public import GatewayStorage

extension StoreConformance {
    /// What every ``AuditStore`` promises; each case is given an empty store.
    public static let audit: [ConformanceCase<any AuditStore>] = [
        ConformanceCase("records come back in order, exactly as they were appended") { store in
            // Not JSON, not UTF-8, with a NUL: a store keeps what it is given.
            let odd: [[UInt8]] = [
                [], [0], [0xFF, 0xFE], Array("{\"tool\":\"a\u{0}b".utf8), Array("{\"a\": 1.0e2}".utf8),
            ]
            let records = SampleAudit.chain(odd + (0..<20).map { SampleAudit.entry($0) })
            try expect(try await store.head(), is: nil, "head of an empty chain")
            try await store.append(Array(records[..<7]))
            try await store.append(Array(records[7...]))
            try expect(try await store.records(after: 0, limit: 100), is: records, "all records")
            try expect(try await store.records(after: 3, limit: 2), is: Array(records[3..<5]), "a page")
            try expect(try await store.records(after: 25, limit: 2), is: [], "the page after the last")
            try expect(try await store.head(), is: records.last.map { AuditHead($0) }, "head")
        },
        ConformanceCase("a record that leaves a gap, repeats a number or names another predecessor is refused") {
            store in
            let records = SampleAudit.chain((0..<6).map { SampleAudit.entry($0) })
            let stranger = AuditRecord(
                sequence: 4, previous: SampleAudit.hash(99), hash: SampleAudit.hash(4), entry: records[3].entry)
            for (batch, before) in [
                ([records[1]], 0), ([records[0], records[2]], 0), ([records[0]], 3), ([records[2]], 3),
                ([records[4]], 3),
                ([stranger], 3), ([records[3], records[5]], 3),
            ] {
                if before > 0, try await store.head() == nil { try await store.append(Array(records[..<3])) }
                let head = before == 0 ? nil : AuditHead(records[before - 1])
                do {
                    try await store.append(batch)
                    throw ConformanceFailure(description: "records \(batch.map(\.sequence)) taken after \(before)")
                } catch let error as StorageError {
                    try expect(error, is: .auditOutOfStep(head: head), "error")
                }
                try expect(try await store.records(after: 0, limit: 9), is: Array(records[..<before]), "what is kept")
            }
            try await store.append(Array(records[3...]))
            try await store.append([])
            try expect(try await store.records(after: 0, limit: 9), is: records, "the whole chain")
        },
        ConformanceCase("of several writers at once each place in the chain goes to one") { store in
            let taken = try await withThrowingTaskGroup(of: Int.self) { group in
                for writer in 0..<4 {
                    group.addTask {
                        var taken = 0
                        var head = try await store.head()
                        while taken < 25 {
                            let record = SampleAudit.next(after: head, SampleAudit.entry(writer * 100 + taken))
                            do {
                                try await store.append([record])
                                (head, taken) = (AuditHead(record), taken + 1)
                            } catch StorageError.auditOutOfStep(let current) {
                                head = current
                            }
                        }
                        return taken
                    }
                }
                return try await group.reduce(0, +)
            }
            let records = try await store.records(after: 0, limit: 1000)
            try expect(records.count, is: taken, "records")
            try expect(AuditHead.isFollowed(nil, by: records), "the chain is broken")
        },
        ConformanceCase("a search finds what all its filters match, newest first") { store in
            let records = SampleAudit.chain((0..<200).map { SampleAudit.entry($0) })
            try await store.append(records)
            func numbers(_ filter: AuditFilter) async throws -> [Int64] {
                try await store.search(filter).map(\.sequence)
            }
            func expected(_ limit: Int = 100, _ isMatch: (Int) -> Bool) -> [Int64] {
                Array((0..<200).filter(isMatch).reversed().prefix(limit).map { Int64($0) + 1 })
            }
            let (start, step) = (SampleAudit.start.milliseconds, SampleAudit.step)
            let cases: [(String, AuditFilter, [Int64])] = [
                ("nothing", AuditFilter(), expected { _ in true }),
                ("a limit", AuditFilter(limit: 3), [200, 199, 198]),
                ("a limit of none", AuditFilter(limit: 0), []),
                ("before", AuditFilter(before: 5), [4, 3, 2, 1]),
                ("kind", AuditFilter(kind: "completion"), expected { $0 % 2 == 1 }),
                ("organisation", AuditFilter(organisation: "org-1"), expected { $0 / 2 % 2 == 1 }),
                ("another organisation", AuditFilter(organisation: "org-2"), []),
                ("server", AuditFilter(server: "server-1"), expected { $0 / 2 % 3 == 1 }),
                ("tool", AuditFilter(tool: "caf\u{E9}"), expected { $0 / 2 % 5 == 0 }),
                ("tool by its bytes", AuditFilter(tool: "cafe\u{301}"), []),
                ("tool with a NUL", AuditFilter(tool: "tool-1\u{0}"), []),
                ("grant", AuditFilter(grant: "nobody"), []),
                ("outcome", AuditFilter(outcome: "denied"), expected { $0 / 2 % 7 == 0 && $0 % 2 == 0 }),
                ("request", AuditFilter(request: "r-0042"), [86, 85]),
                (
                    "since and until",
                    AuditFilter(
                        since: WallTime(milliseconds: start + 10 * step),
                        until: WallTime(milliseconds: start + 13 * step)
                    ), [13, 12, 11]
                ),
                (
                    "several", AuditFilter(kind: "decision", server: "server-1", tool: "tool-1", before: 100, limit: 2),
                    expected(2) { $0 % 2 == 0 && $0 / 2 % 3 == 1 && $0 / 2 % 5 == 1 && $0 < 99 }
                ),
                ("a quote", AuditFilter(server: "' OR 1=1 --"), []),
            ]
            for (name, filter, expected) in cases {
                try expect(try await numbers(filter), is: expected, "found by \(name)")
            }
        },
        ConformanceCase("an entry that is no JSON is passed over by a search and spoils none") { store in
            let records = SampleAudit.chain([SampleAudit.entry(0), Array("{\"tool\"".utf8), SampleAudit.entry(1)])
            try await store.append(records)
            try expect(try await store.search(AuditFilter(request: "r-0000")).map(\.sequence), is: [3, 1], "found")
            try expect(try await store.search(AuditFilter()).map(\.sequence), is: [3, 2, 1], "found without a filter")
        },
    ]
}
