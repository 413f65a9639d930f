"""From a fresh start to an agent's call and its end: by pages, by commands, by files; and who may not."""

import json
import re
import subprocess

import pytest
from mcp import MCPError

from aws import IAM_SERVER, READ_ONLY, LocalAWS
from harness.managed import Browser, ManagedGateway
from harness.programs import GATEHOUSE, ROOT, free_port, program, wait_until

POLICY = (ROOT / "Demo" / "policy.yaml").read_text()
PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def aws():
    with LocalAWS(free_port()) as running:
        yield running


@pytest.fixture
def gateway(tmp_path):
    with ManagedGateway(tmp_path) as running:
        yield running


def sign_up(gateway) -> Browser:
    browser = Browser(gateway.console)
    person = {"organisation": "Acme", "name": "Ann", "email": "ann@example.com", "password": PASSWORD}
    status, headers, text = browser.send(gateway.link(), **person)
    assert (status, headers["location"]) == (303, "/account"), text
    return browser


async def works_and_is_hidden(gateway, server, token, aws):
    async with gateway.client(server, token) as client:
        names = [tool.name for tool in (await client.list_tools()).tools]
        assert len(names) == 14 and "detach_user_policy" not in names
        found = await client.call_tool("list_users", {"ctx": {"content": []}})
        assert "alice" in str(found.content)
        with pytest.raises(MCPError):
            await client.call_tool(
                "detach_user_policy", {"user_name": "alice", "policy_arn": READ_ONLY, "confirmed": True}
            )
    assert "ReadOnlyAccess" in aws.policies_of("alice")


@pytest.mark.anyio
async def test_fresh_start_to_revoked_by_page_and_interface(gateway, aws):
    browser = sign_up(gateway)
    status, _, text = browser.request("GET", "/account")
    assert status == 200 and "ann@example.com" in text and "Acme" in text and "admin" in text
    status, made = gateway.ask("POST", "/tokens", {"label": "ci", "role": "admin"})
    assert status == 201
    token = made["token"]

    def ask(method, path, body=None):
        return gateway.ask(method, path, body, token)

    status, server = ask(
        "POST", "/servers", {"slug": "iam", "command": [IAM_SERVER, "--allow-write"], "secrets": aws.environment}
    )
    assert status == 201 and server["secret_names"] == sorted(aws.environment)
    assert not any(value in json.dumps(server) for value in aws.environment.values() if len(value) > 8)
    status, scanned = ask("POST", f"/servers/{server['id']}/scan")
    assert status == 200 and len(scanned["items"]) == 29
    assert {tool["state"] for tool in scanned["items"]} == {"new"}
    status, policy = ask("POST", "/policies", {"name": "demo", "document": POLICY})
    assert status == 201
    status, refused = ask("POST", f"/policies/{policy['id']}/publish", {"document": {"version": "1", "defalt": "deny"}})
    assert (status, refused["code"]) == (422, "policy") and "did you mean" in refused["detail"]
    status, version = ask("POST", f"/policies/{policy['id']}/publish")
    assert (status, version["number"]) == (201, 1)
    pair = {"server": server["id"], "policy": policy["id"]}
    status, grant = ask("POST", "/grants", {"label": "laptop", "servers": [pair]})
    assert status == 201 and grant["token"].startswith("ghs_")
    agent = grant["token"]
    # Nothing of the server is accepted yet, so nothing of it exists.
    async with gateway.client("iam", agent) as client:
        assert (await client.list_tools()).tools == []
    status, accepted = ask("POST", f"/servers/{server['id']}/accept", {})
    assert status == 200 and {tool["state"] for tool in accepted["items"]} == {"accepted"}
    await works_and_is_hidden(gateway, "iam", agent, aws)
    shown = ask("GET", f"/grants/{grant['record']['id']}")[1]
    assert shown["last_used_at"] > shown["grant"]["created_at"]
    # The token is told once: nothing that can be asked for holds it or its secret values.
    for path in ("/grants", f"/grants/{grant['record']['id']}", "/servers", "/events", "/export"):
        assert agent not in json.dumps(ask("GET", path)[1])
    assert ask("DELETE", f"/grants/{grant['record']['id']}")[0] == 204
    assert gateway.status("iam", agent) == 401
    stored = b"".join(path.read_bytes() for path in gateway.data.iterdir() if path.name.startswith("gatehouse.sqlite"))
    for secret in (agent, token, PASSWORD):
        assert secret.encode() not in stored


