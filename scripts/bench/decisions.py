"""Compares one decision among a hundred rules with Cedar and Rego, and prints the table of Docs/Performance.md.

The same hundred conditions are written in the three languages, all apply to the call and none of them denies it. They
compare numbers and texts, look into lists and for members; there are no regular expressions, which Cedar has not. Cedar
and Rego are measured through their Python bindings with everything they can prepare prepared, as they come from PyPI: a
program in Python pays what they pay. Contenders take turns within each round, and what one round of each costs is
compared within it.
"""

import argparse
import json
import statistics
import subprocess
import time
from pathlib import Path

import cedarpy
import regorus

TOOL = "create_refund"
CALL = {
    "amount": 125.5, "currency": "EUR", "reason": "refund for order 8841 as asked by the customer", "region": "eu-west-1",
    "customer": {"id": "cus_7Hq2", "email": "someone@example.com", "tier": "gold"}, "notify": True, "count": 17,
    "items": [{"sku": "A-1", "quantity": 2}, {"sku": "B-9", "quantity": 1}], "tags": ["billing", "q3"],
    "account": "arn:aws:iam::123456789012:role/ReadOnlyAccess", "path": "/home/user/report.txt",
}


def rules(count):
    """The conditions of `deny_if`: a path, an operator and a value each."""
    kinds = [
        lambda n: ("count", "gt", 1000 + n),
        lambda n: ("currency", "eq", f"X{n}"),
        lambda n: ("region", "in", [f"us-east-{n}", f"us-west-{n}", f"ap-south-{n}"]),
        lambda n: ("account", "contains", f"Administrator{n}"),
        lambda n: ("customer.tier", "eq", f"black{n}"),
        lambda n: ("count", "lt", -n),
        lambda n: ("customer.id", "eq", f"cus_{n}"),
        lambda n: ("tags", "member", f"secret{n}"),
        lambda n: (f"override_{n}", "exists", True),
        lambda n: ("path", "eq", f"/etc/passwd{n}"),
    ]
    return [kinds[n % len(kinds)](n) for n in range(count)]


def gatehouse(count, tools=1):
    names = {"member": "contains"}
    denials = [
        {"conditions": [{"path": f"args.{path}", "op": names.get(op, op), "value": value}]} for path, op, value in rules(count)
    ]
    others = {f"tool_{n}": {"deny_if": [{"conditions": [{"path": "args.n", "op": "gt", "value": n}]}]} for n in range(tools - 1)}
    return {"version": "1", "default": "deny", "tools": {TOOL: {"deny_if": denials}, **others}}


def cedar(count):
    def condition(path, op, value):
        place, text = f"context.{path}", json.dumps(value)
        return {
            "gt": f"{place} > {text}", "lt": f"{place} < {text}", "eq": f"{place} == {text}",
            "in": f"{text}.contains({place})", "contains": f'{place} like "*{value}*"',
            "member": f"{place}.contains({text})", "exists": f"context has {path}",
        }[op]

    forbids = [f"forbid (principal, action, resource) when {{ {condition(*rule)} }};" for rule in rules(count)]
    return "\n".join(["permit (principal, action, resource);", *forbids])


def rego(count):
    def condition(path, op, value):
        place, text = f"input.{path}", json.dumps(value)
        return {
            "gt": f"{place} > {text}", "lt": f"{place} < {text}", "eq": f"{place} == {text}",
            "in": f"{place} in {text}", "contains": f"contains({place}, {text})",
            "member": f"{text} in {place}", "exists": place,
        }[op]

    denials = [f"denied if {{ {condition(*rule)} }}" for rule in rules(count)]
    head = ["package gate", "import rego.v1", "default allow := false", "default denied := false", "allow if { not denied }"]
    return "\n".join(head + denials)


