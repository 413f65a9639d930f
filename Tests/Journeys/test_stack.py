"""One address for all servers of a grant: real ones, one that offers everything, one that records, one that is dead."""

import json
import secrets
import subprocess

import anyio
import pytest
from mcp import MCPError

from harness import wire, words
from harness.gateway import STACK, Gateway
from harness.programs import free_port, program, python, wait_until
from harness.recorded import POLICY as RECORDED_POLICY
from matrix.eyes import Eyes, plain
from matrix.upstreams import CURRENT, HANDSHAKE, Listening
from matrix.views import POLICY
from recording.http import RecordingServer
from recording.record import Record

UNAVAILABLE = "dev.gatehouse/unavailable"
SERVERS = ["current", "git", "handshake", "recorded", "time"]
TIME = {"source_timezone": "Asia/Tokyo", "time": "12:30", "target_timezone": "Asia/Kolkata"}
both_modes = pytest.mark.parametrize("mode", ["auto", "legacy"])
both_kinds = pytest.mark.parametrize("server", ["current", "handshake"])
pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def repository(folder):
    path = folder / "repository"
    path.mkdir()
    (path / "a.txt").write_text("one\n")
    git = ["git", "-C", str(path), "-c", "user.name=j", "-c", "user.email=j@example.org"]
    subprocess.run([*git[:3], "init", "-q", "-b", "main"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "first", "--date", "2026-01-01T00:00:00Z"], check=True)
    return str(path)


@pytest.fixture(scope="module")
def record(folder):
    return Record(folder / "record.jsonl")


@pytest.fixture(scope="module")
def gateway(folder, repository, record):
    current = Listening([python("client"), CURRENT, "http"], folder / "current")
    handshake = Listening([python("legacy"), HANDSHAKE, "http"], folder / "handshake")
    recorded = RecordingServer(record)
    path = {"environment": {"PATH": "/usr/bin:/bin"}}
    servers = {
        "git": {"command": [program("mcp-server-git", "servers"), "--repository", repository]} | path,
        "time": {"command": [program("mcp-server-time", "servers"), "--local-timezone", "Europe/Berlin"]} | path,
        "current": {"url": current.url},
        "handshake": {"url": handshake.url},
        "recorded": {"url": recorded.url},
        "dead": {"url": f"http://127.0.0.1:{free_port()}/mcp"},
    }
    policies = {name: POLICY for name in servers} | {"recorded": RECORDED_POLICY}
    denied = {"git_add": {"action": "deny"}}
    policies["git"] = {"version": "1", "default": "allow", "hide": ["git_reset"], "tools": denied}
    gateway = Gateway(folder / "gateway", servers, policies)
    gateway.start()
    yield gateway
    gateway.stop()
    recorded.close()
    for server in (current, handshake):
        server.close()


async def every(listing, member: str) -> tuple[list, set]:
    """All items of a list, and the servers that any page is without."""
    found, absent, cursor = [], set(), None
    while True:
        answer = await listing(cursor=cursor)
        found += getattr(answer, member)
        absent |= set((answer.meta or {}).get(UNAVAILABLE, []))
        cursor = answer.next_cursor
        if cursor is None:
            return found, absent


# --- lists ---


@both_modes
async def test_every_servers_tools_are_there_as_it_describes_them_and_the_dead_one_is_named(gateway, mode):
    async with gateway.client(STACK, mode) as client:
        tools, absent = await every(client.list_tools, "tools")
    assert absent == {"dead"}
    names = [tool.name for tool in tools]
    assert len(names) == len(set(names)) and sorted({name.split("__")[0] for name in names}) == SERVERS
    for server in SERVERS:
        async with gateway.client(server, mode) as client:
            own, _ = await every(client.list_tools, "tools")
        shown = [plain(tool) for tool in tools if tool.name.startswith(f"{server}__")]
        assert shown == [plain(tool) | {"name": f"{server}__{tool.name}"} for tool in own]
    assert "git__git_reset" not in names and not {"current__hidden", "recorded__wipe"} & set(names)


@both_modes
async def test_what_a_client_is_told_at_first_names_what_is_missing_and_whose_words_are_whose(gateway, mode):
    async with gateway.client(STACK, mode) as client:
        assert {"tools", "resources", "prompts", "completions"} <= set(plain(client.server_capabilities))
        assert "current:\n  Everything the protocol knows.\n" in client.instructions
    answer = gateway.post(STACK, wire.call_body(None, method="server/discover"), gateway.headers("server/discover"))
    assert answer.result["_meta"][UNAVAILABLE] == ["dead"]


# --- calls ---


