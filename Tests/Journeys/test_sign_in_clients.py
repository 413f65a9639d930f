"""Clients that can only sign in: at the gateway's own authorisation server, by a member who picks the grant."""

import base64
import hashlib
import http.client
import http.server
import json
import os
import secrets
import socket
import sqlite3
import subprocess
import sys
import threading
import urllib.parse
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
import jwt
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from selenium.webdriver.common.keys import Keys

from harness import consent
from harness.browser import FAINT, browsing
from harness.documents import Documents
from harness.managed import Browser, ManagedGateway
from harness.programs import wait_until
from recording.http import RecordingServer
from recording.record import Record
from test_tls import certificate  # noqa: F401

PASSWORD = "correct horse battery"
POLICY = {"version": "1", "default": "deny", "tools": {"echo": {}, "fence": {}}}


class Stack:
    """A gateway with nothing configured, an admin, and a grant that members may connect clients with."""

    def __init__(self, folder: Path, **settings):
        self.upstream = RecordingServer(Record(folder / "record.jsonl"), era="legacy")
        self.gateway = ManagedGateway(folder / "gateway")
        if settings:
            # Where there is a file it says how people reach the console.
            self.file = folder / "gatehouse.yaml"
            console = {"public_url": self.issuer} | settings
            self.file.write_text(json.dumps({"console": console}))
            self.gateway.arguments = ("--config", str(self.file))
        self.gateway.start()
        try:
            self.fill(settings)
        except BaseException:
            self.close()
            raise

    def fill(self, settings: dict) -> None:
        if settings:
            link = urllib.parse.urlsplit(self.gateway.run("organisation", "create", "Acme").strip()).path
            self.admin = self.join(link, "ann@example.com", name="Ann")
        else:
            self.admin = self.join(self.gateway.link(), "ann@example.com", organisation="Acme", name="Ann")
        ask = self.gateway.ask
        for slug in ("last", "other"):
            server = {"slug": slug, "url": self.upstream.url, "accept": "initial"}
            setattr(self, slug, ask("POST", "/servers", server)[1]["id"])
            assert ask("POST", f"/servers/{getattr(self, slug)}/scan")[0] == 200
        policy = ask("POST", "/policies", {"name": "echo", "document": json.dumps(POLICY)})[1]["id"]
        assert ask("POST", f"/policies/{policy}/publish")[0] == 201
        self.policy = policy
        self.shared = self.grant("shared", "viewer")
        self.kept = self.grant("kept", None)

    def grant(self, label: str, role: str | None) -> str:
        pairs = [{"server": server, "policy": self.policy} for server in (self.last, self.other)]
        about = {"label": label, "servers": pairs} | ({"connectable_by": role} if role else {})
        return self.gateway.ask("POST", "/grants", about)[1]["record"]["id"]

    def join(self, path: str, email: str, **person) -> Browser:
        browser = Browser(self.gateway.console)
        person |= {"email": email, "password": PASSWORD}
        status, headers, text = browser.send(path, **person)
        assert (status, headers["location"]) == (303, "/account"), text
        return browser

    def member(self, email: str, role: str = "viewer") -> Browser:
        status, invitation = self.gateway.ask("POST", "/invitations", {"email": email, "role": role})
        assert status == 201, invitation
        return self.join(f"/join/{invitation['token']}", email, name=email)

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.gateway.console}"

    @property
    def endpoint(self) -> str:
        return self.gateway.url("last")

    def close(self) -> None:
        self.gateway.stop()
        self.upstream.close()


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    running = Stack(tmp_path_factory.mktemp("clients"))
    yield running
    running.close()


def chain(stack) -> str:
    """The audit chain, events too."""
    with sqlite3.connect(f"file:{stack.gateway.data}/gatehouse.sqlite?mode=ro", uri=True) as store:
        return "\n".join(entry for (entry,) in store.execute("SELECT entry FROM audit ORDER BY sequence"))


@asynccontextmanager
async def connected(stack, browser, tokens, document: str | None = None):
    """The official client, signed in by itself."""
    auth = consent.provider(stack.endpoint, browser, tokens, document)
    async with httpx2.AsyncClient(auth=auth, timeout=30) as web:
        async with Client(streamable_http_client(stack.endpoint, http_client=web)) as client:
            yield client