def cedar_seconds(policies, calls):
    context = {key: value for key, value in CALL.items() if key != "amount"}  # Cedar's numbers are whole
    request = {"principal": 'User::"a"', "action": f'Action::"{TOOL}"', "resource": 'Server::"b"', "context": context}
    requests = [request] * calls
    start = time.process_time()
    results = cedarpy.is_authorized_batch(requests, policies, ENTITIES)
    used = time.process_time() - start
    assert all(result.allowed and not result.diagnostics.errors for result in results)
    return used


def rego_seconds(engine, calls):
    call = json.dumps(CALL)
    start = time.process_time()
    for _ in range(calls):
        engine.set_input_json(call)
        allowed = engine.eval_rule("data.gate.allow")
    used = time.process_time() - start
    assert allowed is True
    return used


def rego_engine(count):
    engine = regorus.Engine()
    engine.add_policy("gate.rego", rego(count))
    return engine


ENTITIES = cedarpy.Entities.from_json_str("[]")


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("binary", type=Path)
    options.add_argument("directory", type=Path)
    options.add_argument("--rounds", type=int, default=7)
    options = options.parse_args()
    options.directory.mkdir(parents=True, exist_ok=True)
    files = {
        "10 rules": gatehouse(10), "100 rules": gatehouse(100), "100 rules, one tool of 10,000": gatehouse(100, 10_000),
    }
    paths = {}
    for name, policy in files.items():
        paths[name] = options.directory / (name.replace(" ", "-").replace(",", "") + ".json")
        paths[name].write_text(json.dumps(policy))
    call = options.directory / "call.json"
    call.write_text(json.dumps(CALL))

    sets = {count: cedarpy.PolicySet.from_str(cedar(count)) for count in [0, 100]}
    engines = {count: rego_engine(count) for count in [0, 100]}
    turns = []
    for _ in range(options.rounds):
        told = subprocess.run([options.binary, call, TOOL, *paths.values()], capture_output=True, text=True, check=True).stdout
        turn = {name: json.loads(line) for name, line in zip(paths, told.splitlines())}
        for count in sets:
            turn["cedar", count] = min(cedar_seconds(sets[count], 100) for _ in range(5)) / 100 * 1e9
            turn["rego", count] = min(rego_seconds(engines[count], 100) for _ in range(5)) / 100 * 1e9
        turns.append(turn)
    print(table(turns, paths))


def table(turns, paths):
    def middle(of):
        return statistics.median(of(turn) for turn in turns)

    lines = [f"A call of {len(json.dumps(CALL))} bytes.\n"]
    lines += ["| policy | decide ns | found by name ns | read and decide ns | allocations |", "|---|--:|--:|--:|--:|"]
    for name in paths:
        figures = [middle(lambda turn: turn[name][key]) for key in ["decide_ns", "find_ns", "read_and_decide_ns", "allocations"]]
        lines.append("| {} | {:,.0f} | {:,.0f} | {:,.0f} | {:g} |".format(name, *figures))
    lines += ["", "| 100 rules | ns a decision | of it for the rules | to Gatehouse, from bytes (least–most) |", "|---|--:|--:|--:|"]
    own = "100 rules"
    lines.append(f"| Gatehouse, parsed arguments | {middle(lambda t: t[own]['decide_ns']):,.0f} | | |")
    lines.append(f"| Gatehouse, from bytes | {middle(lambda t: t[own]['read_and_decide_ns']):,.0f} | | 1 |")
    for name, title in [("cedar", f"Cedar, cedarpy {version('cedarpy')}"), ("rego", f"Rego, regorus bindings {version('gordon-to-regorus')}")]:
        ratios = [turn[name, 100] / turn[own]["read_and_decide_ns"] for turn in turns]
        ratio = f"{statistics.median(ratios):.1f} ({min(ratios):.1f}–{max(ratios):.1f})"
        rules_alone = middle(lambda t: t[name, 100] - t[name, 0])
        lines.append(f"| {title} | {middle(lambda t: t[name, 100]):,.0f} | {rules_alone:,.0f} | {ratio} |")
    return "\n".join(lines)


def version(package):
    from importlib.metadata import version

    return version(package)


if __name__ == "__main__":
    main()
