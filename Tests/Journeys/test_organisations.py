"""Several organisations in one instance, and what a revocation reaches."""

import json
import sqlite3
import threading

import pytest

from harness.managed import ManagedGateway
from harness.programs import wait_until
from harness import wire
from recording.http import RecordingServer
from recording.record import Record

POLICY = {
    "version": "1",
    "default": "deny",
    "tools": {"echo": {}, "slow": {}, "counted": {"rate_limit": {"max": 1, "window": 3600}}},
}


class Organisation:
    """An organisation with a server, a policy and a grant; policy and grant are called alike everywhere."""

    def __init__(self, gateway: ManagedGateway, folder, name: str, machine: bool = True, era: str = "modern"):
        self.gateway, self.slug = gateway, name.lower()
        self.record = Record(folder / f"{self.slug}.jsonl")
        self.upstream = RecordingServer(self.record, era=era)
        status, made = gateway.ask("POST", "/organisations", {"name": name, "machine": machine})
        assert status == 201
        self.id = made["organisation"]["id"]
        self.admin = self.asked("POST", "/tokens", {"label": "admin", "role": "admin"}, 201, mine=False)["token"]
        self.server = self.asked("POST", "/servers", {"slug": self.slug, "url": self.upstream.url}, 201)["id"]
        self.policy = self.asked("POST", "/policies", {"name": "demo", "document": POLICY}, 201)["id"]
        self.asked("POST", f"/policies/{self.policy}/publish", None, 201)
        pair = {"server": self.server, "policy": self.policy}
        grant = self.asked("POST", "/grants", {"label": "laptop", "servers": [pair]}, 201)
        self.grant, self.token = grant["record"]["id"], grant["token"]

    def accept(self) -> "Organisation":
        assert len(self.asked("POST", f"/servers/{self.server}/scan")["items"]) > 5
        self.asked("POST", f"/servers/{self.server}/accept", {})
        return self

    def asked(self, method: str, path: str, body=None, expected: int = 200, mine: bool = True):
        """As this organisation's admin, or as the operator for it."""
        if mine:
            status, answer = self.gateway.ask(method, path, body, self.admin)
        else:
            status, answer = self.gateway.ask(method, path, body, gatehouse_organisation=self.id)
        assert status == expected, (method, path, answer)
        return answer

    def request(self, tool: str, arguments: dict | None = None, token: str | None = None) -> tuple[bytes, bytes]:
        """A call's head and body."""
        headers = [
            ("Host", f"127.0.0.1:{self.gateway.port}"),
            ("Authorization", f"Bearer {token or self.token}"),
            ("Content-Type", "application/json"),
            ("Accept", "application/json, text/event-stream"),
            ("MCP-Protocol-Version", "2026-07-28"),
            ("Mcp-Method", "tools/call"),
            ("Mcp-Name", tool),
        ]
        body = wire.call_body(tool, arguments or {})
        headers.append(("Content-Length", str(len(body))))
        return wire.head(f"/mcp/{self.slug}", headers), body

    def call(self, tool: str, arguments: dict | None = None, token: str | None = None) -> wire.Response:
        with wire.Connection(("127.0.0.1", self.gateway.port)) as connection:
            connection.send(b"".join(self.request(tool, arguments, token)))
            return connection.receive()

    def calls(self, query: str, count: int) -> list[dict]:
        """So many calls that the audit has, each complete: it is written behind the answer."""

        def found():
            items = self.asked("GET", f"/calls{query}")["items"]
            whole = all(one["call"]["outcome"] != "allowed" or "completion" in one["call"] for one in items)
            return items if len(items) >= count and whole else None

        items = wait_until(found, f"{count} calls{query}")
        assert len(items) == count
        return items

    def close(self) -> None:
        self.upstream.close()


@pytest.fixture
def gateway(tmp_path):
    with ManagedGateway(tmp_path) as running:
        yield running


@pytest.fixture
def pair(gateway, tmp_path):
    both = [Organisation(gateway, tmp_path, name).accept() for name in ("Acme", "Umbrella")]
    yield both
    for one in both:
        one.close()


