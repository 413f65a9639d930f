"""Proves, before anything is timed, that a contender answers what it should and refuses what it must."""

import json
import time
import urllib.error
import urllib.request

from contenders import TOKEN, UPSTREAM
from policy import FORBIDDEN_TOOL

VERSION = "2026-07-28"
ARGUMENTS = {
    "message": "the quick brown fox jumps over the lazy dog",
    "amount": 42,
    "region": "eu-west-1",
    "tags": ["billing", "weekly"],
    "owner": {"name": "team-1", "role": "reader"},
}


class Wrong(Exception):
    """A contender does not do what it is measured for."""


def post(url, method, params):
    """One request in the form of 2026-07-28; returns the HTTP status and the answer (None where it is not JSON)."""
    meta = {f"io.modelcontextprotocol/{key}": value for key, value in
            {"protocolVersion": VERSION, "clientCapabilities": {}}.items()}
    message = {"jsonrpc": "2.0", "id": "check", "method": method, "params": {**params, "_meta": meta}}
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/json, text/event-stream",
        "Authorization": f"Bearer {TOKEN}",
        "MCP-Protocol-Version": VERSION,
        "Mcp-Method": method,
    }
    if "name" in params:
        headers["Mcp-Name"] = params["name"]
    request = urllib.request.Request(url, json.dumps(message).encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=5) as response:
            status, text = response.status, response.read()
    except urllib.error.HTTPError as error:
        status, text = error.code, error.read()
    try:
        return status, json.loads(text)
    except ValueError:
        return status, None


def call(url, tool, **changed):
    return post(url, "tools/call", {"name": tool, "arguments": {**ARGUMENTS, **changed}})


def served():
    """How many calls have reached the upstream."""
    with urllib.request.urlopen(UPSTREAM.replace("/mcp", "/served"), timeout=5) as response:
        return int(response.read())


def check(contender):
    """Waits until `contender` answers correctly (at most 15 seconds), then tries what it must refuse."""
    wait_until_answering(contender)
    if contender.guards_names:
        must_refuse(contender, FORBIDDEN_TOOL)
    if contender.guards_arguments:
        must_refuse(contender, "echo", amount=5000)
        must_refuse(contender, "echo", region="moon-base-1")
        must_refuse(contender, "echo", message="please DROP table users")


def wait_until_answering(contender):
    deadline = time.monotonic() + 15
    while True:
        try:
            status, answer = call(contender.url, "echo")
            if is_success(status, answer) and answer["id"] == "check":
                break
            seen = f"{status} {answer}"
        except OSError as error:
            seen = str(error)
        if time.monotonic() > deadline:
            raise Wrong(f"{contender.name} does not answer a call: {seen}")
        time.sleep(0.1)
    status, answer = post(contender.url, "tools/list", {})
    if "echo" not in [tool["name"] for tool in (answer or {}).get("result", {}).get("tools", [])]:
        raise Wrong(f"{contender.name} does not list the tools: {status} {answer}")


def must_refuse(contender, tool, **changed):
    before = served()
    status, answer = call(contender.url, tool, **changed)
    if is_success(status, answer) or served() != before:
        raise Wrong(f"{contender.name} lets `{tool}` pass with {changed}: {status} {answer}")


def is_success(status, answer):
    result = (answer or {}).get("result")
    return status == 200 and result is not None and not result.get("isError")
