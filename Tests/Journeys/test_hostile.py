"""Hostile bodies, headers and framing: one clear answer, one audit entry, and nothing denied reaches any server.

Every row of hostile/messages.tsv goes to four servers that read carelessly, each in its own way, in both eras;
every row of hostile/wire.tsv goes as bytes over a connection of its own.
"""

import re

import pytest

from harness import cases, wire, words
from recording.reading import PERSONALITIES

MESSAGES = cases.rows("messages.tsv")
WIRE = cases.rows("wire.tsv")


def of_era(era: str) -> list:
    return [pytest.param(row, id=row["case"]) for row in MESSAGES if row["era"] in (era, "both")]


@pytest.mark.parametrize("row", of_era("modern"))
def test_hostile_message_of_the_current_era(stack, row):
    gateway = stack.gateway
    headers = gateway.headers(name="echo")
    send_to_every_server(stack, row, cases.expand(row["body"]), lambda _: headers)


@pytest.mark.parametrize("row", of_era("legacy"))
def test_hostile_message_of_the_handshake_eras(stack, row, sessions):
    gateway, cell = stack.gateway, without_mirrored_headers(row["headers"])
    body = cases.expand(row["body"], "legacy")
    send_to_every_server(stack, row | {"headers": cell}, body, lambda server: gateway.session_headers(sessions[server]))


@pytest.fixture(scope="module")
def sessions(stack) -> dict[str, str]:
    return {server: stack.gateway.open_session(server) for server in PERSONALITIES}


def send_to_every_server(stack, row, body: bytes, headers_for) -> None:
    gateway = stack.gateway
    gateway.fence("last")
    answers: dict[str, wire.Response | None] = {}

    def send(server: str) -> None:
        headers = cases.with_changes(headers_for(server), row["headers"])
        answers[server] = gateway.post(server, body, headers)

    allowed = cases.expand(row["reaches"]).decode()
    for server in PERSONALITIES:
        reached = {call["tool"] for call in stack.reached(server, lambda server=server: send(server))}
        assert reached <= {allowed}, f"{row['why']}: {reached} reached the server that reads `{server}`"
        check_answer(row, answers[server])
    entries = gateway.fence("last")
    wanted = {len(PERSONALITIES) * int(each) for each in cases.choices(row["entries"])}
    assert len(entries) in wanted, f"{row['why']}: {len(entries)} audit entries for 4 requests: {entries}"
    if allowed != "nothing":
        assert {words.field(entry, "tool") for entry in entries} == {allowed}
        assert {words.field(entry, "outcome") for entry in entries} == {words.ALLOWED}
    else:
        assert words.ALLOWED not in {words.field(entry, "outcome") for entry in entries}


def check_answer(row, answer: wire.Response | None) -> None:
    assert answer is not None, f"{row['why']}: the connection was closed without an answer"
    assert str(answer.status) in cases.choices(row["status"]), f"{row['why']}: {answer}"
    expected = row["code"]
    if expected == "denied":
        assert answer.result["isError"] and answer.text.startswith(words.DENIED), f"{row['why']}: {answer}"
    elif expected == "result":
        assert not answer.result.get("isError"), f"{row['why']}: {answer}"
    elif expected != "any":
        assert str(answer.code) in cases.choices(expected), f"{row['why']}: {answer}"


def without_mirrored_headers(cell: str) -> str:
    """The handshake eras know no mirrored headers: rows that have them for company leave them out."""
    kept = [part for part in cell.split(" ¦ ") if not re.match(r"-?(Mcp-Name|Mcp-Method|MCP-Protocol)", part)]
    return " ¦ ".join(kept) or "-"


@pytest.mark.parametrize("row", [pytest.param(row, id=row["case"]) for row in WIRE])
def test_hostile_framing(stack, row):
    gateway = stack.gateway
    responses: list[wire.Response] = []

    def send() -> None:
        with gateway.connect() as connection:
            connection.send(request(gateway, row))
            if "200" in cases.choices(row["status"]) and (first := connection.receive()):
                responses.append(first)  # to close before the answer would be to take the call back
            connection.finish()
            responses.extend(connection.receive_all())

    reached = {server: [] for server in PERSONALITIES}
    reached["last"] = [call["tool"] for call in stack.reached("last", send)]
    reached["first"] = [call["tool"] for call in stack.reached("first", lambda: None)]
    allowed = {cases.expand(row["reaches"]).decode()}
    assert set(reached["last"]) | set(reached["first"]) <= allowed, f"{row['why']}: {reached}"
    assert len(reached["last"]) <= 1, f"{row['why']}: sent on more than once"
    statuses = [str(response.status) for response in responses]
    assert len(statuses) <= int(row["answers"]), f"{row['why']}: {statuses} are answers to one request"
    assert (statuses[0] if statuses else "close") in cases.choices(row["status"]), f"{row['why']}: {responses}"


def request(gateway, row) -> bytes:
    allowed, hidden = wire.call_body("echo", {"text": "x"}), wire.call_body("wipe")
    usual = wire.lines(gateway.headers(name="echo"))
    smuggled = wire.head("/mcp/last", gateway.headers(name="wipe") + [("Content-Length", str(len(hidden)))]) + hidden
    size = b"%x" % len(allowed)
    marks = {
        "allowed": allowed,
        "hidden": hidden,
        "smuggled": smuggled,
        "usual": usual,
        "usual-bare": usual.replace(b"\r\n", b"\n"),
        "usual-without-token": wire.lines(gateway.headers(name="echo", Authorization=None)),
        "length of allowed": str(len(allowed)).encode(),
        "token": gateway.token.encode(),
        "chunk allowed": size + b"\r\n" + allowed + b"\r\n0\r\n\r\n",
        "chunk-extension allowed": size + b";note=1\r\n" + allowed + b"\r\n0\r\n\r\n",
        "chunk-trailer allowed": size + b"\r\n" + allowed + b"\r\n0\r\nMcp-Name: wipe\r\n\r\n",
    }
    body = cases.expand(row["body"], marks=marks)
    marks["length"] = str(len(body)).encode()
    return cases.expand(row["head"].replace(" ¦ ", "⟦0D 0A⟧"), marks=marks) + b"\r\n\r\n" + body