class Bare:
    """A client that does what it is told, right or wrong."""

    known: dict[str, tuple[int, dict]] = {}

    def __init__(self, stack, name: str = "Bare", **registration):
        self.stack, self.verifier = stack, secrets.token_urlsafe(48)
        about = json.dumps({"client_name": name, "redirect_uris": [consent.CALLBACK]} | registration)
        # How many register in a minute has a bound.
        key = stack.issuer + about
        if key not in self.known:
            self.known[key] = self.post("register", about, "application/json")
        self.status, self.registered = self.known[key]
        self.id = self.registered.get("client_id")

    def post(self, path: str, body, kind: str = "application/x-www-form-urlencoded", **headers):
        if isinstance(body, dict):
            body = urllib.parse.urlencode(body)
        connection = http.client.HTTPConnection("127.0.0.1", self.stack.gateway.console, timeout=30)
        connection.request("POST", f"/oauth/{path}", body, {"content-type": kind} | headers)
        reply = connection.getresponse()
        text = reply.read()
        connection.close()
        return reply.status, json.loads(text) if text else {}

    def question(self, **changes) -> str:
        digest = base64.urlsafe_b64encode(hashlib.sha256(self.verifier.encode()).digest())
        about = {
            "response_type": "code",
            "client_id": self.id,
            "redirect_uri": consent.CALLBACK,
            "code_challenge": digest.rstrip(b"=").decode(),
            "code_challenge_method": "S256",
            "resource": self.stack.endpoint,
            "state": "s 1",
        } | changes
        return "/oauth/authorize?" + urllib.parse.urlencode({k: v for k, v in about.items() if v is not None})

    def code(self, browser, **changes) -> str:
        came = consent.answer(consent.decide(browser, self.question(**changes)))
        assert (came["state"], came["iss"]) == ("s 1", self.stack.issuer)
        return came["code"]

    def exchange(self, code: str, **changes):
        about = {
            "grant_type": "authorization_code",
            "code": code,
            "client_id": self.id,
            "redirect_uri": consent.CALLBACK,
            "code_verifier": self.verifier,
            "resource": self.stack.endpoint,
        } | changes
        return self.post("token", {k: v for k, v in about.items() if v is not None})

    def refresh(self, token: str, **changes):
        about = {"grant_type": "refresh_token", "refresh_token": token, "client_id": self.id} | changes
        return self.post("token", about)

    def tokens_of(self, browser, grant: int) -> dict:
        """The tokens of the grant at this place of the page."""
        came = consent.answer(consent.decide(browser, self.question(), grant=grant))
        return self.exchange(came["code"])[1]

    def tokens(self, browser, **changes) -> dict:
        status, given = self.exchange(self.code(browser, **changes))
        assert status == 200, given
        return given


@pytest.mark.anyio
async def test_the_official_client_signs_in_calls_refreshes_and_is_gone_once_disconnected(stack):
    browser, tokens = stack.member("eve@example.com"), consent.Tokens()
    async with connected(stack, browser, tokens) as client:
        assert "echo" in str(await client.call_tool("echo", {"text": "x"}))
        first = tokens.tokens
        refresher = Bare(stack)
        refresher.id = tokens.client.client_id
        status, second = refresher.refresh(first.refresh_token)
        assert status == 200 and second["refresh_token"] != first.refresh_token
        assert stack.gateway.status("last", second["access_token"]) != 401
    claims = jwt.decode(first.access_token, options={"verify_signature": False})
    assert (claims["iss"], claims["aud"]) == (stack.issuer, stack.endpoint)
    assert claims["exp"] - claims["iat"] <= 600
    listed = json.loads(stack.gateway.run("grant", "connections", "shared", "--json"))
    mine = [one for one in listed if one["id"] == claims["connection"]][0]
    assert (mine["client_name"], mine["resource"], mine["member"]) == ("Journey", stack.endpoint, claims["sub"])
    audit = stack.gateway.run("audit", "list", "--json", "--data", str(stack.gateway.data))
    assert f"grant:{stack.shared}/member:{claims['sub']}" in audit
    stack.gateway.run("grant", "disconnect", claims["connection"])
    assert stack.gateway.status("last", second["access_token"]) == 401
    assert refresher.refresh(second["refresh_token"])[1]["error"] == "invalid_grant"
    done = [event["event"]["operation"] for event in json.loads(stack.gateway.run("event", "list", "--json"))]
    assert done[0] == "disconnectClient" and "connectClient" in done
    assert "registerClient" in chain(stack)
    for secret in (first.access_token, first.refresh_token, second["refresh_token"]):
        assert secret not in stack.gateway.log_text() + audit


