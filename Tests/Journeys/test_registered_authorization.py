"""Registered servers that ask for tokens: somebody signs in by the link that admins see, once."""

import json
import re

import pytest

from harness.managed import ManagedGateway
from harness.programs import wait_until
from test_authorized_servers import fixture, follow, kept

POLICY = '{"version":"1","default":"allow"}'


@pytest.fixture
def gateway(tmp_path):
    with ManagedGateway(tmp_path / "gateway") as running:
        running.run("organisation", "create", "Acme")
        yield running


def shown(gateway, server="lab", token=None) -> dict:
    items = gateway.ask("GET", "/servers", token=token)[1]["items"]
    return next(item for item in items if item["slug"] == server)


def operations(gateway) -> list[str]:
    return [event["event"]["operation"] for event in gateway.ask("GET", "/events?limit=200")[1]["items"]]


async def echo(gateway, token: str, text: str) -> str:
    async with gateway.client("lab", token) as client:
        return (await client.call_tool("echo", {"text": text})).content[0].text


@pytest.mark.anyio
async def test_an_admin_signs_in_by_the_link_and_is_asked_again_when_the_tokens_are_worth_nothing(gateway, tmp_path):
    with fixture(tmp_path, "reference") as (port, _):
        gateway.run("server", "add", "lab", "--url", f"http://127.0.0.1:{port}/mcp", "--oauth", "--accept", "initial")
        assert shown(gateway)["authorization"] == {"state": "untried"}
        refused = gateway.run("server", "scan", "lab", fails=True)
        assert "has to sign in" in refused
        standing = shown(gateway)["authorization"]
        assert standing["state"] == "needs_sign_in" and standing["link"] in gateway.log_text()
        assert standing["link"] in gateway.run("server", "show", "lab")
        viewer = gateway.run("token", "create", "looks", "--role", "viewer").strip()
        assert "link" not in shown(gateway, token=viewer)["authorization"]
        assert follow(standing["link"])[0] == 200
        assert shown(gateway)["authorization"] == {"state": "authorized"}
        assert follow(standing["link"])[0] == 404
        assert operations(gateway)[0] == "signedIn" and "signInNeeded" in operations(gateway)
        scanned = json.loads(gateway.run("server", "scan", "lab", "--json"))
        assert {tool["state"] for tool in scanned} == {"accepted"}
        (tmp_path / "all.json").write_text(POLICY)
        gateway.run("policy", "publish", "all", str(tmp_path / "all.json"))
        token = gateway.run("grant", "create", "laptop", "--server", "lab=all").strip()
        assert await echo(gateway, token, "first") == "first"
        # A restart asks nobody.
        gateway.stop()
        gateway.start()
        assert await echo(gateway, token, "second") == "second"
        assert shown(gateway)["authorization"] == {"state": "authorized"}
        assert len(kept(gateway)) == 1
    # The same server, as if it had lost its keys and everything it gave.
    with fixture(tmp_path, "reference", port=port):
        assert await echo(gateway, token, "third") != "third"
        wait_until(lambda: operations(gateway)[0] == "signInNeeded", "the event")
        standing = shown(gateway)["authorization"]
        assert standing["state"] == "needs_sign_in"
        # It does not know the gateway any more either, which only the person is told; trying again comes as a new client.
        assert [follow(standing["link"])[0] for _ in range(2)] == [400, 200]
        assert await echo(gateway, token, "fourth") == "fourth"
    gateway.run("grant", "revoke", "laptop")
    gateway.run("server", "remove", "lab")
    assert kept(gateway) == []


def test_a_client_with_a_secret_needs_its_issuer_and_shows_its_secret_to_nobody(gateway, tmp_path):
    secret = "hand-made-secret-0123456789"
    body = {"slug": "lab", "url": "http://127.0.0.1:9/mcp"}
    oauth = {"grant": "client_credentials", "client_id": "gatehouse", "client_secret": secret}
    status, refused = gateway.ask("POST", "/servers", body | {"oauth": oauth})
    assert status == 422 and "`oauth` needs the `issuer`" in refused["detail"]
    oauth["issuer"] = "http://127.0.0.1:9"
    status, made = gateway.ask("POST", "/servers", body | {"oauth": oauth})
    assert status == 201 and made["oauth"]["has_secret"] is True and made["secret_names"] == []
    address = f"/servers/{made['id']}"
    status, refused = gateway.ask("PATCH", address, {"secrets": {"oauth client_secret": "x"}})
    assert status == 422 and "member of `oauth`" in refused["detail"]
    status, changed = gateway.ask("PATCH", address, {"oauth": {**oauth, "client_secret": None}})
    assert status == 200 and changed["oauth"]["has_secret"] is False
    moved = {name: value for name, value in oauth.items() if name != "client_secret"} | {"issuer": "http://127.0.0.1:8"}
    status, changed = gateway.ask("PATCH", address, {"oauth": oauth})
    assert status == 200 and changed["oauth"]["has_secret"] is True
    status, refused = gateway.ask("PATCH", address, {"oauth": moved})
    assert status == 422 and "another issuer" in refused["detail"]
    gateway.run("server", "set", "lab", "--no-oauth", "--title", "Lab")
    assert "oauth" not in shown(gateway) and shown(gateway)["title"] == "Lab"
    for path in ("/servers", "/events?limit=200", "/export"):
        assert secret not in json.dumps(gateway.ask("GET", path)[1])
    for file in gateway.data.iterdir():
        assert secret.encode() not in file.read_bytes(), file
    assert not re.search(secret, gateway.log_text())
