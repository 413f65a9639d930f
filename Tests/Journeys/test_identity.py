"""Identity providers' tokens in place of grants' tokens."""

import base64
import hashlib
import hmac
import http.client
import json
import subprocess
import sys
import threading
import time
from pathlib import Path

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from harness import words
from harness.gateway import STACK, Gateway
from harness.issuer import Issuer
from harness.managed import ManagedGateway
from harness.programs import wait_until
from harness.recorded import POLICY
from recording.http import RecordingServer
from recording.record import Record


class Stack:
    """A gateway before a recording server, that takes the tokens of an issuer."""

    def __init__(self, folder):
        self.issuer = Issuer()
        self.upstream = RecordingServer(Record(folder / "record.jsonl"), era="legacy")
        self.gateway = Gateway(
            folder / "gateway",
            {"last": {"url": self.upstream.url}, "other": {"url": self.upstream.url}},
            {"last": POLICY, "other": POLICY},
        )
        self.own_token, self.own_digest = self.gateway.token, self.gateway.token_digest
        self.configure()
        self.gateway.start()

    def configure(self, groups: str = "platform") -> None:
        """Whose bearers are taken for the grant of all people."""
        grants = [{"label": "people", "servers": {"last": "last", "other": "other"}}]
        own = {"label": "journey", "token_sha256": self.own_digest, "servers": {"last": "last"}}
        mapping = [{"when": {"groups": groups}, "grant": "people"}]
        provider = {"issuer": self.issuer.url, "scopes": ["mcp:tools"], "grants": mapping}
        self.gateway.write_configuration(grants=grants + [own], identity={"providers": {"corp": provider}})

    @property
    def endpoint(self) -> str:
        return self.gateway.url("last")

    def call(self, token: str, server: str = "last"):
        self.gateway.token = token
        return self.gateway.call(server, "echo", {"text": "x"})

    def close(self) -> None:
        self.gateway.stop()
        self.upstream.close()
        self.issuer.close()


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    stack = Stack(tmp_path_factory.mktemp("identity"))
    yield stack
    stack.close()


@pytest.mark.parametrize("signer", ["rsa", "ec"])
def test_a_token_of_the_provider_calls_as_whom_it_names(people, signer):
    assert people.call(people.issuer.token(people.endpoint, signer)).text == "echo: {'text': 'x'}"
    entry = people.gateway.audit()[0]
    assert words.field(entry, "principal") == "idp:corp:alice"
    assert words.field(entry, "grant") == "people"


def test_the_grants_own_token_goes_on_working(people):
    assert people.call(people.own_token).text == "echo: {'text': 'x'}"
    assert words.field(people.gateway.audit()[0], "principal") == "grant:journey"


def test_a_token_for_the_stack_reaches_all_servers_there_and_none_at_its_own_address(people):
    token = people.issuer.token(people.gateway.url(STACK))
    people.gateway.token = token
    for server in ("last", "other"):
        assert people.gateway.call(STACK, f"{server}__echo", {"text": "x"}).text == "echo: {'text': 'x'}"
        entry = people.gateway.audit()[0]
        assert words.field(entry, "principal") == "idp:corp:alice" and words.field(entry, "server") == server
        assert people.call(token, server).status == 401
    people.gateway.token = people.issuer.token(people.endpoint)
    assert people.gateway.call(STACK, "last__echo").status == 401
    metadata = people.gateway.get("/.well-known/oauth-protected-resource/mcp")
    assert metadata.json["resource"] == people.gateway.url(STACK)


def _confused(people) -> str:
    """Signed with the published key as if it were a shared secret."""
    _, key = people.issuer.signers["rsa"]
    secret = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    claims = people.issuer.token(people.endpoint).split(".")[1]
    header = base64.urlsafe_b64encode(json.dumps({"alg": "HS256", "kid": "rsa"}).encode()).rstrip(b"=").decode()
    signature = hmac.new(secret, f"{header}.{claims}".encode(), hashlib.sha256).digest()
    return f"{header}.{claims}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