def test_limits_audit_and_last_use_of_grants_of_one_name_are_each_organisations_own(gateway, pair):
    acme, umbrella = pair
    assert acme.call("counted").text.startswith("counted") and "used up" in acme.call("counted").text
    calls = acme.calls("?grant=laptop", 2)
    assert [call["call"]["outcome"] for call in calls] == ["limited", "allowed"]
    assert calls[1]["call"]["completion"]["outcome"] == "completed"
    # The other's grant has the same label: it has used nothing, was never used, and sees nothing.
    assert umbrella.asked("GET", "/calls")["items"] == []
    assert "last_used_at" not in umbrella.asked("GET", f"/grants/{umbrella.grant}")
    assert umbrella.call("counted").text.startswith("counted")
    assert {call["call"]["organisation"] for call in umbrella.calls("", 1)} == {umbrella.id}
    assert {event["event"]["organisation"] for event in umbrella.asked("GET", "/events")["items"]} == {umbrella.id}
    assert "last_used_at" in umbrella.asked("GET", f"/grants/{umbrella.grant}")
    # A stranger's knock is told to whose server it was meant for.
    assert acme.call("echo", token="ghs_nobody").status == 401
    assert acme.calls("?outcome=refused", 1)[0]["call"]["reason"] == "unknown token"
    assert umbrella.asked("GET", "/calls?outcome=refused")["items"] == []
    # On the machine itself all are listed, or one's.
    everybody = json.loads(gateway.run("audit", "list", "--data", str(gateway.data), "--json"))
    own = json.loads(gateway.run("audit", "list", "--data", str(gateway.data), "--organisation", acme.id, "--json"))
    assert len(everybody) == 4 and len(own) == 3
    assert [one["name"] for one in json.loads(gateway.run("organisation", "list", "--json"))] == ["Acme", "Umbrella"]


def test_one_organisations_grant_finds_nothing_at_anothers_server(gateway, pair):
    acme, umbrella = pair
    acme.token, own = umbrella.token, acme.token
    there = acme.call("echo")
    acme.slug = "nowhere"
    nowhere = acme.call("echo")
    assert there.status == nowhere.status == 404 and there.body == nowhere.body
    assert not acme.record.calls() and own != umbrella.token


def test_who_shares_the_machine_with_others_neither_runs_programs_on_it_nor_reaches_its_networks(gateway, tmp_path):
    gateway.run("organisation", "create", "Owners")
    guest = Organisation(gateway, tmp_path, "Guests", machine=False)
    try:
        seen = tmp_path / "ran"
        body = {"slug": "sh", "command": ["/usr/bin/touch", str(seen)]}
        status, refused = gateway.ask("POST", "/servers", body, guest.admin)
        assert (status, refused["code"]) == (403, "role")
        change = {"command": ["/usr/bin/touch", str(seen)]}
        assert gateway.ask("PATCH", f"/servers/{guest.server}", change, guest.admin)[0] == 403
        # The recording server is on this machine.
        assert gateway.ask("POST", f"/servers/{guest.server}/scan", None, guest.admin)[0] == 503
        assert not guest.record.entries() and not seen.exists()
        # The operator decides, for an organisation of its own making.
        free = Organisation(gateway, tmp_path, "Friends", machine=True).accept()
        assert free.call("echo", {"text": "x"}).text.startswith("echo")
        free.close()
    finally:
        guest.close()


# Hostile F65: spellings of this machine; what a resolver makes of them is looked at when it is connected to.
SPELLINGS = ["127.0.0.1", "localhost", "127.1", "0x7f.1", "0177.0.0.1", "2130706433", "0.0.0.0", "[::1]", "[::ffff:7f00:1]"]


def test_no_spelling_of_this_machine_is_reached_for_who_may_not_use_it(gateway, tmp_path):
    gateway.run("organisation", "create", "Owners")
    guest = Organisation(gateway, tmp_path, "Guests", machine=False)
    try:
        port = guest.upstream.server_address[1]
        tried = 0
        for number, host in enumerate(SPELLINGS):
            body = {"slug": f"s{number}", "url": f"http://{host}:{port}/mcp"}
            status, made = gateway.ask("POST", "/servers", body, guest.admin)
            assert status in (201, 422), (host, made)
            if status == 201:
                assert gateway.ask("POST", f"/servers/{made['id']}/scan", None, guest.admin)[0] == 503, host
                tried += 1
        assert tried >= 5 and not guest.record.entries()
    finally:
        guest.close()