def test_what_is_said_of_where_to_sign_in(stack):
    unknown = stack.gateway.send("POST", "last", "ghs_none", {"id": 1, "method": "tools/list", "params": {}})
    assert unknown.status == 401
    challenge = unknown.headers["www-authenticate"]
    assert f'resource_metadata="http://127.0.0.1:{stack.gateway.port}/.well-known/oauth-protected-resource/mcp/last"' in challenge
    resource = httpx2.get(f"http://127.0.0.1:{stack.gateway.port}/.well-known/oauth-protected-resource/mcp/last").json()
    assert (resource["resource"], resource["authorization_servers"]) == (stack.endpoint, [stack.issuer])
    server = httpx2.get(stack.issuer + "/.well-known/oauth-authorization-server").json()
    assert server["issuer"] == stack.issuer
    assert server["code_challenge_methods_supported"] == ["S256"]
    assert server["token_endpoint_auth_methods_supported"] == ["none"]
    keys = httpx2.get(server["jwks_uri"]).json()["keys"]
    assert {key["alg"] for key in keys} == {"ES256"} and not any("d" in key for key in keys)


def test_a_grants_own_token_goes_on_beside(stack):
    status, made = stack.gateway.ask("POST", "/grants", {"label": "own", "servers": [{"server": stack.last, "policy": stack.policy}]})
    assert status == 201
    assert stack.gateway.status("last", made["token"]) != 401


def test_a_token_is_for_the_one_endpoint_it_was_asked_for(stack):
    token = Bare(stack).tokens(stack.admin)["access_token"]
    assert stack.gateway.status("last", token) != 401
    assert stack.gateway.status("other", token) == 401


def test_a_code_that_is_shown_again_takes_back_what_it_gave(stack):
    bare = Bare(stack)
    code = bare.code(stack.admin)
    status, given = bare.exchange(code)
    assert status == 200 and stack.gateway.status("last", given["access_token"]) != 401
    assert bare.exchange(code)[1]["error"] == "invalid_grant"
    assert stack.gateway.status("last", given["access_token"]) == 401
    assert bare.refresh(given["refresh_token"])[1]["error"] == "invalid_grant"


def test_a_refresh_token_that_is_shown_again_takes_everything_back(stack):
    bare = Bare(stack)
    first = bare.tokens(stack.admin)
    status, second = bare.refresh(first["refresh_token"])
    assert status == 200
    assert bare.refresh(first["refresh_token"])[1]["error"] == "invalid_grant"
    assert bare.refresh(second["refresh_token"])[1]["error"] == "invalid_grant"
    for given in (first, second):
        assert stack.gateway.status("last", given["access_token"]) == 401


@pytest.mark.parametrize("shown", ["access_token", "refresh_token"])
def test_a_client_takes_back_its_own_tokens(stack, shown):
    bare, other = Bare(stack), Bare(stack, "Other")
    given = bare.tokens(stack.admin)
    for client, status in ((other.id, 200), (bare.id, 401)):
        assert bare.post("revoke", {"token": given[shown], "client_id": client})[0] == 200
        assert (stack.gateway.status("last", given["access_token"]) == 401) == (status == 401)
    assert bare.refresh(given["refresh_token"])[1]["error"] == "invalid_grant"


def test_what_ends_a_grant_or_a_member_ends_its_clients_and_their_streams(stack):
    gateway = stack.gateway
    for ending in ("stop", "demote", "disable", "revoke", "remove"):
        email = f"{ending}@example.com"
        # A role that the grant asks for, and that can be taken away.
        browser, grant = stack.member(email, "policy_manager"), stack.grant(ending, "policy_manager")
        bare = Bare(stack)
        page = browser.request("GET", bare.question())[2]
        given = bare.tokens_of(browser, consent.grants(page).index(grant))
        session = gateway.open_session("last", given["access_token"])
        stream = gateway.open_stream("last", given["access_token"], session)
        member = [one for one in gateway.ask("GET", "/members?limit=200")[1]["items"] if one["email"] == email][0]["id"]
        method, path, body = {
            "stop": ("POST", f"/grants/{grant}/stop", None),
            "disable": ("POST", f"/members/{member}/disable", None),
            "demote": ("PATCH", f"/members/{member}", {"role": "viewer"}),
            "revoke": ("DELETE", f"/grants/{grant}", None),
            "remove": ("DELETE", f"/members/{member}", None),
        }[ending]
        assert gateway.ask(method, path, body)[0] in (200, 204), ending
        stream.read()
        assert gateway.status("last", given["access_token"]) == 401, ending
        assert bare.refresh(given["refresh_token"])[1]["error"] == "invalid_grant", ending


