"""What is on the wire in both eras, before a server that speaks both: statuses, codes, streams, sessions."""

import json
import re
import threading
import time

import pytest

from harness import wire
from harness.gateway import Gateway
from harness.programs import python, wait_until
from matrix.upstreams import CURRENT, Listening
from matrix.views import POLICY

SUBSCRIPTION, CAPABILITIES = "io.modelcontextprotocol/subscriptionId", "io.modelcontextprotocol/clientCapabilities"
ACCEPTED = {"action": "accept", "content": {"word": "w", "name": "n"}}
FORM = {"name": "ask_form", "arguments": {}}


@pytest.fixture(scope="module")
def gateway(folder):
    upstream = Listening([python("client"), CURRENT, "http"], folder / "upstream")
    gateway = Gateway(folder / "gateway", {"all": {"url": upstream.url}}, {"all": POLICY})
    gateway.start()
    yield gateway
    gateway.stop()
    upstream.close()


def ask(gateway, method: str, params: dict | None = None, meta: dict | None = None, **changes) -> wire.Response:
    """One request of the current era; `meta` takes the place of the usual envelope, `changes` of headers."""
    params = (params or {}) | {"_meta": wire.META if meta is None else meta}
    name = params.get("name") if method in ("tools/call", "prompts/get") else params.get("uri")
    name = name if method in ("tools/call", "prompts/get", "resources/read") else None
    body = json.dumps({"jsonrpc": "2.0", "id": 601, "method": method, "params": params}).encode()
    answer = gateway.post("all", body, gateway.headers(method, name and wire.header_value(name), **changes))
    assert answer is not None
    return answer


def with_capabilities(**declared) -> dict:
    return wire.META | {CAPABILITIES: declared}


def messages(answer: wire.Response) -> list[dict]:
    """All messages of an answer, each on a line of its own."""
    if not answer.headers["content-type"].startswith("text/event-stream"):
        return [json.loads(answer.body)]
    return [json.loads(line[5:]) for line in answer.body.splitlines() if line.startswith(b"data:") and line[5:].strip()]


# --- the current era ---


@pytest.mark.parametrize(
    "method, meta, changes, status, code",
    [
        ("server/discover", {}, {}, 400, -32602),
        ("server/discover", {k: v for k, v in wire.META.items() if "Version" not in k}, {}, 400, -32602),
        ("server/discover", {k: v for k, v in wire.META.items() if "Capabilities" not in k}, {}, 400, -32602),
        ("server/discover", None, {"MCP-Protocol-Version": "v999.0.0"}, 400, -32020),
        ("tools/list", None, {"Mcp-Method": "prompts/list"}, 400, -32020),
        ("tools/list", None, {"Mcp-Method": "TOOLS/LIST"}, 400, -32020),
        *((method, None, {}, 404, -32601) for method in ("initialize", "ping", "logging/setLevel", "vendor/x")),
        *((method, None, {}, 404, -32601) for method in ("resources/subscribe", "resources/unsubscribe")),
    ],
)
def test_a_wrong_request_is_refused_with_its_status_code_and_id(gateway, method, meta, changes, status, code):
    answer = ask(gateway, method, meta=meta, **changes)
    assert (answer.status, answer.code, answer.json["id"]) == (status, code, 601)


def test_a_version_nobody_speaks_is_refused_with_those_spoken(gateway):
    version = "v999.0.0"
    meta = wire.META | {"io.modelcontextprotocol/protocolVersion": version}
    answer = ask(gateway, "server/discover", meta=meta, **{"MCP-Protocol-Version": version})
    data = answer.json["error"]["data"]
    assert (answer.status, answer.code, data["requested"]) == (400, -32022, version)
    spoken = ask(gateway, "server/discover").result["supportedVersions"]
    assert data["supported"] and set(data["supported"]) <= set(spoken)


def test_discovery_says_who_the_server_is_and_what_it_can(gateway):
    meta = {key: value for key, value in wire.META.items() if "clientInfo" not in key}  # which is optional
    result = ask(gateway, "server/discover", meta=meta).result
    assert set(result["capabilities"]) >= {"tools", "resources", "prompts", "completions"}
    assert result["_meta"]["io.modelcontextprotocol/serverInfo"]["name"] == "fixture"
    assert result["resultType"] == "complete" and result["cacheScope"] == "private" and result["ttlMs"] >= 0


@pytest.mark.parametrize(
    "method, params",
    [
        ("tools/list", {}),
        ("prompts/list", {}),
        ("resources/list", {}),
        ("resources/templates/list", {}),
        ("resources/read", {"uri": "note://plain"}),
    ],
)
def test_what_policy_decides_about_is_never_called_public(gateway, method, params):
    result = ask(gateway, method, params).result
    assert (result["resultType"], result["cacheScope"]) == ("complete", "private")
    assert isinstance(result["ttlMs"], int) and result["ttlMs"] >= 0