NOW = int(time.time())
STRANGER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
REFUSED = {
    "another key": lambda p: p.issuer.token(p.endpoint, key=STRANGER),
    "no signature": lambda p: p.issuer.token(p.endpoint).rsplit(".", 1)[0] + ".",
    "alg none": lambda p: jwt.encode(
        jwt.decode(p.issuer.token(p.endpoint), options={"verify_signature": False, "verify_aud": False}), None, "none"
    ),
    "the public key as a secret": _confused,
    "over": lambda p: p.issuer.token(p.endpoint, exp=NOW - 3600),
    "not yet": lambda p: p.issuer.token(p.endpoint, nbf=NOW + 3600),
    "no end": lambda p: p.issuer.token(p.endpoint, exp=None),
    "another endpoint": lambda p: p.issuer.token(p.gateway.url("other")),
    "the gateway as a whole": lambda p: p.issuer.token(f"http://127.0.0.1:{p.gateway.port}"),
    "a slash behind": lambda p: p.issuer.token(p.endpoint + "/"),
    "no audience": lambda p: p.issuer.token(None),
    "another issuer": lambda p: p.issuer.token(p.endpoint, iss="https://evil.example"),
    "a key of its own": lambda p: p.issuer.token(
        p.endpoint, key=STRANGER, headers={"jku": "http://127.0.0.1:1/keys", "kid": "../../rsa"}
    ),
    "enormous": lambda p: p.issuer.token(p.endpoint, x="x" * 20_000),
}


@pytest.mark.parametrize("why", REFUSED)
def test_a_token_with_anything_wrong_reaches_nothing(people, why):
    before = len(people.upstream.record.calls())
    answer = people.call(REFUSED[why](people))
    assert answer.status == 401, why
    challenge = answer.headers["www-authenticate"]
    assert 'error="invalid_token"' in challenge
    assert f'/.well-known/oauth-protected-resource/mcp/last"' in challenge
    assert len(people.upstream.record.calls()) == before


@pytest.mark.parametrize("claims", [{"groups": ["staff"]}, {"groups": None}, {"groups": {"platform": True}}])
def test_claims_that_lead_to_no_grant_are_403(people, claims):
    before = len(people.upstream.record.calls())
    assert people.call(people.issuer.token(people.endpoint, **claims)).status == 403
    assert len(people.upstream.record.calls()) == before


def test_a_token_without_the_scope_is_told_which_it_needs(people):
    answer = people.call(people.issuer.token(people.endpoint, scope="other"))
    assert answer.status == 403
    assert 'error="insufficient_scope"' in answer.headers["www-authenticate"]
    assert 'scope="mcp:tools"' in answer.headers["www-authenticate"]


def test_the_token_never_travels_on_and_is_in_no_log(people):
    token = people.issuer.token(people.endpoint, jti="once-only")
    assert people.call(token).status == 200
    signature = token.rsplit(".", 1)[1]
    assert signature not in json.dumps(people.upstream.record.entries())
    assert signature not in people.gateway.log_text()


def _ask(people, token: str, method: str, session: str | None, message: dict | None) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", people.gateway.port, timeout=30)
    headers = {"authorization": f"Bearer {token}", "accept": "application/json, text/event-stream"}
    if message is not None:
        headers["content-type"] = "application/json"
    if session is not None:
        headers |= {"mcp-session-id": session, "mcp-protocol-version": "2025-11-25"}
    body = None if message is None else json.dumps({"jsonrpc": "2.0"} | message)
    connection.request(method, "/mcp/last", body, headers)
    return connection.getresponse()


INITIALIZE = {
    "id": 1,
    "method": "initialize",
    "params": {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "j", "version": "1"}},
}


def test_a_stream_ends_with_the_token_it_was_opened_by_and_its_session_goes_on_with_the_next(people):
    # Taken for 30 s beyond its end, for clocks that differ.
    short = people.issuer.token(people.endpoint, exp=int(time.time()) - 30 + 5)
    opened = _ask(people, short, "POST", None, INITIALIZE)
    session = opened.headers["mcp-session-id"]
    assert opened.status == 200
    stream = _ask(people, short, "GET", session, None)
    assert stream.status == 200
    began = time.monotonic()
    stream.read()
    assert time.monotonic() - began < 25, "the stream ends by itself"
    ping = {"id": 2, "method": "ping", "params": {}}
    assert _ask(people, short, "POST", session, ping).status == 401
    fresh = people.issuer.token(people.endpoint)
    assert _ask(people, fresh, "POST", session, ping).status == 200
    assert _ask(people, fresh, "GET", session, None).status == 200


