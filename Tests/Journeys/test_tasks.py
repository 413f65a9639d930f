"""Calls that become tasks, before a real server of them (FastMCP's): at its own address and in a stack."""

import json
import secrets
import subprocess

import pytest

from harness import wire, words
from harness.gateway import STACK, Gateway
from harness.programs import HERE, python, wait_until
from matrix.upstreams import Listening

TASKS, CAPABILITIES = "io.modelcontextprotocol/tasks", "io.modelcontextprotocol/clientCapabilities"
ABLE = {"elicitation": {}, "extensions": {TASKS: {}}}
POLICY = {
    "version": "1",
    "default": "allow",
    "hide": ["hidden"],
    "tools": {"work": {"deny_if": [{"conditions": [{"path": "args.word", "op": "eq", "value": "bad"}]}]}},
}
everywhere = pytest.mark.parametrize("server", ["tasks", STACK], ids=["own", "stack"])


@pytest.fixture(scope="module")
def upstream(folder):
    listening = Listening([python("servers"), str(HERE / "servers" / "tasks.py")], folder / "tasks")
    yield listening
    listening.close()


@pytest.fixture(scope="module")
def gateway(folder, upstream):
    servers = {"tasks": {"url": upstream.url}, "other": {"url": upstream.url}}
    gateway = Gateway(folder / "gateway", servers, {name: POLICY for name in servers})
    gateway.other = "ghs_" + secrets.token_urlsafe(32)
    mine, gateway.token = gateway.token, gateway.other
    digest, gateway.token = gateway.token_digest, mine
    own = {"label": "journey", "token_sha256": gateway.token_digest, "servers": {name: name for name in servers}}
    gateway.write_configuration(grants=[own, own | {"label": "another", "token_sha256": digest}])
    gateway.start()
    yield gateway
    gateway.stop()


def ask(gateway, server: str, method: str, capabilities: dict = ABLE, token: str | None = None, **params):
    params["_meta"] = wire.META | {CAPABILITIES: capabilities}
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()
    changes = {"Authorization": f"Bearer {token}"} if token else {}
    name = wire.header_value(params.get("taskId") or params["name"])
    return gateway.post(server, body, gateway.headers(method, name, **changes))


def start(gateway, server: str, tool: str, **arguments) -> str:
    name = tool if server else f"tasks__{tool}"
    created = ask(gateway, server, "tools/call", name=name, arguments=arguments).result
    assert created["resultType"] == "task" and created["status"] == "working", created
    return created["taskId"]


def until(gateway, server: str, task: str, status: str) -> dict:
    def found():
        detailed = ask(gateway, server, "tasks/get", taskId=task).result
        assert detailed["taskId"] == task and detailed["resultType"] == "complete"
        return detailed if detailed["status"] == status else None

    return wait_until(found, f"the task to be {status}")


@everywhere
def test_a_task_is_followed_to_its_result_under_an_id_of_the_gateways_own(gateway, server):
    task = start(gateway, server, "work", word="ü")
    detailed = until(gateway, server, task, "completed")
    assert detailed["result"]["content"][0]["text"] == "worked on ü"
    failed = until(gateway, server, start(gateway, server, "fail"), "completed")["result"]
    assert failed["isError"] and "it went wrong" in failed["content"][0]["text"]
    entries = [e for e in gateway.audit() if words.field(e, "tool") == "work"]
    assert {(words.field(e, "server"), words.field(e, "outcome")) for e in entries} == {("tasks", words.ALLOWED)}


@everywhere
def test_a_task_asks_its_client_and_goes_on_with_the_answer(gateway, server):
    task = start(gateway, server, "ask")
    (key, question), *_ = until(gateway, server, task, "input_required")["inputRequests"].items()
    assert question["method"] == "elicitation/create"
    answer = {key: {"action": "accept", "content": {"value": "Ülkü"}}}
    assert ask(gateway, server, "tasks/update", taskId=task, inputResponses=answer).status == 200
    text = until(gateway, server, task, "completed")["result"]["content"][0]["text"]
    assert text == "accept: {'value': 'Ülkü'}"


@everywhere
def test_a_task_is_taken_back(gateway, server):
    task = start(gateway, server, "wait", word="x")
    assert ask(gateway, server, "tasks/cancel", taskId=task).status == 200
    until(gateway, server, task, "cancelled")


@everywhere
def test_a_task_is_its_principals_alone(gateway, server):
    task = start(gateway, server, "wait", word="x")
    changed = task[:-1] + ("A" if task[-1] != "A" else "B")
    refusals = set()
    for token, given in [(gateway.other, task), (None, changed), (None, "00000000-0000-0000-0000-000000000000")]:
        for method in ("tasks/get", "tasks/update", "tasks/cancel"):
            more = {"inputResponses": {}} if method == "tasks/update" else {}
            answer = ask(gateway, server, method, token=token, taskId=given, **more)
            refusals.add((answer.status, answer.code, answer.json["error"]["message"]))
    assert refusals == {(400, words.INVALID_PARAMS, "Task not found")}
    if server:
        assert ask(gateway, "other", "tasks/get", taskId=task).code == words.INVALID_PARAMS
    assert until(gateway, server, task, "working")
    ask(gateway, server, "tasks/cancel", taskId=task)


@everywhere
def test_policy_holds_for_calls_that_would_become_tasks(gateway, server):
    prefix = "" if server else "tasks__"
    denied = ask(gateway, server, "tools/call", name=f"{prefix}work", arguments={"word": "bad"})
    assert denied.result["isError"] and denied.text.startswith(words.DENIED)
    assert ask(gateway, server, "tools/call", name=f"{prefix}hidden", arguments={}).code == words.INVALID_PARAMS
    plain = ask(gateway, server, "tools/call", {}, name=f"{prefix}work", arguments={"word": "y"})
    assert plain.text == "worked on y"
    task = start(gateway, server, "wait", word="x")
    assert ask(gateway, server, "tasks/get", {}, taskId=task).code == -32021
    ask(gateway, server, "tasks/cancel", taskId=task)


@everywhere
def test_a_client_that_knows_tasks_sees_what_it_sees_without_a_gateway(gateway, upstream, server):
    script = [python("servers"), str(HERE / "servers" / "tasks_client.py")]

    def run(*arguments: str) -> dict:
        done = subprocess.run([*script, *arguments], capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr[-2000:]
        return json.loads(done.stdout)

    expected = run(upstream.url, "")
    assert len(expected["asked"]) == 1 and expected["seen"]["work"] == [["worked on ü"], False]
    assert run(gateway.url(server), "" if server else "tasks__", gateway.token) == expected
