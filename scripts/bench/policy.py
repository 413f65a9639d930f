"""A policy of 100 rules that all apply to the benchmark's call and all let it pass, so that each of them is judged.

    python3 scripts/bench/policy.py > policy.json
"""

import json

FORBIDDEN_TOOL = "drop_table"


def one(path, op, value, **more):
    return {"path": f"args.{path}", "op": op, "value": value, **more}


def denials(count):
    """`deny_if` rules about every argument of the call; none of them holds for it."""
    kinds = [
        lambda n: [one("amount", "gt", 1000 + n)],
        lambda n: [one("region", "eq", f"us-gov-{n}")],
        lambda n: [one("region", "in", [f"cn-north-{n}", f"cn-south-{n}", f"ru-west-{n}"])],
        lambda n: [one("message", "contains", f"password {n}")],
        lambda n: [one("tags", "contains", f"secret-{n}")],
        lambda n: [one("owner.name", "eq", f"outsider-{n}")],
        lambda n: [one("owner.role", "in", [f"root-{n}", f"admin-{n}"])],
        lambda n: [one(f"override_{n}", "exists", True)],
        lambda n: [one("amount", "gte", 0), one("region", "eq", f"ap-test-{n}")],
        lambda n: [one("owner.role", "neq", "reader"), one("amount", "gt", n)],
    ]
    for n in range(count):
        yield {"conditions": kinds[n % len(kinds)](n), "on_deny": f"Refused by rule {n}."}
    for word in ["drop", "truncate", "grant"]:
        yield {"conditions": [one("message", "regex", rf"(?i)\b{word}\s+table\b")], "on_deny": "No statements here."}


def requirements():
    """`require` rules; all of them hold for the call."""
    yield {"conditions": [one("message", "exists", True)], "on_deny": "Say something."}
    yield {"conditions": [one("region", "in", ["eu-west-1", "eu-west-2", "eu-north-1"])], "on_deny": "Europe only."}
    yield {"conditions": [one("region", "regex", "[a-z]{2}-[a-z]+-[0-9]", anchored=True)], "on_deny": "A region."}
    yield {"conditions": [one("tags", "contains", "billing")], "on_deny": "Tag it."}
    yield {"conditions": [one("owner.role", "not_in", ["root", "admin"])], "on_deny": "Not as an administrator."}
    yield {"conditions": [one("owner.name", "exists", True)], "on_deny": "Name an owner."}
    yield {"conditions": [one("amount", "lt", 10000)], "on_deny": "Too much."}


def hundred_rules(limited=False):
    """The policy; `limited` adds a limit that is charged by every call and never reached."""
    tool = {"deny_if": list(denials(90)), "require": list(requirements())}
    if limited:
        tool["limits"] = [{"counter": "calls", "window": "day", "max": 1_000_000_000, "scope": "grant"}]
    return {
        "version": "1",
        "description": "a hundred rules about one tool",
        "default": "deny",
        "tools": {"echo": tool, FORBIDDEN_TOOL: {"action": "deny", "reason": "Tables stay."}},
    }


if __name__ == "__main__":
    print(json.dumps(hundred_rules(), indent=2))
