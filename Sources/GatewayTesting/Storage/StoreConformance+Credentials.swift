public import GatewayStorage

extension StoreConformance {
    /// What every ``CredentialStore`` promises; each case is given an empty store.
    public static let credentials: [ConformanceCase<any CredentialStore>] = [
        ConformanceCase("what is kept comes back byte for byte, and the last one counts") { store in
            try expect(try await store.credential(server: "iam"), is: nil, "before anything is kept")
            for bytes in [Array(0...255), [], [0, 0]] as [[UInt8]] {
                try await store.keep(bytes, server: "iam")
                try expect(try await store.credential(server: "iam"), is: bytes, "kept")
            }
            try await store.keep(nil, server: "iam")
            try expect(try await store.credential(server: "iam"), is: nil, "after nothing is kept any more")
        },
        ConformanceCase("servers are told apart by the bytes of their names") { store in
            let names = ["iam", "Iam", "caf\u{E9}", "cafe\u{301}", "iam\u{0}", ""]
            for name in names { try await store.keep(Array(name.utf8) + [7], server: name) }
            for name in names {
                try expect(try await store.credential(server: name), is: Array(name.utf8) + [7], "of `\(name)`")
            }
        },
        ConformanceCase("everything is rewritten in one step, but for what is left as it is") { store in
            for name in ["a", "b", "c"] { try await store.keep(Array(name.utf8), server: name) }
            let count = try await store.rewrite { server, credential in
                server == "b" ? nil : credential + Array(server.utf8)
            }
            try expect(count, is: 2, "rewritten")
            try expect(try await store.credential(server: "a"), is: Array("aa".utf8), "rewritten")
            try expect(try await store.credential(server: "b"), is: Array("b".utf8), "left")
            try expect(try await store.credential(server: "c"), is: Array("cc".utf8), "rewritten")
        },
    ]
}