@pytest.mark.anyio
async def test_the_same_by_commands(gateway, aws):
    gateway.run("organisation", "create", "Acme")
    secrets = [word for name, value in aws.environment.items() for word in ("--secret", f"{name}={value}")]
    gateway.run("server", "add", "iam", "--accept", "initial", *secrets, "--", IAM_SERVER, "--allow-write")
    scanned = json.loads(gateway.run("server", "scan", "iam", "--json"))
    assert len(scanned) == 29 and {tool["state"] for tool in scanned} == {"accepted"}
    gateway.run("policy", "publish", "demo", str(ROOT / "Demo" / "policy.yaml"))
    token = gateway.run("grant", "create", "laptop", "--server", "iam=demo", "--tag", "team=platform").strip()
    await works_and_is_hidden(gateway, "iam", token, aws)
    newer = gateway.run("grant", "rotate", "laptop", "--overlap", "60").strip()
    assert {gateway.status("iam", one) for one in (token, newer)} & {401} == set()
    gateway.run("grant", "rotate", "laptop")
    assert gateway.status("iam", token) == gateway.status("iam", newer) == 401
    last = gateway.run("grant", "rotate", "laptop").strip()
    for thing in ("grant stop laptop", "organisation stop"):
        gateway.run(*thing.split())
        assert gateway.status("iam", last) == 401
        gateway.run(*thing.replace("stop", "resume").split())
        assert gateway.status("iam", last) != 401
    gateway.run("server", "stop", "iam")
    assert gateway.status("iam", last) == 404
    gateway.run("server", "resume", "iam")
    await works_and_is_hidden(gateway, "iam", last, aws)
    gateway.run("grant", "revoke", "laptop")
    assert gateway.status("iam", last) == 401
    events = json.loads(gateway.run("event", "list", "--json", "--limit", "200"))
    done = [event["event"]["operation"] for event in events]
    assert done[0] == "revokeGrant" and "registerServer" in done and "stop" in done
    assert not any(value in json.dumps(events) for value in aws.environment.values() if len(value) > 8)
    assert "intact" in gateway.run("audit", "verify", "--data", str(gateway.data))


@pytest.mark.anyio
async def test_the_same_by_the_folder_that_export_writes(gateway, aws, tmp_path):
    gateway.run("organisation", "create", "Acme")
    secrets = [word for name, value in aws.environment.items() for word in ("--secret", f"{name}={value}")]
    gateway.run("server", "add", "iam", "--accept", "initial", *secrets, "--", IAM_SERVER, "--allow-write")
    gateway.run("server", "scan", "iam")
    gateway.run("policy", "publish", "demo", str(ROOT / "Demo" / "policy.yaml"))
    token = gateway.run("grant", "create", "laptop", "--server", "iam=demo").strip()
    folder = tmp_path / "exported"
    gateway.run("export", str(folder))
    files = "".join(path.read_text() for path in folder.rglob("*") if path.is_file())
    assert token not in files
    names = {f"GATEHOUSE_IAM_{name}": value for name, value in aws.environment.items()}
    other = ManagedGateway(tmp_path / "other", "--config", str(folder / "gatehouse.yaml"))
    other.start(**names)
    try:
        wait_until(lambda: "definitions accepted" in other.log_text() or other.status("iam", token) == 200, "the start")
        await works_and_is_hidden(other, "iam", token, aws)
        # What files own is not changed here, and says so.
        status, _ = other.ask("POST", "/organisations", {"name": "Acme"})
        assert status == 201
        status, refused = other.ask("POST", "/servers", {"slug": "iam", "url": "http://127.0.0.1:1/mcp"})
        assert (status, refused["code"]) == (409, "declared") and "configuration file" in refused["detail"]
        configuration = folder / "gatehouse.yaml"
        declared = json.loads(configuration.read_text())
        configuration.write_text(json.dumps(declared | {"grants": []}))
        wait_until(lambda: other.status("iam", token) == 401, "the grant to go")
    finally:
        other.stop()


