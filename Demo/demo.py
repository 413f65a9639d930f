#!/usr/bin/env python3
"""An agent meets a policy: the official MCP client, Gatehouse, the real AWS IAM server and an AWS to look at.

make demo             runs it and tells what happened; ends with 1 if anything is not as claimed
make demo KEEP=1      leaves the gateway running, with snippets to connect your own client
demo.py --without-gateway   the same agent straight at the server: what would have happened
"""

import asyncio
import hashlib
import json
import os
import secrets
import shutil
import signal
import socket
import string
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from agent import Agent
from aws import ADMINISTRATOR, BILLING, IAM_SERVER, READ_ONLY, LocalAWS
from snippets import snippets

HERE = Path(__file__).resolve().parent
GATEHOUSE = os.environ.get("GATEHOUSE", str(HERE.parent / ".build" / "debug" / "gatehouse"))
HIDDEN = "detach_user_policy"
VISIBLE_KEYS = ("list_", "get_", "create_group", "delete_user", "attach_user_policy")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class RunningGateway:
    """`gatehouse serve` in a folder of its own, for the length of a `with`."""

    def __init__(self, aws: LocalAWS):
        self.folder = Path(tempfile.mkdtemp(prefix="gatehouse-demo-"))
        self.token = "ghs_" + secrets.token_urlsafe(32)
        self.port = free_port()
        values = aws.environment | {
            "GATEWAY_PORT": str(self.port),
            "IAM_SERVER": IAM_SERVER,
            "TOKEN_SHA256": hashlib.sha256(self.token.encode()).hexdigest(),
        }
        template = string.Template((HERE / "gatehouse.yaml").read_text())
        (self.folder / "gatehouse.yaml").write_text(template.safe_substitute(values))
        shutil.copy(HERE / "policy.yaml", self.folder)
        self.url = f"http://127.0.0.1:{self.port}/mcp/iam"

    def __enter__(self) -> "RunningGateway":
        self._log = (self.folder / "gateway.log").open("wb")
        self._process = subprocess.Popen(
            [GATEHOUSE, "serve", "--config", "gatehouse.yaml"],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,
        )
        deadline = time.monotonic() + 30
        while not self._is_live():
            if time.monotonic() > deadline or self._process.poll() is not None:
                log = (self.folder / "gateway.log").read_text()
                self.__exit__()
                sys.exit(f"the gateway did not start:\n{log}")
            time.sleep(0.05)
        return self

    def __exit__(self, *_) -> None:
        self._process.terminate()
        self._process.wait(20)
        shutil.rmtree(self.folder)

    def _is_live(self) -> bool:
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{self.port}/livez", timeout=5).status == 200
        except OSError:
            return False

    def command(self, *arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run([GATEHOUSE, *arguments], cwd=self.folder, capture_output=True, text=True, timeout=60)


async def story(agent: Agent, aws: LocalAWS) -> None:
    """What the agent tries, in order; every claim is checked as it is told."""
    names = await agent.tools()
    shown = [name for name in names if name.startswith(VISIBLE_KEYS)]
    agent.tell(
        "lists the tools",
        f"{len(names)} tools; {HIDDEN} is {'there' if HIDDEN in names else 'not among them'}",
        claim=sorted(names) == sorted(shown) and len(names) == 14,
    )

    text = await agent.call("list_users", ctx={"content": []})
    agent.tell(
        "reads: list_users", "allowed: the server lists alice" if "alice" in text else text, claim="alice" in text
    )

    for name in (HIDDEN, "Detach_User_Policy", HIDDEN + "\u200b"):
        text = await agent.call(name, user_name="alice", policy_arn=READ_ONLY, confirmed=True)
        agent.tell(f"takes alice's rights: {ascii(name)[1:-1]}", text, claim=text.startswith("error -32602"))
        agent.aws_says(aws.rights_of("alice"), claim=aws.policies_of("alice") == ["ReadOnlyAccess"])

    text = await agent.call("delete_user", user_name="alice", force=True, confirmed=True)
    agent.tell("deletes alice: delete_user", text, claim="Users are removed by hand." in text)
    agent.aws_says("the users are " + (", ".join(aws.users()) or "gone"), claim=aws.users() == ["alice"])

    for shape, given in (
        ("the ARN as text", ADMINISTRATOR),
        ("in a list", [ADMINISTRATOR]),
        ("in an object", {"arn": ADMINISTRATOR}),
    ):
        text = await agent.call("attach_user_policy", user_name="alice", policy_arn=given, confirmed=True)
        agent.tell(
            f"makes alice administrator ({shape})",
            text,
            claim="Nobody becomes an administrator" in text,
        )
    agent.aws_says(aws.rights_of("alice"), claim=aws.policies_of("alice") == ["ReadOnlyAccess"])

    text = await agent.call("attach_user_policy", user_name="alice", policy_arn=BILLING, confirmed=True)
    agent.tell("attaches a harmless policy", text, claim="Successfully attached" in text)
    agent.aws_says(aws.rights_of("alice"), claim=aws.policies_of("alice") == ["Billing", "ReadOnlyAccess"])

    for number in range(1, 5):
        text = await agent.call("create_group", group_name=f"team-{number}", confirmed=True)
        refused = text.startswith("Denied by policy")
        agent.tell(
            f"creates group {number} of at most 3 a minute",
            text if refused else "allowed",
            claim=refused == (number == 4),
        )
    agent.aws_says("the groups are " + ", ".join(aws.groups()), claim=aws.groups() == ["team-1", "team-2", "team-3"])


def audit(agent: Agent, gateway: RunningGateway) -> None:
    entries = json.loads(gateway.command("audit", "list", "--data", "data", "--json").stdout)
    outcomes = [entry["outcome"] for entry in entries if entry.get("kind") != "completion"]
    held = ", ".join(f"{outcomes.count(outcome)} {outcome}" for outcome in sorted(set(outcomes)))
    verified = gateway.command("audit", "verify", "--data", "data")
    agent.tell(
        "(done; what does the audit trail say?)", f"{len(outcomes)} calls: {held}", claim=len(outcomes) == agent.calls
    )
    agent.tell("(was anything changed in it?)", verified.stdout or verified.stderr, claim=verified.returncode == 0)


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with LocalAWS(free_port()) as aws:
        if "--without-gateway" in sys.argv:
            agent = Agent(command=IAM_SERVER, environment=aws.environment)
            asyncio.run(agent.run(story, aws))
            print(f"\nWithout the gateway {agent.broken} of {agent.claims} claims did not hold.")
            return 0
        print("An agent, Gatehouse, the real AWS IAM server (--allow-write), and an AWS on this machine.")
        with RunningGateway(aws) as gateway:
            agent = Agent(url=gateway.url, token=gateway.token)
            asyncio.run(agent.run(story, aws))
            audit(agent, gateway)
            print(f"\n{agent.claims - agent.broken} of {agent.claims} claims held.")
            if os.environ.get("KEEP"):
                print(snippets(gateway.url, gateway.token))
                try:
                    signal.pause()
                except KeyboardInterrupt:
                    print("\nStopped.")
            return 1 if agent.broken else 0


if __name__ == "__main__":
    sys.exit(main())