def test_a_capability_the_client_lacks_is_the_servers_own_refusal(gateway):
    call = {"name": "needing_a_model", "arguments": {}}
    answer = ask(gateway, "tools/call", call)
    assert (answer.status, answer.code, answer.json["id"]) == (400, -32021, 601)
    assert answer.json["error"]["data"] == {"requiredCapabilities": {"sampling": {}}}
    answer = ask(gateway, "tools/call", call, meta=with_capabilities(sampling={}))
    assert json.loads(answer.text) == ["sampling"]


def test_a_resource_that_is_not_there_is_named_in_the_error(gateway):
    for uri in ("note://nowhere", "note://hidden"):
        answer = ask(gateway, "resources/read", {"uri": uri})
        assert (answer.status, answer.code) == (400, -32602)  # as the SDK's own servers
        assert answer.json["error"]["data"] == {"uri": uri}


def test_answers_to_what_was_never_asked_are_the_servers_to_judge(gateway):
    meta = with_capabilities(elicitation={})
    asked = ask(gateway, "tools/call", FORM, meta=meta).result
    assert asked["resultType"] == "input_required" and set(asked["inputRequests"]) == {"form"}
    wrong = ask(gateway, "tools/call", FORM | {"inputResponses": {"other": ACCEPTED}}, meta=meta).result
    assert set(wrong["inputRequests"]) == {"form"}
    more = {"form": ACCEPTED, "other": ACCEPTED, "third": {"action": "cancel"}}
    assert '"n"' in ask(gateway, "tools/call", FORM | {"inputResponses": more}, meta=meta).text
    for invalid in ({"form": 12345}, None, [], "x"):
        answer = ask(gateway, "tools/call", FORM | {"inputResponses": invalid}, meta=meta)
        assert answer.code is not None or answer.result["resultType"] == "input_required"


def test_a_state_that_is_not_the_one_given_is_refused(gateway):
    meta = with_capabilities(elicitation={})
    call = {"name": "ask_again", "arguments": {"rounds": 2}}

    def again(state, **more) -> wire.Response:
        given = {"requestState": state} if state is not None else {}
        return ask(gateway, "tools/call", call | given | more, meta=meta)

    first = ask(gateway, "tools/call", call, meta=meta).result
    second = again(first.get("requestState"), inputResponses={"r0": ACCEPTED}).result
    state, answers = second["requestState"], {"inputResponses": {"r1": ACCEPTED}}
    assert second["resultType"] == "input_required" and state != first.get("requestState")
    for other in (state + "-TAMPERED", state[:-1], state.swapcase(), ("A" if state[0] != "A" else "B") + state[1:]):
        assert again(other, **answers).code == -32602, other
    assert again(state, **answers, arguments={"rounds": 3}).code == -32602
    elsewhere = {"name": "ask_form", "arguments": {}, "requestState": state} | answers
    assert ask(gateway, "tools/call", elsewhere, meta=meta).code == -32602
    assert json.loads(again(state, **answers).text) == ["w", "w"]


def test_only_what_was_asked_for_is_on_a_calls_stream(gateway):
    quiet = messages(ask(gateway, "tools/call", {"name": "talking", "arguments": {}}))
    assert [message.get("method") for message in quiet] == [None]
    meta = wire.META | {"io.modelcontextprotocol/logLevel": "warning", "progressToken": 0}
    loud = messages(ask(gateway, "tools/call", {"name": "talking", "arguments": {}}, meta=meta))
    assert [m["params"]["level"] for m in loud if "method" in m] == ["warning", "error"]
    steps = messages(ask(gateway, "tools/call", {"name": "steps", "arguments": {"count": 3}}, meta=meta))
    assert [m["params"]["progressToken"] for m in steps if "method" in m] == [0, 0, 0]


class Listener:
    """A `subscriptions/listen` stream, read as it comes."""

    def __init__(self, gateway, request_id, **wanted):
        params = {"notifications": wanted, "_meta": wire.META}
        body = json.dumps({"jsonrpc": "2.0", "id": request_id, "method": "subscriptions/listen", "params": params})
        headers = gateway.headers("subscriptions/listen") + [("Content-Length", str(len(body)))]
        self.connection, self.seen = gateway.connect(), []
        self.connection.send(wire.head("/mcp/all", headers) + body.encode())
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        try:
            for line in self.connection._file:
                if line.startswith(b"data:") and line[5:].strip():
                    self.seen.append(json.loads(line[5:]))
        except (OSError, ValueError):
            pass

    def methods(self) -> list[str]:
        return [message.get("method", "").removeprefix("notifications/") for message in self.seen]

    def close(self) -> None:
        # First, so that the reading thread lets go of the file.
        self.connection.end()
        self._thread.join()
        self.connection.__exit__()