@pytest.mark.parametrize("end", ["grant revoke laptop", "grant stop laptop", "server stop iam", "organisation stop"])
def test_a_session_and_its_open_stream_end_at_once(gateway, aws, end):
    gateway.run("organisation", "create", "Acme")
    secrets = [word for name, value in aws.environment.items() for word in ("--secret", f"{name}={value}")]
    gateway.run("server", "add", "iam", "--accept", "initial", *secrets, "--", IAM_SERVER)
    gateway.run("server", "scan", "iam")
    gateway.run("policy", "publish", "demo", str(ROOT / "Demo" / "policy.yaml"))
    token = gateway.run("grant", "create", "laptop", "--server", "iam=demo").strip()
    opened = gateway.open_session("iam", token)
    stream = gateway.open_stream("iam", token, opened)
    gateway.run(*end.split())
    assert stream.read() is not None, "the stream ends"
    assert gateway.status("iam", token, opened) in (401, 404)


def test_the_first_link_works_once_and_only_for_the_first(gateway):
    link = gateway.link()
    sign_up(gateway)
    assert Browser(gateway.console).request("GET", link)[0] == 404
    assert Browser(gateway.console).request("GET", "/join/ghi_" + "0" * 72)[0] == 404


def test_sign_in_and_out_and_everywhere(gateway):
    first = sign_up(gateway)
    second = Browser(gateway.console)
    status, _, text = second.send("/signin", email="ann@example.com", password="wrong")
    other_status, _, other = second.send("/signin", email="nobody@example.com", password="wrong")
    hide = lambda page: re.sub(r'value="[^"]*"', "", page)  # noqa: E731
    assert status == other_status == 401 and hide(text) == hide(other)
    assert second.send("/signin", email="ann@example.com", password=PASSWORD)[0] == 303
    assert second.request("GET", "/account")[0] == 200
    assert second.send("/signout/everywhere", page="/account")[0] == 303
    for browser in (first, second):
        status, headers, _ = browser.request("GET", "/account")
        assert (status, headers["location"]) == (303, "/signin")


def test_a_new_password_takes_the_present_one_and_ends_every_other_sign_in(gateway):
    browser, other, new = sign_up(gateway), Browser(gateway.console), "staple battery horse"
    assert other.send("/signin", email="ann@example.com", password=PASSWORD)[0] == 303
    change = {"present": PASSWORD, "password": new}
    # Without the form's own token, with another browser's, and from another site nothing is changed.
    assert browser.request("POST", "/account/password", change)[0] == 403
    stolen = other.form_token("/account")
    assert browser.request("POST", "/account/password", change | {"form": stolen})[0] == 403
    own = browser.form_token("/account")
    evil = browser.request("POST", "/account/password", change | {"form": own}, origin="http://evil.example")
    assert evil[0] == 403
    # A stranger is sent to sign in.
    status, headers, _ = Browser(gateway.console).send("/account/password", page="/signin", **change)
    assert (status, headers["location"]) == (303, "/signin")
    for wrong, words in (
        ({"present": "wrong", "password": new}, "present password"),
        ({"present": PASSWORD, "password": "short"}, "12 characters"),
        ({"present": "", "password": new}, "present password"),
    ):
        status, _, text = browser.send("/account/password", page="/account", **wrong)
        assert status == 422 and words in text and "not changed" in text and new not in text
    assert other.request("GET", "/account")[0] == 200
    before = browser.cookies["gatehouse"]
    status, _, text = browser.send("/account/password", page="/account", **change)
    assert status == 200 and "Your password is changed" in text and new not in text
    assert browser.cookies["gatehouse"] != before and browser.request("GET", "/account")[0] == 200
    assert browser.request("GET", "/account/password")[1]["location"] == "/account"
    assert other.request("GET", "/account")[0] == 303
    other.cookies["gatehouse"] = before
    assert other.request("GET", "/account")[0] == 303
    assert Browser(gateway.console).send("/signin", email="ann@example.com", password=PASSWORD)[0] == 401
    assert Browser(gateway.console).send("/signin", email="ann@example.com", password=new)[0] == 303
    events = gateway.ask("GET", "/events")[1]["items"]
    assert "changePassword" in [one["event"]["operation"] for one in events]
    assert new not in json.dumps(events) + gateway.log_text()


