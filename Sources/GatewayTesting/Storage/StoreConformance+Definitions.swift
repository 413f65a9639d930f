public import GatewayStorage
import PolicyEngine

extension StoreConformance {
    /// What every ``DefinitionStore`` promises; each case is given an empty store.
    public static let definitions: [ConformanceCase<any DefinitionStore>] = [
        ConformanceCase("accepted definitions come back exactly, in the order of their names' bytes") { store in
            let names = ["b", "a", "caf\u{E9}", "cafe\u{301}", "B", "a\u{0}", "a\u{0}b", "ａ"]
            let definitions = names.compactMap { definition($0, "{ \"name\":\"\($0)\", \"n\": 1.0 }") }
            try await store.accept(definitions, server: "iam")
            let expected = definitions.sorted { $0.tool < $1.tool }
            try expect(try await store.accepted(server: "iam"), is: expected, "accepted")
            try expect(expected.count, is: names.count, "tools")
        },
        ConformanceCase("accepting a tool again replaces its definition and leaves the others") { store in
            let (one, two) = (definition("one", "{}"), definition("two", "{}"))
            let newer = definition("two", "{\"description\":\"new\"}")
            try await store.accept([one, two].compactMap(\.self), server: "iam")
            try await store.accept([newer].compactMap(\.self), server: "iam")
            try expect(try await store.accepted(server: "iam"), is: [one, newer].compactMap(\.self), "accepted")
        },
        ConformanceCase("a server of which nothing was accepted differs from one accepted without tools") { store in
            try await store.accept([], server: "empty")
            try expect(try await store.accepted(server: "empty"), is: [], "accepted")
            try expect(try await store.accepted(server: "unheard of"), is: nil, "accepted")
            try await store.accept([definition("one", "{}")].compactMap(\.self), server: "empty")
            try await store.accept([], server: "empty")
            try expect(try await store.accepted(server: "empty")?.count, is: 1, "tools after another empty list")
        },
        ConformanceCase("servers are told apart by the bytes of their names") { store in
            let names = ["iam", "Iam", "caf\u{E9}", "cafe\u{301}", "iam\u{0}", ""]
            for name in names {
                try await store.accept([definition("tool", "\"\(name)\"")].compactMap(\.self), server: name)
            }
            for name in names {
                let accepted = try await store.accepted(server: name)
                try expect(accepted?.map(\.definition), is: [Array("\"\(name)\"".utf8)], "accepted of `\(name)`")
            }
        },
        ConformanceCase("what is taken back is gone, and what was accepted in its place stays") { store in
            let (one, two) = (definition("one", "{}"), definition("two", "{}"))
            let newer = definition("two", "{\"description\":\"new\"}")
            let written = [one, two].compactMap(\.self)
            try await store.accept(written, server: "iam")
            try await store.accept(written, server: "other")
            try await store.accept([newer].compactMap(\.self), server: "iam")
            try await store.takeBack(written, server: "iam")
            try await store.takeBack(written, server: "unheard of")
            try expect(try await store.accepted(server: "iam"), is: [newer].compactMap(\.self), "accepted")
            try expect(try await store.accepted(server: "other"), is: written, "accepted of another")
            try await store.takeBack(written, server: "other")
            try await store.accept([], server: "empty")
            try await store.takeBack([], server: "empty")
            for name in ["other", "empty", "unheard of"] {
                try expect(try await store.accepted(server: name), is: nil, "accepted of `\(name)`")
            }
        },
    ]

    private static func definition(_ tool: String, _ text: String) -> AcceptedDefinition? {
        ToolName(tool).map {
            AcceptedDefinition(
                tool: $0, hash: String(text.utf8.count, radix: 16), definition: Array(text.utf8),
                acceptedAt: WallTime(milliseconds: 1_773_453_566_535))
        }
    }
}
