extension AttackPattern {
    /// Attacks on who may do what.
    static let rightsAttacks = [
        AttackPattern(
            slug: "confused-deputy", title: "Confused deputy",
            summary: "The server's own wide rights carry out what the person behind the agent may not do.",
            steps: [
                "A server acts with one account's rights for everybody who reaches it.",
                "Somebody with fewer rights, or a planted text, asks the agent for an act.",
                "The server checks its own rights, which suffice, and not the asker's.",
            ],
            defences: [
                "Give the server an account with the rights of the task, not an administrator's.",
                "Judge each call by the grant that makes it, and its arguments, before the server sees it.",
                "Require approval by somebody other than the asker for what changes rights or money.",
            ],
            references: [
                "CWE-441", "Hardy, The Confused Deputy (1988)",
                "MCP specification, Security Best Practices: Confused Deputy Problem",
            ]),
        AttackPattern(
            slug: "token-passthrough", title: "Token passthrough",
            summary: "A token that was meant for one service is handed on and accepted by another.",
            steps: [
                "A tool takes a token as an argument, or a proxy forwards the caller's own.",
                "The receiving service cannot tell who really asks, and its limits and records miss the caller.",
                "Whoever holds the token at any of the stops can use it at all of them.",
            ],
            defences: [
                "Never forward a client's token: each hop has its own credential, for its own audience.",
                "Deny calls whose arguments carry tokens; configure credentials where the model cannot see them.",
            ],
            references: [
                "MCP specification, Security Best Practices: Token Passthrough", "RFC 9700", "RFC 8707",
            ]),
        AttackPattern(
            slug: "privilege-escalation", title: "Privilege escalation by binding change",
            summary: "An agent that may change roles, policies or memberships gives somebody more rights.",
            steps: [
                "A tool can attach a policy, add a member, mint a key or change a role.",
                "The agent is led to use it for its own account, or for a stranger's.",
                "Every later call is made with the new rights, and looks legitimate.",
            ],
            defences: [
                "Hide what binds rights from agents; where it is needed, four eyes for each call.",
                "Allow only named roles and targets, by argument.",
                "Watch the audit for calls that change rights, whoever makes them.",
            ],
            references: [
                "MITRE ATT&CK T1098 Account Manipulation", "CWE-269",
                "OWASP Top 10 for LLM Applications: LLM06 Excessive Agency",
            ]),
        AttackPattern(
            slug: "lock-out", title: "Lock-out",
            summary: "Rights are taken from the very people who would repair the damage.",
            steps: [
                "A tool can detach a policy, delete a user, revoke a key or change who may sign in.",
                "The defenders' access goes first, by order of an attacker or by an agent that tidies up.",
                "What follows meets nobody.",
            ],
            defences: [
                "Hide tools that remove access bindings.",
                "Keep an emergency account that no agent's server can reach.",
            ],
            references: ["MITRE ATT&CK T1531 Account Access Removal", "CWE-284"]),
        AttackPattern(
            slug: "self-confirmation", title: "Self-given confirmation",
            summary: "A tool asks for confirmation, and the model that calls it fills it in itself.",
            steps: [
                "A dangerous tool has an argument such as a confirmation flag.",
                "People take it for a safeguard.",
                "The model sets it in its first call, because the schema says that it must.",
            ],
            defences: [
                "Ask a person outside the conversation: an approval bound to the exact call.",
                "Treat a confirmation argument as a sign of danger, never as consent.",
            ],
            references: ["OWASP Top 10 for LLM Applications: LLM06 Excessive Agency", "CWE-602"]),
    ]
}