# Hostile F70: what only the house's own commands or a proxy would say.
INTERNAL = {
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-For": "127.0.0.1",
    "Forwarded": "for=127.0.0.1;host=evil.example;proto=https",
    "X-Original-URL": "/api/v1/organisations",
    "X-Rewrite-URL": "/api/v1/organisations",
    "X-HTTP-Method-Override": "DELETE",
    "X-Forwarded-User": "operator",
    "X-Remote-User": "operator",
    "X-Gatehouse-Role": "admin",
}


def test_headers_of_proxies_and_of_the_operators_commands_are_nobody_elses_word(gateway, pair):
    acme, umbrella = pair
    for one, other in (pair, reversed(pair)):
        headers = INTERNAL | {"Gatehouse-Organisation": other.id}
        assert gateway.ask("GET", "/me", None, one.admin, **headers)[1]["organisation"] == one.id
        assert gateway.ask("GET", f"/grants/{other.grant}", None, one.admin, **headers)[0] == 404
        assert gateway.ask("GET", "/organisations", None, one.admin, **headers)[0] == 403
        assert gateway.ask("POST", f"/grants/{one.grant}/stop", None, one.admin, **headers)[0] == 204
        assert gateway.ask("POST", f"/grants/{one.grant}/resume", None, one.admin, **headers)[0] == 204
    assert gateway.ask("GET", "/me", None, "", **INTERNAL)[0] == 401
    viewer = acme.asked("POST", "/tokens", {"label": "v", "role": "viewer"}, 201)["token"]
    assert gateway.ask("GET", "/tokens", None, viewer, **INTERNAL)[0] == 403
    assert gateway.ask("GET", "/grants", None, acme.admin)[1]["items"][0]["id"] == acme.grant


def test_an_organisation_whose_records_are_spoilt_holds_up_nobody_elses_revocation(gateway, pair):
    acme, umbrella = pair
    gateway.stop()
    store = sqlite3.connect(gateway.data / "gatehouse.sqlite")
    store.execute("UPDATE directory_policy SET body = '{}' WHERE organisation = ?", (umbrella.id,))
    store.commit()
    store.close()
    (gateway.data / "console.json").unlink(missing_ok=True)
    gateway.start()
    assert acme.call("echo", {"text": "x"}).status == 200
    assert umbrella.call("echo", {"text": "x"}).status == 401
    acme.asked("DELETE", f"/grants/{acme.grant}", None, 204)
    assert acme.call("echo", {"text": "x"}).status == 401


@pytest.mark.parametrize("era", ["modern", "legacy"])
def test_a_call_under_way_ends_at_its_server_when_its_grant_is_revoked(gateway, tmp_path, era):
    acme = Organisation(gateway, tmp_path, "Acme", era=era).accept()
    answers = []
    caller = threading.Thread(target=lambda: answers.append(acme.call("slow", {"steps": 400})))
    caller.start()
    try:
        acme.record.wait_for(lambda record: [call for call in record.calls() if call["tool"] == "slow"])
        acme.asked("DELETE", f"/grants/{acme.grant}", None, 204)
        acme.record.wait_for(lambda record: record.events("cancelled"))
        caller.join(10)
        assert answers and answers[0].status == 401 and answers[0].code == -31403
        assert acme.calls("?tool=slow", 1)[0]["call"]["completion"]["outcome"] == "cancelled"
    finally:
        caller.join(30)
        acme.close()


@pytest.mark.parametrize("end", ["revoked", "given to another organisation"])
def test_a_call_that_is_whole_only_once_its_grant_has_gone_reaches_no_server(gateway, pair, end):
    acme, umbrella = pair
    head, body = acme.request("echo", {"text": "late"})
    with wire.Connection(("127.0.0.1", gateway.port)) as connection:
        # Behind a whole request and in one piece with it, so that its answer tells that the head was read.
        connection.send(head + body + head + body[:20])
        assert connection.receive().status == 200
        if end == "revoked":
            acme.asked("DELETE", f"/grants/{acme.grant}", None, 204)
        else:
            for path in (f"/grants/{acme.grant}/servers/{acme.server}", f"/servers/{acme.server}"):
                acme.asked("DELETE", path, None, 204)
            taken = umbrella.asked("POST", "/servers", {"slug": "acme", "url": umbrella.upstream.url}, 201)
            assert umbrella.asked("POST", f"/servers/{taken['id']}/scan")["items"]
        connection.send(body[20:])
        answer = connection.receive()
    assert answer.status == (401 if end == "revoked" else 404)
    assert [call["tool"] for call in acme.record.calls()] == ["echo"] and not umbrella.record.calls()
    refused = acme.calls("?outcome=refused", 1)[0]["call"]
    assert refused["reason"] == ("unknown token" if end == "revoked" else "unknown server")