def test_a_member_gives_only_what_the_member_may_use(stack):
    bare, viewer = Bare(stack), stack.member("vic@example.com")
    page = viewer.request("GET", bare.question())[2]
    assert stack.shared in consent.grants(page) and stack.kept not in consent.grants(page)
    form = consent.fields(page)["allow"] | {"grant": stack.kept}
    status, headers, _ = viewer.request("POST", "/oauth/authorize", form, accept="text/html")
    assert status == 404 and "location" not in headers
    assert stack.kept in consent.grants(stack.admin.request("GET", bare.question())[2])


def test_all_servers_of_a_grant_at_one_address_are_an_endpoint_of_their_own(stack):
    bare, whole = Bare(stack), f"http://127.0.0.1:{stack.gateway.port}/mcp"
    status, given = bare.exchange(bare.code(stack.admin, resource=whole), resource=whole)
    assert status == 200
    token = given["access_token"]
    session = stack.gateway.open_session("", token)
    stream = stack.gateway.open_stream("", token, session)
    assert stack.gateway.status("last", token) == 401
    assert bare.post("revoke", {"token": token, "client_id": bare.id})[0] == 200
    stream.read()
    assert stack.gateway.status("", token) == 401


def test_no_is_told_to_the_client(stack):
    came = consent.answer(consent.decide(stack.admin, Bare(stack).question(), "deny"))
    assert came == {"error": "access_denied", "state": "s 1", "iss": stack.issuer}


def test_somebody_signs_in_first_and_is_back_at_the_question(stack):
    bare, browser = Bare(stack), Browser(stack.gateway.console)
    status, headers, _ = browser.request("GET", bare.question())
    assert (status, headers["location"]) == (303, "/signin")
    status, headers, _ = browser.send("/signin", email="ann@example.com", password=PASSWORD)
    assert (status, headers["location"]) == (303, bare.question())
    assert bare.exchange(consent.answer(consent.decide(browser, headers["location"]))["code"])[0] == 200


def test_an_answer_that_is_no_forms_of_ours_decides_nothing(stack):
    bare = Bare(stack)
    page = stack.admin.request("GET", bare.question())[2]
    form = consent.fields(page)["allow"] | {"grant": consent.grants(page)[0]}
    stranger = stack.member("mal@example.com")
    theirs = consent.fields(stranger.request("GET", bare.question())[2])["allow"]["form"]
    for wrong in ({"form": ""}, {"form": "0" * 64}, {"form": theirs}):
        assert stack.admin.request("POST", "/oauth/authorize", form | wrong)[0] == 403
    assert stack.admin.request("POST", "/oauth/authorize", form, origin="https://evil.example")[0] == 403
    assert stack.admin.request("GET", "/oauth/authorize?" + urllib.parse.urlencode(form))[0] == 400


@pytest.mark.parametrize(
    "changes",
    [
        {"redirect_uri": "https://evil.example/callback"},
        {"redirect_uri": consent.CALLBACK + "/"},
        {"redirect_uri": consent.CALLBACK + "?x=1"},
        {"redirect_uri": "http://127.0.0.1.evil.example:33418/callback"},
        {"redirect_uri": "http://localhost:33418/callback"},
        {"redirect_uri": None},
        {"client_id": "reg.0.AAAA"},
        {"client_id": None},
        {"code_challenge_method": "plain"},
        {"code_challenge_method": None},
        {"code_challenge": None},
        {"response_type": "token"},
        {"resource": None},
        {"resource": "https://elsewhere.example/mcp"},
        {"resource": "{endpoint}/"},
        {"resource": "{endpoint}?x"},
        {"request_uri": "https://evil.example/request"},
        {"state": "s" * 2000},
    ],
    ids=lambda changes: ",".join(f"{key}={str(value)[:40]}" for key, value in changes.items()),
)
def test_a_question_with_anything_wrong_sends_nobody_anywhere(stack, changes):
    bare = Bare(stack)
    filled = {key: value and value.replace("{endpoint}", stack.endpoint) for key, value in changes.items()}
    for browser in (stack.admin, Browser(stack.gateway.console)):
        status, headers, text = browser.request("GET", bare.question(**filled), accept="text/html")
        assert status == 400 and "location" not in headers, text
        assert 'name="grant"' not in text