def test_a_form_needs_its_token_its_cookie_and_its_own_site(gateway):
    sign_up(gateway)
    person = {"email": "ann@example.com", "password": PASSWORD}
    browser = Browser(gateway.console)
    token = browser.form_token("/signin")
    assert browser.request("POST", "/signin", person)[0] == 403
    assert browser.request("POST", "/signin", person | {"form": "0" * 64})[0] == 403
    assert Browser(gateway.console).request("POST", "/signin", person | {"form": token})[0] == 403
    evil = browser.request("POST", "/signin", person | {"form": token}, origin="http://evil.example")
    assert evil[0] == 403
    assert browser.request("POST", "/signin", person | {"form": token}, host="evil.example")[0] == 421
    status, headers, _ = browser.request("POST", "/signin", person | {"form": token})
    assert status == 303
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy


def test_an_invited_person_has_the_role_given_and_no_more(gateway):
    sign_up(gateway)
    link = gateway.run("member", "invite", "--role", "policy_manager").strip()
    browser = Browser(gateway.console)
    path = link.removeprefix(f"http://127.0.0.1:{gateway.console}")
    weak = browser.send(path, name="Bob", email="bob@example.com", password="short")
    assert weak[0] == 422 and "12 characters" in weak[2]
    assert browser.send(path, name="Bob", email="bob@example.com", password=PASSWORD)[0] == 303
    assert "policy manager" in browser.request("GET", "/account")[2]
    assert Browser(gateway.console).request("GET", path)[0] == 404
    members = json.loads(gateway.run("member", "list", "--json"))
    assert {(member["email"], member["role"]) for member in members} == {
        ("ann@example.com", "admin"),
        ("bob@example.com", "policy_manager"),
    }


def test_no_token_outlives_its_member_or_what_made_it(gateway):
    sign_up(gateway)
    link = gateway.run("member", "invite", "--role", "admin").strip()
    path = link.removeprefix(f"http://127.0.0.1:{gateway.console}")
    Browser(gateway.console).send(path, name="Bob", email="bob@example.com", password=PASSWORD)
    stranger = gateway.ask("POST", "/tokens", {"label": "x", "role": "admin", "for": "eve@example.com"})
    assert (stranger[0], stranger[1]["code"]) == (422, "invalid")

    def make(label, token=None, **more):
        status, made = gateway.ask("POST", "/tokens", {"label": label, "role": "admin"} | more, token)
        assert status == 201, made
        return made

    def known(*made) -> list[int]:
        return [gateway.ask("GET", "/me", None, one["token"])[0] for one in made]

    for end in ("token", "member"):
        first = make(f"{end}-1", **{"for": "bob@example.com"})
        second = make(f"{end}-2", first["token"])
        third = make(f"{end}-3", second["token"])
        others = make(f"{end}-others")
        link = gateway.ask("POST", "/invitations", {"role": "admin"}, third["token"])[1]
        assert first["record"]["member"] == third["record"]["member"] == link["record"]["member"]
        assert "member" not in others["record"]
        assert known(first, second, third, others) == [200] * 4
        assert Browser(gateway.console).request("GET", f"/join/{link['token']}")[0] == 200
        if end == "token":
            gateway.run("token", "remove", "token-2")
            assert known(first, second, third, others) == [200, 401, 401, 200]
        else:
            gateway.run("member", "remove", "bob@example.com")
            assert known(first, second, third, others) == [401, 401, 401, 200]
        assert Browser(gateway.console).request("GET", f"/join/{link['token']}")[0] == 404
    assert {one["label"] for one in gateway.ask("GET", "/tokens")[1]["items"]} == {"token-others", "member-others"}