@both_modes
async def test_calls_reach_the_real_server_they_name_with_one_entry_each(gateway, repository, mode):
    before = len(gateway.audit())
    async with gateway.client(STACK, mode) as client, gateway.client("git", mode) as git:
        status = await client.call_tool("git__git_status", {"repo_path": repository})
        assert plain(status) == plain(await git.call_tool("git_status", {"repo_path": repository}))
        moment = await client.call_tool("time__convert_time", TIME)
        assert "09:00" in moment.content[0].text
        assert (await client.call_tool("dead__anything", {})).is_error
    entries = gateway.audit()[: len(gateway.audit()) - before]
    places = [(words.field(e, "server"), words.field(e, "tool"), words.field(e, "outcome")) for e in entries][::-1]
    assert [place for place in places if place[0] != "dead"] == [
        ("git", "git_status", "allowed"),
        ("git", "git_status", "allowed"),
        ("time", "convert_time", "allowed"),
    ]
    assert {place for place in places if place[0] == "dead"} == {("dead", None, "unavailable")}


LOOK_ALIKES = [
    "recorded__wipe", "recorded__Wipe", "recorded__wipe ", "recorded__\u0077ipe\u200b", "recorded___wipe",
    "recorded__recorded__wipe", "git__wipe", "current__wipe", "wipe", "recorded.wipe", "recorded/wipe", "recorded_wipe",
    "RECORDED__wipe", "recorded\uff3f\uff3fwipe", "dead__wipe", "*__wipe", "stack:recorded/wipe", "__wipe",
    "git__recorded__echo", "recorded__git__git_status", "recorded__", "time__echo",
]  # fmt: skip


@pytest.mark.parametrize("name", LOOK_ALIKES, ids=ascii)
@pytest.mark.parametrize("era", ["modern", "legacy"])
def test_what_one_servers_policy_hides_is_reached_by_no_name(gateway, record, era, name):
    def post(tool: str, arguments: dict):
        if era == "modern":
            return gateway.call(STACK, tool, arguments)
        session = gateway.open_session(STACK)
        return gateway.post(STACK, wire.call_body(tool, arguments, _meta={}), gateway.session_headers(session))

    before = len(record.entries())
    mark = secrets.token_hex(8)
    answer = post(name, {"nonce": mark})
    assert answer.code == words.INVALID_PARAMS or answer.result["isError"], answer
    assert post("recorded__fence", {"nonce": mark + "-fence"}).status == 200
    called = [e for e in record.entries()[before:] if e.get("method") == "tools/call"]
    assert [entry["tool"] for entry in called] == ["fence"], called


def test_each_server_is_judged_by_its_own_policy(gateway, repository, record):
    denied = gateway.call(STACK, "git__git_add", {"repo_path": repository, "files": ["a.txt"]})
    assert denied.text.startswith(words.DENIED)
    assert gateway.call(STACK, "recorded__drop").text.startswith(words.DENIED)
    assert gateway.call(STACK, "recorded__echo", {"text": "x"}).text == "echo: {'text': 'x'}"
    entries = gateway.audit()[:3]
    assert [(words.field(e, "server"), words.field(e, "outcome"), words.field(e, "policy")) for e in entries] == [
        ("recorded", words.ALLOWED, "recorded"),
        ("recorded", words.DENIED_BY_RULE, "recorded"),
        ("git", words.DENIED_BY_RULE, "git"),
    ]


@both_modes
@both_kinds
async def test_a_server_asks_its_callers_client_and_tells_it_how_far_it_is(gateway, mode, server):
    eyes = Eyes(governed=True)
    async with gateway.client(STACK, mode, **eyes.options()) as client:
        eyes.client = client
        form = await client.call_tool(f"{server}__ask_form", {})
        assert not form.is_error and [question["mode"] for question in eyes.asked] == ["form"]
        again = await client.call_tool(f"{server}__ask_again", {"rounds": 3})
        assert not again.is_error and len(eyes.asked) == 4
        await client.call_tool(f"{server}__steps", {"count": 5}, progress_callback=eyes.on_progress)
        assert [done for done, *_ in eyes.progress] == sorted(done for done, *_ in eyes.progress) and eyes.progress
        if not eyes.modern:
            await client.set_logging_level("debug")
        await client.call_tool(f"{server}__talking", {})
        assert len(await eyes.logged(3)) == 3


@both_modes
async def test_arguments_that_a_schema_repeats_in_headers_come_through(gateway, mode):
    arguments = {"region": " Süd =?base64?", "count": 42}
    async with gateway.client(STACK, mode) as client, gateway.client("current", mode) as own:
        await every(client.list_tools, "tools")
        await every(own.list_tools, "tools")
        seen = await client.call_tool("current__mirrored", arguments)
        assert not seen.is_error and plain(seen) == plain(await own.call_tool("mirrored", arguments))


@both_modes
async def test_forty_calls_at_once_to_three_servers_each_get_their_own_answer(gateway, mode):
    found: dict = {}
    async with gateway.client(STACK, mode) as client:

        async def one(number: int) -> None:
            server = ["current", "handshake", "recorded"][number % 3]
            tool = "echo" if server == "recorded" else "repeat"
            found[number] = (await client.call_tool(f"{server}__{tool}", {"text": f"n{number}"})).content[0].text

        async with anyio.create_task_group() as tasks:
            for number in range(40):
                tasks.start_soon(one, number)
    assert all(f"n{number}" in found[number] for number in range(40))