def test_another_port_of_ones_own_machine_is_the_same_address(stack):
    bare = Bare(stack)
    elsewhere = consent.CALLBACK.replace("33418", "50000")
    code = bare.code(stack.admin, redirect_uri=elsewhere)
    assert bare.exchange(code, redirect_uri=elsewhere)[0] == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"code_verifier": "v" * 43},
        {"redirect_uri": "http://127.0.0.1:1/callback"},
        {"resource": "{other}"},
        {"client_id": "{client}"},
    ],
    ids=str,
)
def test_a_code_shown_with_anything_wrong_is_void(stack, changes):
    bare = Bare(stack)
    other = {"{other}": stack.gateway.url("other"), "{client}": Bare(stack, "Other").id}
    code = bare.code(stack.admin)
    assert bare.exchange(code, **{key: other.get(value, value) for key, value in changes.items()})[1] == {
        "error": "invalid_grant",
        "error_description": "the code is none, or of no more use",
    }
    assert bare.exchange(code)[1]["error"] == "invalid_grant"


@pytest.mark.parametrize(
    "redirect",
    ["javascript:alert(1)", "data:text/html,x", "http://evil.example/", "https://a@evil.example/", "https://e.example/#x"],
)
def test_a_client_with_an_address_that_cannot_be_is_not_registered(stack, redirect):
    bare = Bare(stack, redirect_uris=[redirect])
    assert (bare.status, bare.registered["error"]) == (400, "invalid_redirect_uri")


def test_a_clients_name_is_text_and_nothing_else(stack):
    name = '</b><script src="https://evil.example/x"></script>\u202egnp.exe' + "A" * 500
    bare = Bare(stack, name)
    status, headers, page = stack.admin.request("GET", bare.question())
    assert status == 200 and "<script" not in page and "&lt;script" in page
    assert "\u202e" not in page and "A" * 101 not in page
    policy = headers["content-security-policy"]
    assert "script-src 'self'" in policy and "frame-ancestors 'none'" in policy and headers["x-frame-options"] == "DENY"