@pytest.mark.parametrize("role", ["viewer", "policy_manager"])
def test_who_is_no_admin_starts_no_program(gateway, tmp_path, role):
    gateway.run("organisation", "create", "Acme")
    token = gateway.ask("POST", "/tokens", {"label": role, "role": role})[1]["token"]
    mark = tmp_path / "started"
    body = {"slug": "x", "command": ["/usr/bin/touch", str(mark)]}
    assert gateway.ask("POST", "/servers", body, token)[0] == 403
    status, server = gateway.ask("POST", "/servers", {"slug": "y", "url": "http://127.0.0.1:1/mcp"})
    assert status == 201
    assert gateway.ask("PATCH", f"/servers/{server['id']}", body | {"slug": "y"}, token)[0] == 403
    assert gateway.ask("POST", f"/servers/{server['id']}/scan", None, token)[0] == 403
    assert not mark.exists()


def test_a_command_is_run_without_a_shell_and_with_its_own_environment_only(gateway, tmp_path):
    gateway.run("organisation", "create", "Acme")
    mark = tmp_path / "shell"
    seen = tmp_path / "environment"
    gateway.run("server", "add", "a", "--", "/usr/bin/printf", f"$(touch {mark}); touch {mark}")
    gateway.run("server", "scan", "a", fails=True)
    assert not mark.exists()
    gateway.run("server", "add", "b", "--secret", "ONLY=this", "--", "/usr/bin/env", "-S", f"sh -c 'env > {seen}'")
    gateway.run("server", "scan", "b", fails=True)
    if seen.exists():
        names = {line.partition("=")[0] for line in seen.read_text().splitlines()}
        assert "ONLY" in names and not any(name.startswith(("GATEHOUSE", "HOME")) for name in names)


def test_another_organisations_things_are_unknown(gateway):
    gateway.run("organisation", "create", "Acme")
    other = json.loads(gateway.run("organisation", "create", "Umbrella", "--json"))["organisation"]["id"]
    made = {
        "servers": gateway.ask("POST", "/servers", {"slug": "iam", "url": "http://127.0.0.1:1/mcp"})[1]["id"],
        "policies": gateway.ask("POST", "/policies", {"name": "p"})[1]["id"],
        "grants": gateway.ask("POST", "/grants", {"label": "g"})[1]["record"]["id"],
        "tokens": gateway.ask("POST", "/tokens", {"label": "t", "role": "admin"})[1]["record"]["id"],
        "invitations": gateway.ask("POST", "/invitations", {"role": "admin"})[1]["record"]["id"],
    }
    stranger = gateway.ask("POST", "/tokens", {"label": "s", "role": "admin"}, gatehouse_organisation=other)[1]["token"]
    described = gateway.ask("GET", "/openapi.json")[1]
    tried = 0
    for path, methods in described["paths"].items():
        kind = path.split("/")[1]
        if "{id}" not in path or kind not in made:
            continue
        for method, operation in methods.items():
            answers = []
            for one in (made[kind], "nope_0"):
                address = path.replace("{id}", one).replace("{server}", made["servers"]).replace("{number}", "1")
                if kind == "servers" and "difference" in path:
                    address += "?tool=x"
                body = None
                if "requestBody" in operation:
                    body = {"policy": made["policies"]} if "{server}" in path else {}
                    body |= {"version": 1} if "rollback" in path else {}
                    body |= {"document": None} if "draft" in path else {}
                status, answer = gateway.ask(method.upper(), address, body, stranger)
                answers.append((status, {k: v for k, v in (answer or {}).items() if k != "request"}))
            assert answers[0] == answers[1] and answers[0][0] == 404, (method, path, answers)
            tried += 1
    assert tried >= 24
    assert gateway.ask("GET", "/servers", None, stranger)[1]["items"] == []


