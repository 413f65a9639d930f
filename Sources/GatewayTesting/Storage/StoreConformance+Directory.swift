public import GatewayStorage

extension StoreConformance {
    /// What every ``DirectoryStore`` promises; each case is given an empty store.
    public static let directory: [ConformanceCase<any DirectoryStore>] = [
        ConformanceCase("rows of every kind come back exactly") { store in
            let rows = DirectoryKind.allCases.map { row($0, name: Array("caf\u{E9}\u{0}".utf8), handle: [0, 1, 0xFF]) }
            try await expectApplied(store, rows.map { .insert($0) })
            for row in rows {
                try expect(try await store.rows(DirectoryQuery(row.kind, of: acme)), is: [row], "\(row.kind)")
            }
        },
        ConformanceCase("another organisation's id answers like an unknown id, for every kind and every step") {
            store in
            try await expectApplied(store, DirectoryKind.allCases.map { .insert(row($0)) })
            try await expectApplied(store, [.insert(row(.organisation, of: umbrella))])
            for kind in DirectoryKind.allCases where kind != .organisation {
                let own = row(kind)
                var foreign = own
                foreign.organisation = umbrella
                try expect(try await store.rows(DirectoryQuery(kind, of: umbrella, id: own.id)), is: [], "\(kind)")
                try expect(try await store.rows(DirectoryQuery(kind, of: umbrella)), is: [], "\(kind)")
                for step in [DirectoryChange.remove(foreign), .replace(foreign, with: foreign)] {
                    try await expectRefused(store, [step], .changed)
                }
                for parent in kind.parents.keys where kind.parents.count == 1 {
                    try await expectRefused(store, [.insert(foreign)], .parentMissing(parent))
                }
                try expect(try await store.rows(DirectoryQuery(kind, of: acme)), is: [own], "\(kind)")
            }
        },
        ConformanceCase("a name is one's own within the organisation, compared as bytes; a handle everywhere") {
            store in
            let names = [Array("caf\u{E9}".utf8), Array("cafe\u{301}".utf8), Array("CAF\u{C9}".utf8)]
            try await expectApplied(
                store, [.insert(row(.organisation)), .insert(row(.organisation, of: umbrella))])
            for (index, name) in names.enumerated() {
                try await expectApplied(store, [.insert(row(.grant, "g\(index)", name: name))])
            }
            try await expectRefused(store, [.insert(row(.grant, "g9", name: names[0]))], .nameTaken)
            try await expectApplied(store, [.insert(row(.grant, "g9", of: umbrella, name: names[0]))])
            try await expectApplied(store, [.insert(row(.member, "m1", handle: [7]))])
            try await expectRefused(store, [.insert(row(.member, "m2", of: umbrella, handle: [7]))], .handleTaken)
            try await expectRefused(store, [.insert(row(.member, "m1"))], .idTaken)
            let found = try await store.rows(DirectoryQuery(.member, handle: [7]))
            try expect(found.map(\.id.text), is: ["m1"], "found by handle")
        },
        ConformanceCase("a refused step takes the whole change back") { store in
            try await expectApplied(store, [.insert(row(.organisation))])
            let steps: [DirectoryChange] = [.insert(row(.grant)), .insert(row(.grant))]
            let verdict = try await store.apply(steps)
            try expect(verdict, is: .refused(DirectoryConflict(step: 1, reason: .idTaken)), "verdict")
            try expect(try await store.rows(DirectoryQuery(.grant, of: acme)), is: [], "grants")
        },
        ConformanceCase("a row is replaced or removed only as it was read") { store in
            try await expectApplied(store, [.insert(row(.organisation)), .insert(row(.grant, name: [1]))])
            let read = row(.grant, name: [1])
            var newer = read
            newer.body = Array("{\"n\":2}".utf8)
            newer.name = [2]
            try await expectApplied(store, [.replace(read, with: newer)])
            try await expectRefused(store, [.replace(read, with: read)], .changed)
            try await expectRefused(store, [.remove(read)], .changed)
            try expect(try await store.rows(DirectoryQuery(.grant, of: acme)), is: [newer], "grants")
            try await expectApplied(store, [.remove(newer)])
            try await expectRefused(store, [.remove(newer)], .changed)
        },
        ConformanceCase("what an attachment needs stays, and what belongs to a row goes with it") { store in
            let rows = DirectoryKind.allCases.map { row($0) }
            try await expectApplied(store, rows.map { .insert($0) })
            for kind in [DirectoryKind.server, .policy] {
                try await expectRefused(store, [.remove(row(kind))], .inUse(by: .attachment))
            }
            try await expectApplied(store, [.remove(row(.grant)), .remove(row(.server)), .remove(row(.policy))])
            for kind in [DirectoryKind.credential, .attachment, .connection, .secret, .definition, .version] {
                try expect(try await store.rows(DirectoryQuery(kind, of: acme)), is: [], "\(kind)")
            }
            try await expectApplied(store, [.remove(row(.organisation))])
            try expect(try await store.rows(DirectoryQuery(.member, of: acme)), is: [], "members")
        },
        ConformanceCase("a row without what it belongs to is refused") { store in
            try await expectRefused(store, [.insert(row(.grant))], .parentMissing(.organisation))
            try await expectApplied(store, [.insert(row(.organisation))])
            try await expectRefused(store, [.insert(row(.credential))], .parentMissing(.grant))
        },
        ConformanceCase("rows come in the order of their ids, page by page, by what they belong to") { store in
            try await expectApplied(
                store, [.insert(row(.organisation)), .insert(row(.grant)), .insert(row(.grant, "g2"))])
            let ids = ["c-1", "c.1", "c1", "c10", "c2", "c_1"]
            for id in ids.reversed() { try await expectApplied(store, [.insert(row(.credential, id))]) }
            var seen: [String] = []
            var after: RecordID?
            repeat {
                let page = try await store.rows(DirectoryQuery(.credential, of: acme, after: after, limit: 2))
                seen += page.map(\.id.text)
                after = page.last?.id
            } while after != nil
            try expect(seen, is: ids, "ids")
            let other = DirectoryQuery(.credential, of: acme, parents: [.grant: id("g2")])
            try expect(try await store.rows(other), is: [], "credentials of another grant")
        },
    ]

    private static let acme = id("acme")
    private static let umbrella = id("umbrella")

    private static func id(_ text: String) -> RecordID {
        guard let id = RecordID(text) else { preconditionFailure("an id of the suite is one") }
        return id
    }

    /// A row whose parents have their kinds' names for ids.
    private static func row(
        _ kind: DirectoryKind, _ name: String? = nil, of organisation: RecordID = acme, name unique: [UInt8]? = nil,
        handle: [UInt8]? = nil
    ) -> DirectoryRow {
        DirectoryRow(
            kind: kind, organisation: organisation,
            id: kind == .organisation ? organisation : id(name ?? kind.rawValue),
            name: unique, handle: handle,
            parents: Dictionary(uniqueKeysWithValues: kind.parents.keys.map { ($0, id($0.rawValue)) }),
            body: Array("{\"kind\":\"\(kind.rawValue)\"}".utf8))
    }

    private static func expectApplied(_ store: any DirectoryStore, _ changes: [DirectoryChange]) async throws {
        try expect(try await store.apply(changes), is: .applied, "verdict")
    }

    private static func expectRefused(
        _ store: any DirectoryStore, _ changes: [DirectoryChange], _ reason: DirectoryConflict.Reason
    ) async throws {
        try expect(
            try await store.apply(changes), is: .refused(DirectoryConflict(step: 0, reason: reason)), "verdict")
    }
}