def test_a_scanner_that_signs_in_finds_no_must_failed(stack, tmp_path):
    """`mcp-authlab login` with a member's browser, then `scan` with what it got."""
    lab, asked = str(Path(sys.executable).with_name("mcp-authlab")), tmp_path / "asked"
    opener = tmp_path / "open.py"
    opener.write_text(f"import sys; open({str(asked)!r}, 'a').write(sys.argv[1] + chr(10))")
    home = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "BROWSER": f"{sys.executable} {opener} %s"}
    words = [lab, "login", stack.endpoint, "--foreign-resource", stack.gateway.url("other"), "--thorough"]
    login = subprocess.Popen(
        [*words, "--timeout", "60"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=home
    )
    answered = 0

    def is_over():
        nonlocal answered
        for question in asked.read_text().splitlines()[answered:] if asked.exists() else []:
            answered += 1
            httpx2.get(consent.decide(stack.admin, question))
        return login.poll() is not None

    wait_until(is_over, "the sign-ins", 90)
    said = login.communicate()[0]
    assert login.returncode == 0, said
    report = tmp_path / "report.json"
    done = subprocess.run(
        [lab, "scan", stack.endpoint, "--format", "json", "-o", report],
        capture_output=True, text=True, timeout=120, env=home,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    results = json.loads(report.read_text())["results"]
    print([(r["id"], r["status"], r["message"]) for r in results if r["status"] != "pass"])
    assert [f"{r['id']}: {r['message']}" for r in results if r["status"] in ("fail", "error")] == []
    passed = {r["id"] for r in results if r["status"] == "pass"}
    flow = {f"ASF-0{number}" for number in range(1, 7)}
    assert passed >= flow | {"PRM-02", "CHAL-02", "TOK-03", "ASM-02", "ASM-04", "ASM-05", "ASM-06"}


ABOUT = {"client_name": "Documented", "redirect_uris": [consent.CALLBACK], "token_endpoint_auth_method": "none"}


@pytest.fixture(scope="module")
def documents(certificate):
    running = Documents(certificate)
    yield running
    running.close()


@pytest.fixture(scope="module")
def inside(tmp_path_factory, documents, certificate):
    """A gateway that takes clients' documents from one origin of its own network."""
    allowed = {"client_origins": [documents.origin], "certificates": str(certificate / "certificate.pem")}
    running = Stack(tmp_path_factory.mktemp("inside"), authorization=allowed)
    yield running
    running.close()


@pytest.mark.anyio
async def test_the_official_client_signs_in_by_its_document(inside, documents):
    document, tokens = documents.put("/journey.json", **ABOUT), consent.Tokens()
    async with connected(inside, inside.admin, tokens, document) as client:
        assert "echo" in str(await client.call_tool("echo", {"text": "x"}))
    assert tokens.client.client_id == document
    listed = json.loads(inside.gateway.run("grant", "connections", "--json"))
    assert [(one["client"], one["client_name"]) for one in listed] == [(document, "Documented")]
    assert "registerClient" not in chain(inside)


def test_a_document_is_looked_up_for_members_alone_and_once(inside, documents):
    bare, stranger = Bare(inside), Browser(inside.gateway.console)
    bare.id = documents.put("/once.json", **ABOUT)
    assert stranger.request("GET", bare.question())[1]["location"] == "/signin"
    assert "/once.json" not in documents.asked
    page = [inside.admin.request("GET", bare.question())[2] for _ in range(3)][0]
    assert documents.asked.count("/once.json") == 1
    assert "Documented" in page and bare.id in page


@pytest.mark.parametrize(
    "members",
    [
        {"client_id": "https://localhost/other.json"},
        {"redirect_uris": ["https://evil.example/callback"]},
        {"redirect_uris": []},
        {"token_endpoint_auth_method": "private_key_jwt"},
        {"client_secret": "s"},
        {"client_name": "A" * 20_000},
    ],
    ids=lambda members: ",".join(members),
)
def test_a_document_with_anything_wrong_lets_nobody_in(inside, documents, members):
    bare = Bare(inside)
    bare.id = documents.put(f"/{secrets.token_hex(8)}.json", **ABOUT | members)
    status, headers, text = inside.admin.request("GET", bare.question(), accept="text/html")
    assert status == 400 and "location" not in headers and "<form" not in text


def test_no_client_leads_the_gateway_into_its_own_network(stack):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port, bare = listener.getsockname()[1], Bare(stack)
        hosts = ["127.0.0.1", "localhost", "0x7f.1", "2130706433", "[::1]", "[::ffff:7f00:1]", "169.254.169.254"]
        for client in [f"https://{host}:{port}/client.json" for host in hosts]:
            bare.id = client
            status, headers, _ = stack.admin.request("GET", bare.question(), accept="text/html")
            assert status == 400 and "location" not in headers, client
        for client in (f"http://127.0.0.1:{port}/c", f"https://127.0.0.1:{port}", f"https://a@b:{port}/c", "https://"):
            bare.id = client
            assert stack.admin.request("GET", bare.question())[0] == 400, client
        listener.settimeout(0)
        with pytest.raises(BlockingIOError):
            listener.accept()


class Listener(http.server.BaseHTTPRequestHandler):
    """A client's own port, where the browser brings the answer."""

    def do_GET(self) -> None:
        self.server.came.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"come back to your client")

    def log_message(self, *_) -> None:
        pass


@pytest.mark.parametrize("width", [1440, 390])
def test_a_person_decides_in_a_browser_without_scripts(stack, width):
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener) as listener:
        listener.came = []
        threading.Thread(target=listener.serve_forever, daemon=True).start()
        bare, elsewhere = Bare(stack), f"http://127.0.0.1:{listener.server_port}/callback"
        with browsing(stack.issuer) as browser:
            browser.resize(width)
            browser.scripts(are_run=False)
            browser.open(bare.question(redirect_uri=elsewhere))
            find = browser.driver.find_element
            find("id", "email").send_keys("ann@example.com")
            find("id", "password").send_keys(PASSWORD, Keys.ENTER)
            assert browser.headings() == ["Let a client in?"]
            assert browser.run("return document.documentElement.scrollWidth <= innerWidth")
            for scheme in ("light", "dark"):
                browser.media(scheme)
                browser.driver.refresh()
                assert browser.run(FAINT) == []
            if shots := os.environ.get("SHOTS"):
                browser.driver.save_screenshot(f"{shots}/consent-{width}.png")
            find("css selector", f"input[value='{stack.shared}']").click()
            find("css selector", "button.main").click()
            wait_until(lambda: any("code=" in path for path in listener.came), "the answer")
            assert [line for line in browser.complaints() if "favicon" not in line] == []
        listener.shutdown()
    code = consent.answer(next(path for path in listener.came if "code=" in path))["code"]
    assert bare.exchange(code, redirect_uri=elsewhere)[0] == 200
