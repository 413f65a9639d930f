extension AttackPattern {
    /// Attacks, and accidents, by what a call sets in motion.
    static let effectAttacks = [
        AttackPattern(
            slug: "destructive-bulk-action", title: "Destructive bulk action",
            summary: "One call, or many in a row, deletes far more than was meant.",
            steps: [
                "A tool deletes by filter, by list or a whole container at once.",
                "A filter is wider than its author thought, or a loop does not stop.",
                "What is gone has no undo, or a backup that nobody has tried.",
            ],
            defences: [
                "Hide tools that take away whole containers; ask a person for the others.",
                "Require arguments that name one object, and deny wildcards and empty filters.",
                "Limit destructive calls to a few an hour, shared by all grants of the server.",
            ],
            references: [
                "MITRE ATT&CK T1485 Data Destruction", "OWASP Top 10 for LLM Applications: LLM06 Excessive Agency",
            ]),
        AttackPattern(
            slug: "runaway-loop", title: "Runaway loop",
            summary: "An agent repeats a call hundreds of times, and each costs money, time or patience.",
            steps: [
                "A tool fails, or answers in a way that the model does not understand.",
                "The model tries again, a little differently, without an end.",
                "Bills, queues, mailboxes or rate limits of others fill up.",
            ],
            defences: [
                "A limit on calls a minute for each grant, and one a day.",
                "A limit on the sum of an amount argument where calls cost money.",
                "Tell the agent when it may try again, so that it stops.",
            ],
            references: [
                "OWASP Top 10 for LLM Applications: LLM10 Unbounded Consumption", "CWE-770", "CWE-834",
            ]),
        AttackPattern(
            slug: "command-injection", title: "Command injection",
            summary: "Text that becomes part of a command, a query or a program does more than it should.",
            steps: [
                "A tool runs text that the model wrote, or pastes an argument into a command or query.",
                "Planted text adds a second command, a comment or another statement.",
                "It runs with the server's rights.",
            ],
            defences: [
                "Hide tools that run commands or code where no task needs them.",
                "Allow by argument: whole-text patterns of the few commands or statements that are needed.",
                "Run the server in a sandbox with nothing worth taking, and databases with a read-only account.",
            ],
            references: ["CWE-77", "CWE-78", "CWE-89", "OWASP MCP Top 10: Command Injection and Execution"]),
        AttackPattern(
            slug: "path-traversal", title: "Path traversal",
            summary: "A file tool is led out of the folder it was meant for.",
            steps: [
                "A tool takes a path as an argument.",
                "Dots, links or encoded separators lead to another folder.",
                "Keys and configurations are read, or start-up files are written.",
            ],
            defences: [
                "Require that the path lies within named folders, with the operator that resolves it first.",
                "Run the server as a user who can reach nothing else.",
            ],
            references: ["CWE-22", "CWE-59", "OWASP Web Security Testing Guide: Path Traversal"]),
        AttackPattern(
            slug: "unauthorised-payment", title: "Unauthorised payment",
            summary: "Money or assets leave on the word of a model.",
            steps: [
                "A tool pays, refunds, trades or transfers with amount and recipient as arguments.",
                "A forged invoice, a planted text or a rounding mistake sets them.",
                "The transfer is final, or its reversal takes weeks.",
            ],
            defences: [
                "Approval by a person for each payment, bound to amount and recipient.",
                "A cap for one call and for the sum of a day.",
                "Only recipients on a list.",
            ],
            references: [
                "MITRE ATT&CK T1657 Financial Theft", "OWASP Top 10 for LLM Applications: LLM06 Excessive Agency",
            ]),
    ]
}
