extension AttackPattern {
    /// Attacks by what tools bring in and carry out.
    static let contentAttacks = [
        AttackPattern(
            slug: "indirect-prompt-injection", title: "Indirect prompt injection",
            summary: "Text that a tool brings in, such as a page, a ticket or a mail, gives the model orders.",
            steps: [
                "Somebody plants a sentence where an agent will read: a review, an issue, a calendar entry, a file.",
                "A reading tool returns it, and the model cannot tell it from its user's words.",
                "The agent calls a tool that changes or sends something, with its own rights.",
            ],
            defences: [
                "Require a person's approval for tools that change or send, at least after foreign text was read.",
                "Deny the destinations and amounts that no task needs, by argument.",
                "Keep what reads foreign text and what acts on valuable things under separate grants.",
            ],
            references: [
                "OWASP Top 10 for LLM Applications: LLM01 Prompt Injection", "MITRE ATLAS AML.T0051.001 Indirect",
                "Greshake et al., Not what you've signed up for (2023)", "NIST AI 100-2",
            ]),
        AttackPattern(
            slug: "data-exfiltration", title: "Data exfiltration by tool chain",
            summary: "Private data read with one tool leaves through another.",
            steps: [
                "An agent has a tool that reads private data and one that reaches the outside.",
                "An instruction, planted or mistaken, joins the two.",
                "The data leaves as a message, a file, a query string or a picture's address.",
            ],
            defences: [
                "Do not give one grant all three: private data, foreign text and a way out.",
                "Allow sending tools only to named recipients or hosts, by argument.",
                "Limit the number of reads a minute, so that a whole mailbox does not leave at once.",
            ],
            references: [
                "OWASP Top 10 for LLM Applications: LLM02 Sensitive Information Disclosure",
                "MITRE ATLAS AML.T0057 LLM Data Leakage", "Willison, the lethal trifecta (2025)",
            ]),
        AttackPattern(
            slug: "credential-exposure", title: "Credential exposure in results",
            summary: "A result carries a key, token or password into the model's context, logs and transcripts.",
            steps: [
                "A tool returns configuration, environment, logs or state with secrets in it.",
                "The model repeats them in its answer, a commit or a message, or passes them to another tool.",
                "Whoever sees the conversation, or its record, can use them.",
            ],
            defences: [
                "Hide tools that return secrets; let the agent name a secret that the server then uses itself.",
                "Ask a person before the ones that remain, and record only digests of their results.",
                "Rotate what was returned.",
            ],
            references: [
                "OWASP MCP Top 10: Token Mismanagement and Secret Exposure", "CWE-200", "CWE-532",
                "MITRE ATT&CK T1552 Unsecured Credentials",
            ]),
        AttackPattern(
            slug: "server-side-request-forgery", title: "Server-side request forgery",
            summary: "A tool that fetches an address is pointed at one that only the server can reach.",
            steps: [
                "A tool takes a URL or host as an argument.",
                "The agent is told to fetch a cloud's metadata address, a loopback port or an internal name.",
                "The answer, with credentials or internal pages, comes back as the tool's result.",
            ],
            defences: [
                "Allow only named hosts, with the operator that normalises a URL before it compares.",
                "Deny private, loopback and link-local addresses, after redirects too.",
                "Run fetching servers where nothing internal answers them.",
            ],
            references: [
                "CWE-918", "OWASP API Security Top 10: API7 Server Side Request Forgery",
                "MCP specification, Security Best Practices: Server-Side Request Forgery",
            ]),
    ]
}
