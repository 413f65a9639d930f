extension AttackPattern {
    /// Attacks on what a server says about its tools.
    static let definitionAttacks = [
        AttackPattern(
            slug: "tool-poisoning", title: "Tool poisoning",
            summary: "A tool's own description tells the model to do something that its user never asked for.",
            steps: [
                "The author of a server hides an order in a description, a parameter or an error message.",
                "The client hands all descriptions to the model, and people rarely read them.",
                "The model follows the order while it does something harmless, often with another server's tools.",
            ],
            defences: [
                "Scan every text field of a definition before it is accepted, schemas and defaults included.",
                "Show a person the definition as the model would see it, hidden characters made visible.",
                "Keep tools that read private data and tools that send data out under separate grants.",
            ],
            references: [
                "OWASP MCP Top 10: Tool Poisoning", "OWASP Top 10 for LLM Applications: LLM01 Prompt Injection",
                "MITRE ATLAS AML.T0051 LLM Prompt Injection", "Invariant Labs, MCP tool poisoning notification (2025)",
            ]),
        AttackPattern(
            slug: "definition-change", title: "Definition change",
            summary: "A tool that was accepted changes its meaning afterwards, and nobody looks again.",
            steps: [
                "A server is reviewed and accepted with harmless definitions.",
                "An update, or only a later answer, adds an argument, widens an enumeration or rewrites a description.",
                "Clients take the new list as it comes, and the model acts on it.",
            ],
            defences: [
                "Pin the hash of every accepted definition and compare each list that is relayed.",
                "Hold back a new or changed tool until a person has seen the difference.",
                "Pin the version of the package that provides the server.",
            ],
            references: [
                "OWASP MCP Top 10: Supply Chain and Definition Tampering",
                "MCP specification, Security Best Practices", "MITRE ATLAS AML.T0010 AI Supply Chain Compromise",
            ]),
        AttackPattern(
            slug: "tool-shadowing", title: "Tool shadowing",
            summary: "One server's text changes how the model uses another server's tool, or borrows its name.",
            steps: [
                "A second server is added beside a trusted one.",
                "Its description speaks of the trusted tool, or one of its tools has a name that looks the same.",
                "The model calls the wrong tool, or the right one with arguments that the text dictated.",
            ],
            defences: [
                "Name tools by their server where several servers are one endpoint, and refuse collisions.",
                "Flag names that differ only in look-alike characters, and texts that name other servers' tools.",
                "Give an agent the servers that its task needs and no others.",
            ],
            references: [
                "MCP specification, Security Best Practices", "Invariant Labs, cross-server shadowing (2025)",
                "Unicode Technical Standard 39, confusable detection",
            ]),
        AttackPattern(
            slug: "package-squatting", title: "Package squatting",
            summary: "A package with nearly the right name is installed in place of the server that was meant.",
            steps: [
                "A name close to a known server's is registered, or a name that models like to invent.",
                "A configuration, a document or a model suggests the command that runs it.",
                "It runs with everything the client's environment holds.",
            ],
            defences: [
                "Take servers from a list that somebody keeps, with registry, package and version.",
                "Let only administrators register a command, and give the process only the environment it needs.",
                "Compare a new server's definitions with those the catalogue knows for the name.",
            ],
            references: [
                "OWASP Top 10 for LLM Applications: LLM03 Supply Chain", "CWE-1357",
                "MITRE ATT&CK T1195 Supply Chain Compromise",
            ]),
    ]
}