def test_the_same_key_and_body_again_get_the_first_answer_again(gateway):
    gateway.run("organisation", "create", "Acme")
    first = gateway.ask("POST", "/grants", {"label": "a"}, idempotency_key="k1")
    assert gateway.ask("POST", "/grants", {"label": "a"}, idempotency_key="k1") == first and first[0] == 201
    assert gateway.ask("POST", "/grants", {"label": "b"}, idempotency_key="k1")[0] == 422
    assert gateway.ask("POST", "/grants", {"label": "a"})[0] == 409
    assert len(gateway.ask("GET", "/grants")[1]["items"]) == 1


def test_pages_of_a_listing_hold_each_thing_once(gateway):
    gateway.run("organisation", "create", "Acme")
    for number in range(7):
        gateway.ask("POST", "/policies", {"name": f"p{number}"})
    names, cursor = [], ""
    while True:
        status, page = gateway.ask("GET", f"/policies?limit=3{cursor}")
        assert status == 200
        names += [policy["name"] for policy in page["items"]]
        if "next" not in page:
            break
        cursor = f"&cursor={page['next']}"
    assert names == [f"p{number}" for number in range(7)]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ('{"label":"a","label":"b"}', 400),
        ('\ufeff{"label":"a"}', 400),
        ('{"label":"a",}', 400),
        ('{"label":"a"}{}', 400),
        ('[{"label":"a"}]', 422),
        ('{"Label":"a"}', 422),
        ('{"label":"a","labe\\u006c":"b"}', 400),
        ('{"label":1}', 422),
        ('{"label":"' + "a" * 201 + '"}', 422),
        ('{"label":"a\\u202eb"}', 422),
        ('{"label":"a\\nforged=1"}', 422),
        ('{"label":"a\\u001b[2J"}', 422),
        ("[" * 200 + "]" * 200, 400),
        ('{"label":"' + "a" * (2 << 20) + '"}', 413),
    ],
    ids=lambda value: str(value)[:24],
)
def test_a_body_that_two_readers_could_take_differently_is_refused(gateway, body, status):
    gateway.run("organisation", "create", "Acme")
    assert gateway.ask("POST", "/grants", body.encode())[0] == status
    assert gateway.ask("GET", "/grants")[1]["items"] == []


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer gha_" + "0" * 72, "Basic YTpi", "Bearer ghs_" + "0" * 72])
def test_without_a_token_of_the_interface_nothing_is_told(gateway, header):
    gateway.run("organisation", "create", "Acme")
    for path in ("/me", "/servers", "/nothing", "/servers/x"):
        assert gateway.ask("GET", path, authorization=header)[0] == 401


def test_a_sign_in_is_no_token_and_a_token_is_no_sign_in(gateway):
    browser = sign_up(gateway)
    cookie = browser.cookies["gatehouse"]
    assert gateway.ask("GET", "/me", token=cookie)[0] == 401
    assert browser.request("GET", "/api/v1/me")[0] == 401
    thief = Browser(gateway.console)
    thief.cookies["gatehouse"] = gateway.ask("POST", "/tokens", {"label": "t", "role": "admin"})[1]["token"]
    assert thief.request("GET", "/account")[0] == 303


