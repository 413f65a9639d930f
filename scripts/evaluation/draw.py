#!/usr/bin/env python3
"""Draws the third set: tools of servers that have no label, in fixed numbers from parts that their names tell.

usage: draw.py TOOLS.jsonl.gz LABELS.tsv SEED SERVERS > drawn.tsv

The seed shuffles the servers without a label, of which the first SERVERS are drawn from. A line of the output is a
server, a tool and the part that the tool was drawn for; how many there were to draw from is told on standard error.
"""

import gzip
import json
import random
import re
import sys
from collections import Counter, defaultdict

# A tool belongs to the first of these whose words begin a word of its name; `other` where there is none.
PARTS = {
    "money": "pay refund invoice charge transfer order checkout subscri budget wallet trade buy sell purchase bid "
    "campaign",
    "access": "role policy permission user member group team grant share access owner principal saml sso mfa acl",
    "secrets": "secret token key credential password cert vault env",
    "removal": "delete remove destroy purge drop clear terminate wipe truncate revoke reset uninstall kill prune "
    "archive",
    "running": "run exec invoke trigger script eval shell command query sql start launch",
    "people": "send reply post email mail message sms notify publish tweet comment invite call broadcast meeting event",
    "machines": "server instance cluster node pod vm volume network dns domain firewall route subnet vpc deploy scale "
    "restart stop reboot backup restore rollback database stack migrat",
    "settings": "config setting enable disable rule flag alarm alert monitor logging encrypt protect lock retention "
    "schedule webhook",
    "export": "export download dump backup extract history log",
    "physical": "device light door printer robot camera thermostat valve vehicle sensor motor gripper media volume_set "
    "switch",
    "changes": "create update set add put edit modify upload import write move rename assign approve merge commit push "
    "attach associate register apply",
}
# Before all of them: names that only look at something.
READS = re.compile(
    r"^(get|list|describe|search|find|read|fetch|show|view|count|check|query_docs|lookup|browse|is|has)_"
    r"|_(get|list|read|search)$"
)
PATTERNS = {part: re.compile(r"(^|[_\-. /])(" + "|".join(words.split()) + ")") for part, words in PARTS.items()}

WANTED = {
    "money": 26,
    "access": 26,
    "secrets": 18,
    "removal": 26,
    "running": 24,
    "people": 20,
    "machines": 30,
    "settings": 24,
    "export": 8,
    "physical": 10,
    "changes": 20,
    "other": 14,
    "reads": 24,
}
MOST_OF_A_SERVER = 6
MOST_OF_A_SERVER_IN_A_PART = 3


def part_of(tool: str) -> str:
    name = re.sub(r"([a-z])([A-Z])", r"\1_\2", tool).lower()
    if READS.search(name):
        return "reads"
    return next((part for part, pattern in PATTERNS.items() if pattern.search(name)), "other")


def unlabelled(tools_path: str, labels_path: str) -> dict[str, list[str]]:
    """The tools of each server that no label is of."""
    with open(labels_path, encoding="utf8") as labels:
        labelled = {line.split("\t")[0] for line in labels}
    tools = defaultdict(list)
    with gzip.open(tools_path, "rt", encoding="utf8") as lines:
        for line in lines:
            tool = json.loads(line)
            if tool["server"] not in labelled:
                tools[tool["server"]].append(tool["tool"])
    return tools


def draw(pools: dict[str, list[tuple[str, str]]], source: random.Random) -> list[tuple[str, str, str]]:
    drawn = []
    seen = set()
    of_server = Counter()
    for part in sorted(WANTED):
        pool = list(pools.get(part, []))
        source.shuffle(pool)
        of_server_here = Counter()
        for server, tool in pool:
            if of_server_here.total() == WANTED[part]:
                break
            is_full = of_server_here[server] == MOST_OF_A_SERVER_IN_A_PART or of_server[server] == MOST_OF_A_SERVER
            if is_full or (server, tool) in seen:
                continue
            seen.add((server, tool))
            of_server_here[server] += 1
            of_server[server] += 1
            drawn.append((server, tool, part))
    return drawn


def main(tools_path: str, labels_path: str, seed: str, server_count: str) -> None:
    source = random.Random(int(seed))
    tools = unlabelled(tools_path, labels_path)
    servers = sorted(tools)
    source.shuffle(servers)
    pools = defaultdict(list)
    for server in servers[: int(server_count)]:
        for tool in sorted(tools[server]):
            pools[part_of(tool)].append((server, tool))
    drawn = draw(pools, source)
    for row in sorted(drawn):
        print("\t".join(row))
    sizes = {part: len(pool) for part, pool in pools.items()}
    print(sizes, len(drawn), len({server for server, _, _ in drawn}), file=sys.stderr)


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