def test_what_a_mapping_let_in_ends_when_it_is_gone_from_the_configuration(people):
    token = people.issuer.token(people.endpoint)
    session = _ask(people, token, "POST", None, INITIALIZE).headers["mcp-session-id"]
    stream = _ask(people, token, "GET", session, None)
    answers = []
    call = {"id": 3, "method": "tools/call", "params": {"name": "slow", "arguments": {"steps": 400}}}
    caller = threading.Thread(target=lambda: answers.append(_ask(people, token, "POST", session, call).status))
    caller.start()
    try:
        people.upstream.record.wait_for(lambda record: [one for one in record.calls() if one["tool"] == "slow"])
        people.configure(groups="nobody")
        stream.read()
        people.upstream.record.wait_for(lambda record: record.events("cancelled"))
        caller.join(20)
        assert answers == [401]
        assert people.call(token).status == 403
    finally:
        caller.join(30)
        people.configure()
        wait_until(lambda: people.call(people.issuer.token(people.endpoint)).status == 200, "the mapping to be back")


def test_a_scanner_finds_no_must_failed(people, tmp_path):
    """`mcp-authlab` with a token of ours and one for elsewhere."""
    report = tmp_path / "report.json"
    scan = [Path(sys.executable).with_name("mcp-authlab"), "scan", people.endpoint, "--format", "json", "-o", report]
    tokens = [
        "--token",
        people.issuer.token(people.endpoint),
        "--foreign-token",
        people.issuer.token("https://elsewhere.example/mcp"),
    ]
    done = subprocess.run([*scan, "--no-login", *tokens], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    results = json.loads(report.read_text())["results"]
    failed = [f"{r['id']}: {r['message']}" for r in results if r["status"] in ("fail", "error")]
    assert failed == []
    assert {r["id"] for r in results if r["status"] == "pass"} >= {"TOK-02", "TOK-03", "SESS-01", "CHAL-02", "PRM-02"}


def test_claims_lead_to_a_registered_grant_while_it_is_in_force(tmp_path):
    issuer, upstream = Issuer(), RecordingServer(Record(tmp_path / "record.jsonl"), era="legacy")
    file = tmp_path / "gatehouse.yaml"

    def declare(*grants: str) -> None:
        """Each grant is what a mapping of its own leads to, and every mapping fits."""
        mapping = [{"when": {"groups": "platform"}, "grant": grant} for grant in grants]
        provider = {"issuer": issuer.url, "scopes": ["mcp:tools"], "grants": mapping}
        beside = tmp_path / "new"
        beside.write_text(json.dumps({"console": {"listen": "127.0.0.1:8421"}, "identity": {"providers": {"corp": provider}}}))
        beside.replace(file)

    declare()
    try:
        with ManagedGateway(tmp_path / "gateway", "--config", str(file)) as gateway:
            gateway.run("organisation", "create", "Acme")
            server = gateway.ask("POST", "/servers", {"slug": "last", "url": upstream.url, "accept": "initial"})[1]["id"]
            assert gateway.ask("POST", f"/servers/{server}/scan")[0] == 200
            policy = gateway.ask("POST", "/policies", {"name": "echo", "document": json.dumps(POLICY)})[1]["id"]
            assert gateway.ask("POST", f"/policies/{policy}/publish")[0] == 201
            pair = {"server": server, "policy": policy}
            grants = [
                gateway.ask("POST", "/grants", {"label": label, "servers": [pair]})[1]["record"]["id"]
                for label in ("people", "others")
            ]
            token = issuer.token(gateway.url("last"))
            assert gateway.status("last", token) == 403
            declare(grants[0])
            wait_until(lambda: gateway.status("last", token) != 403, "the mapping")
            session = gateway.open_session("last", token)
            stream = gateway.open_stream("last", token, session)
            # Claims that lead to two are nobody's, also once one of the two is gone.
            declare(*grants)
            wait_until(lambda: gateway.status("last", token) == 403, "the second mapping")
            assert gateway.ask("DELETE", f"/grants/{grants[1]}")[0] == 204
            assert gateway.status("last", token) == 403
            declare(grants[0])
            wait_until(lambda: gateway.status("last", token) != 403, "the mapping again")
            assert gateway.ask("DELETE", f"/grants/{grants[0]}")[0] == 204
            assert gateway.status("last", token) == 403
            stream.read()
    finally:
        upstream.close()
        issuer.close()