def test_what_the_directory_holds_survives_a_kill_and_a_restore(gateway, tmp_path):
    gateway.run("organisation", "create", "Acme")
    gateway.run("server", "add", "git", "--url", "http://127.0.0.1:1/mcp", "--secret", "X-Key=hush")
    copy = tmp_path / "copy.sqlite"
    gateway.run("backup", str(copy))
    assert b"hush" not in copy.read_bytes() and copy.stat().st_mode & 0o077 == 0
    gateway.run("server", "remove", "git")
    assert "stop it first" in gateway.run("restore", str(copy), fails=True)
    gateway.stop(9)
    (gateway.data / "console.json").unlink()
    assert "--replace" in gateway.run("restore", str(copy), fails=True)
    gateway.run("restore", "--replace", str(copy))
    gateway.start()
    assert [server["slug"] for server in json.loads(gateway.run("server", "list", "--json"))] == ["git"]


@pytest.mark.parametrize(
    "key", ["", "password", "0" * 64, "ab" * 32, "0123456789abcdef" * 4, "".join(f"{n:02x}" for n in range(32))]
)
def test_a_weak_secret_key_is_refused_at_start(tmp_path, key):
    ended = subprocess.run(
        [GATEHOUSE, "serve", "--data", str(tmp_path / "data"), "--listen", "127.0.0.1:0", "--console-listen", "off"],
        env={"PATH": "/usr/bin", "HOME": str(tmp_path), "GATEHOUSE_SECRET_KEY": key},
        capture_output=True,
        text=True,
        timeout=30,
        cwd=tmp_path,
    )
    assert ended.returncode == 1 and "key" in ended.stderr


def test_a_key_file_that_others_may_read_is_refused_and_a_new_key_reseals(gateway):
    gateway.run("organisation", "create", "Acme")
    gateway.run("server", "add", "git", "--url", "http://127.0.0.1:1/mcp", "--secret", "X-Key=hush")
    file = gateway.data / "secret.key"
    assert file.stat().st_mode & 0o077 == 0
    gateway.run("secret", "new-key")
    gateway.stop()
    gateway.start()
    assert json.loads(gateway.run("secret", "rotate", "--json")) == {"rotated": 1}
    file.write_text(file.read_text().splitlines()[0] + "\n")
    gateway.stop()
    gateway.start()
    assert "cannot be used" not in gateway.log_text()
    gateway.stop()
    file.chmod(0o644)
    ended = subprocess.run(
        [GATEHOUSE, "serve", "--data", str(gateway.data), "--console-listen", "off"],
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert ended.returncode == 1 and "chmod 600" in ended.stderr


@pytest.mark.parametrize("flag", ["--listen", "--console-listen"])
def test_a_public_address_in_the_clear_is_refused(tmp_path, flag):
    ended = subprocess.run(
        [GATEHOUSE, "serve", "--data", str(tmp_path / "data"), flag, "0.0.0.0:0"],
        capture_output=True,
        text=True,
        timeout=30,
        cwd=tmp_path,
    )
    assert ended.returncode == 1 and "refusing to listen" in ended.stderr


def test_the_interface_does_what_its_description_says_whatever_is_sent(gateway):
    gateway.run("organisation", "create", "Acme")
    token = gateway.ask("POST", "/tokens", {"label": "fuzz", "role": "admin"})[1]["token"]
    ended = subprocess.run(
        [
            program("schemathesis", "fuzz"),
            *("--config-file", str(ROOT / "Tests" / "Journeys" / "harness" / "schemathesis.toml")),
            "run",
            f"http://127.0.0.1:{gateway.console}/api/v1/openapi.json",
            *("--header", f"Authorization: Bearer {token}"),
            # Business rules refuse what a schema allows.
            *("--exclude-checks", "positive_data_acceptance"),
            *("--max-examples", "12"),
            *("--seed", "7"),
            *("--phases", "examples,coverage,fuzzing"),
            *("--exclude-operation-id", "removeToken"),
        ],
        capture_output=True,
        text=True,
        timeout=900,
        cwd=gateway.folder,
    )
    failures = ended.stdout.find("= FAILURES =")
    assert ended.returncode == 0, ended.stdout[failures : failures + 6000] + ended.stderr[-2000:]
    assert gateway.process.poll() is None
    assert "page failed" not in gateway.log_text()