def test_what_a_change_of_a_policy_lets_through_is_told_before_it_is_in_force(gateway, pair):
    acme, umbrella = pair
    looser = {"version": "1", "default": "deny", "tools": POLICY["tools"] | {"wipe": {}}}
    acme.asked("PUT", f"/policies/{acme.policy}/draft", {"document": looser})
    found = acme.asked("GET", f"/policies/{acme.policy}/diff")
    assert found["looser"] and "tools" not in found
    assert [(one["kind"], one["subject"]) for one in found["differences"]] == [("gained", "wipe")]
    over = acme.asked("GET", f"/policies/{acme.policy}/diff?server={acme.server}")
    assert over["tools"] > 5 and over["looser"]
    acme.asked("POST", f"/policies/{acme.policy}/publish", None, 201)
    back = acme.asked("GET", f"/policies/{acme.policy}/diff?from=2&to=1")
    assert not back["looser"] and back["differences"][0]["kind"] == "lost"
    acme.asked("POST", f"/policies/{acme.policy}/rollback", {"version": 1}, 201)
    assert acme.asked("GET", f"/policies/{acme.policy}/diff?from=1&to=published")["differences"] == []
    for query in ("from=4", f"server={umbrella.server}"):
        assert gateway.ask("GET", f"/policies/{acme.policy}/diff?to=1&{query}", None, acme.admin)[0] == 404
    assert gateway.ask("GET", f"/policies/{acme.policy}/diff?from=zero", None, acme.admin)[0] == 422
    same = gateway.run("policy", "diff", "--policy", "demo", "--from", "1", "--to", "3")
    assert same == "the policies decide alike\n"
    told = gateway.run("policy", "diff", "--policy", "demo", "--from", "1", "--to", "2", "--server", "acme")
    assert told.startswith("looser") and "wipe" in told and "1 looser" in told
    assert gateway.run("policy", "diff", "--policy", "demo", "--to", "2", "--fail-on-looser", fails=True) == ""
    assert json.loads(gateway.run("policy", "diff", "--policy", "demo", "--to", "2", "--json"))["looser"] is True


def test_a_store_that_is_open_is_not_replaced_even_without_a_console(tmp_path):
    gateway = ManagedGateway(tmp_path)
    gateway.start()
    try:
        copy = tmp_path / "copy.sqlite"
        gateway.run("backup", str(copy))
        (gateway.data / "console.json").unlink()
        assert "stop it first" in gateway.run("restore", "--replace", str(copy), fails=True)
    finally:
        gateway.stop()
    gateway.run("restore", "--replace", str(copy))


def test_rotating_the_key_seals_every_organisations_secrets(gateway, pair):
    for one in pair:
        one.asked("PATCH", f"/servers/{one.server}", {"secrets": {"X-Key": "hush"}})
    gateway.run("secret", "new-key")
    gateway.stop()
    (gateway.data / "console.json").unlink(missing_ok=True)
    gateway.start()
    assert json.loads(gateway.run("secret", "rotate", "--json")) == {"rotated": 2}
    gateway.stop()
    newest = (gateway.data / "secret.key").read_text().splitlines()[0]
    (gateway.data / "secret.key").write_text(newest + "\n")
    (gateway.data / "console.json").unlink(missing_ok=True)
    gateway.start()
    for one in pair:
        assert one.call("echo", {"text": "x"}).text.startswith("echo")
        received = [entry for entry in one.record.entries() if entry.get("method") == "tools/call"][-1]
        assert ["x-key", "hush"] in [[name.lower(), value] for name, value in received["headers"]]
    # No server was left out.
    assert "cannot be used" not in gateway.log_text()