@pytest.mark.parametrize("request_id", [1795418988061, "a b"])
def test_a_listener_hears_within_a_second_what_it_asked_for_and_nothing_else(gateway, request_id):
    tools = Listener(gateway, request_id, toolsListChanged=True)
    prompts = Listener(gateway, request_id, promptsListChanged=True, resourceSubscriptions=["note://watched"])
    try:
        wait_until(lambda: tools.seen and prompts.seen, "both acknowledgements", 3)
        assert [stream.methods() for stream in (tools, prompts)] == [["subscriptions/acknowledged"]] * 2
        assert tools.seen[0]["params"]["notifications"] == {"toolsListChanged": True}
        began = time.monotonic()
        for what, uri in (("tools", ""), ("resource", "note://watched"), ("prompts", "")):
            ask(gateway, "tools/call", {"name": "change", "arguments": {"what": what, "uri": uri}})
        wait_until(lambda: "prompts/list_changed" in prompts.methods() and len(tools.seen) > 1, "the changes", 3)
        assert time.monotonic() - began < 1.5
        assert tools.methods() == ["subscriptions/acknowledged", "tools/list_changed"]
        assert set(prompts.methods()[1:]) == {"prompts/list_changed", "resources/updated"}
        for message in tools.seen + prompts.seen:
            assert message["params"]["_meta"][SUBSCRIPTION] == request_id, message
    finally:
        tools.close()
        prompts.close()


# --- the handshake eras ---


def in_session(gateway, session: str, method: str, params: dict | None = None, **changes) -> wire.Response:
    body = {"jsonrpc": "2.0", "id": "a", "method": method} | ({"params": params} if params is not None else {})
    headers = gateway.session_headers(session)
    headers = [(name, changes.get(name, value)) for name, value in headers]
    return gateway.post("all", json.dumps(body).encode(), headers)


def test_a_handshake_may_name_its_version_and_method_in_headers(gateway):
    params = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "j", "version": "1"}}
    for more in ({}, {"_meta": {}}, {"_meta": {"progressToken": "p"}}):
        body = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params | more}
        headers = gateway.headers("initialize", **{"MCP-Protocol-Version": "2025-11-25"})
        headers.append(("Origin", f"http://127.0.0.1:{gateway.port}"))
        answer = gateway.post("all", json.dumps(body).encode(), headers)
        assert answer.status == 200 and answer.result["serverInfo"]["name"] == "fixture"
        assert re.fullmatch(r"[\x21-\x7e]{16,}", answer.headers["mcp-session-id"])


@pytest.mark.parametrize(
    "method, params",
    [
        ("ping", None),
        ("logging/setLevel", {"level": "info"}),
        ("resources/subscribe", {"uri": "note://watched"}),
        ("resources/unsubscribe", {"uri": "note://watched"}),
    ],
)
def test_an_empty_result_is_empty(gateway, method, params):
    assert in_session(gateway, gateway.open_session("all"), method, params).result == {}


def test_results_carry_nothing_of_the_other_era(gateway):
    session = gateway.open_session("all")
    for method, params in (("tools/list", None), ("tools/call", {"name": "repeat", "arguments": {"text": "x"}})):
        result = in_session(gateway, session, method, params).result
        assert not {"resultType", "ttlMs", "cacheScope"} & set(result)


def test_what_may_be_accepted_may_be_said_in_any_order(gateway):
    session = gateway.open_session("all")
    answer = in_session(gateway, session, "tools/list", {}, Accept="text/event-stream, application/json")
    assert len(answer.result["tools"]) == 10 and answer.result["nextCursor"] == ""


def test_a_sessions_own_stream_ends_with_it(gateway):
    session = gateway.open_session("all")
    headers = gateway.session_headers(session)
    headers = [(n, "text/event-stream" if n == "Accept" else v) for n, v in headers if n != "Content-Type"]
    with gateway.connect() as connection:
        connection.send(wire.head("/mcp/all", headers, "GET"))
        began = threading.Event()
        ended: list[wire.Response] = []

        def read() -> None:
            began.set()
            ended.append(connection.receive())

        reader = threading.Thread(target=read, daemon=True)
        reader.start()
        assert began.wait(5) and in_session(gateway, session, "ping").status == 200 and not ended
        assert gateway.delete("all", headers).status in (200, 202, 204)
        reader.join(5)
        assert ended and ended[0].status == 200
    assert in_session(gateway, session, "tools/list", {}).status == 404
    assert gateway.delete("all", headers).status == 404