# --- resources and prompts ---


@both_modes
@both_kinds
async def test_resources_prompts_and_links_go_by_the_stacks_names(gateway, mode, server):
    async with gateway.client(STACK, mode) as client, gateway.client(server, mode) as own:
        there, _ = await every(own.list_resources, "resources")
        here, absent = await every(client.list_resources, "resources")
        assert absent == {"dead"}
        addresses = [str(resource.uri) for resource in here if str(resource.uri).startswith(f"stack:{server}/")]
        assert addresses == [f"stack:{server}/{resource.uri}" for resource in there]
        for address, resource in zip(addresses, there):
            read = plain(await client.read_resource(address))
            for part in read["contents"]:
                assert part["uri"].startswith(f"stack:{server}/")
                part["uri"] = part["uri"].removeprefix(f"stack:{server}/")
            assert read == plain(await own.read_resource(str(resource.uri)))
        linked = await client.call_tool(f"{server}__linked", {})
        links = [str(part.uri) for part in linked.content if part.type == "resource_link"]
        assert links and all(link.startswith(f"stack:{server}/") for link in links)
        prompts, _ = await every(client.list_prompts, "prompts")
        names = [prompt.name for prompt in prompts if prompt.name.startswith(f"{server}__")]
        assert names == [f"{server}__{prompt.name}" for prompt in (await every(own.list_prompts, "prompts"))[0]]
        for address in (f"stack:{server}/note://hidden", "stack:git/note://plain", str(there[0].uri)):
            with pytest.raises(MCPError):
                await client.read_resource(address)
        with pytest.raises(MCPError):
            await client.get_prompt(f"{server}__hidden", {})


# --- cursors ---


def test_a_cursor_is_good_for_its_own_principal_list_and_server_alone(gateway):
    def listed(method: str, **params):
        return gateway.post(STACK, wire.call_body(None, method=method, **params), gateway.headers(method))

    cursor = listed("tools/list").result["nextCursor"]
    assert listed("tools/list", cursor=cursor).result["tools"]
    assert listed("prompts/list", cursor=cursor).code == words.INVALID_PARAMS
    for bad in (cursor[:-2] + ("AA" if cursor[-2:] != "AA" else "BB"), "", "e30", cursor + cursor):
        assert listed("tools/list", cursor=bad).code == words.INVALID_PARAMS, bad
    body = wire.call_body(None, method="tools/list", cursor=cursor)
    single = gateway.post("current", body, gateway.headers("tools/list"))
    assert single.code is not None
    mine = gateway.token
    other = "ghs_" + secrets.token_urlsafe(32)
    configuration = json.loads((gateway.folder / "gatehouse.yaml").read_text())
    try:
        first, gateway.token = gateway.token_digest, other
        second = configuration["grants"][0] | {"label": "other", "token_sha256": gateway.token_digest}
        gateway.write_configuration(grants=[configuration["grants"][0] | {"token_sha256": first}, second])
        wait_until(lambda: listed("tools/list").status == 200, "the other grant in force")
        assert listed("tools/list", cursor=cursor).code == words.INVALID_PARAMS
    finally:
        gateway.token = mine
        gateway.write_configuration()


# --- changes ---


@both_modes
async def test_a_server_taken_from_the_grant_goes_alone_and_clients_are_told(gateway, mode):
    eyes = Eyes(governed=True)
    grant = json.loads((gateway.folder / "gatehouse.yaml").read_text())["grants"][0]
    left = grant | {"servers": {name: name for name in grant["servers"] if name != "recorded"}}
    try:
        async with gateway.client(STACK, mode, **eyes.options()) as client:
            eyes.client = client
            await client.call_tool("recorded__echo", {"text": "x"})
            async with eyes.watching() as seen:
                gateway.write_configuration(grants=[left])
                assert {"tools"} <= set(await seen({"tools"}))
            names = {tool.name.split("__")[0] for tool in (await every(client.list_tools, "tools"))[0]}
            assert "recorded" not in names and "current" in names
            with pytest.raises(MCPError):
                await client.call_tool("recorded__echo", {"text": "x"})
            assert not (await client.call_tool("current__repeat", {"text": "x"})).is_error
    finally:
        gateway.write_configuration()
        wait_until(lambda: gateway.call(STACK, "recorded__fence").status == 200, "the grant as it was")


@both_modes
async def test_a_change_at_one_server_is_told_by_the_stacks_name(gateway, mode):
    eyes = Eyes(governed=True)
    async with gateway.client(STACK, mode, **eyes.options()) as client, gateway.client("current", mode) as own:
        eyes.client = client
        async with eyes.watching("stack:current/note://watched") as seen:
            await own.call_tool("change", {"what": "resource", "uri": "note://watched"})
            assert await seen({"stack:current/note://watched"}) == ["stack:current/note://watched"]
