"""`gatehouse wrap` before real servers over stdio: a drop-in for any client, in both eras."""

import json
import subprocess
from dataclasses import dataclass

import pytest
from mcp import Client, MCPError
from mcp.client.stdio import StdioServerParameters

from harness import wire, words
from harness.programs import GATEHOUSE, RECORDER, free_port, is_alive, kill, program, python, stop, wait_until
from recording.http import RecordingServer
from recording.record import Record
from recording.tools import NAMES

both_modes = pytest.mark.parametrize("mode", ["auto", "legacy"])


def wrapped(command: list[str], *options: str) -> StdioServerParameters:
    return StdioServerParameters(command=GATEHOUSE, args=["wrap", *(options or ("--allow-all",)), "--", *command])


def alone(command: list[str]) -> StdioServerParameters:
    return StdioServerParameters(command=command[0], args=command[1:])


@dataclass
class Real:
    command: list[str]
    calls: list[tuple[str, dict]]


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    folder = tmp_path_factory.mktemp("repository")
    (folder / "read me.txt").write_text("one\ntwo\n")
    git = ["git", "-C", str(folder), "-c", "user.name=j", "-c", "user.email=j@example.org"]
    subprocess.run([*git[:3], "init", "-q", "-b", "main"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "first", "--date", "2026-01-01T00:00:00Z"], check=True)
    (folder / "read me.txt").write_text("one\ntwo\nthree\n")
    return str(folder)


@pytest.fixture(params=["git", "time", "sqlite"])
def real(request, repository, tmp_path):
    if request.param == "git":
        return Real(
            [program("mcp-server-git", "servers"), "--repository", repository],
            [
                ("git_status", {"repo_path": repository}),
                ("git_log", {"repo_path": repository, "max_count": 3}),
                ("git_diff_unstaged", {"repo_path": repository}),
                ("git_show", {"repo_path": repository, "revision": "no"}),
            ],
        )
    if request.param == "time":
        return Real(
            [program("mcp-server-time", "servers"), "--local-timezone", "Europe/Berlin"],
            [
                ("convert_time", {"source_timezone": "Asia/Tokyo", "time": "12:30", "target_timezone": "Asia/Kolkata"}),
                ("convert_time", {"source_timezone": "Nowhere", "time": "12:30", "target_timezone": "Asia/Kolkata"}),
            ],
        )
    database = str(tmp_path / "journey.db")
    return Real(
        [program("mcp-server-sqlite", "legacy"), "--db-path", database],
        [
            ("create_table", {"query": "CREATE TABLE IF NOT EXISTS t (n INTEGER, s TEXT)"}),
            ("list_tables", {}),
            ("read_query", {"query": "SELECT 1.0 AS one, 'ü' AS u"}),
            ("read_query", {"query": "nonsense"}),
        ],
    )


async def seen_by_client(parameters: StdioServerParameters, mode: str, calls: list) -> dict:
    async with Client(parameters, mode=mode) as client:
        tools = (await client.list_tools()).tools
        results = []
        for name, arguments in calls:
            try:
                result = await client.call_tool(name, arguments)
                results.append(result.model_dump(mode="json", exclude={"meta"}))
            except MCPError as error:
                results.append((error.code, error.message))
        return {
            "version": client.protocol_version,
            "tools": [tool.model_dump(mode="json") for tool in tools],
            "results": results,
        }


@pytest.mark.anyio
@both_modes
async def test_allow_all_gives_the_same_tools_and_results_as_the_server_alone(real, mode):
    """The words of the issue: `gatehouse wrap --allow-all -- mcp-server-git …`."""
    expected = await seen_by_client(alone(real.command), mode, real.calls)
    assert expected["tools"] and expected["results"]
    assert await seen_by_client(wrapped(real.command), mode, real.calls) == expected


@pytest.mark.anyio
async def test_allow_all_passes_other_methods_and_unknown_tools_on(tmp_path):
    record = Record(tmp_path / "record.jsonl")
    async with Client(wrapped([python(), RECORDER, "stdio", "--record", str(record.path)])) as client:
        await client.call_tool("never_listed", {"a": 1})
        with pytest.raises(MCPError):
            await client.list_prompts()
    assert "never_listed" in [call["tool"] for call in record.calls()]
    assert "prompts/list" in [entry.get("method") for entry in record.entries()]


@pytest.mark.anyio
@both_modes
@pytest.mark.parametrize("era", ["modern", "legacy"])
async def test_a_policy_hides_and_denies_before_a_local_server(tmp_path, mode, era):
    if (mode, era) == ("legacy", "modern"):
        mode = "auto"  # over stdio the server's own era shows through
    record, policy = Record(tmp_path / "record.jsonl"), tmp_path / "policy.yaml"
    policy.write_text(
        "{version: '1', default: deny, hide: [wipe], tools: {echo: {}, drop: {action: deny, reason: No.}}}"
    )
    command = [python(), RECORDER, "stdio", "--record", str(record.path), "--era", era]
    async with Client(wrapped(command, "--policy", str(policy)), mode=mode) as client:
        assert sorted(tool.name for tool in (await client.list_tools()).tools) == ["drop", "echo"]
        for name in ("wipe", "WIPE", "wipe\u200b", "slow"):
            with pytest.raises(MCPError) as refusal:
                await client.call_tool(name, {})
            assert refusal.value.code == words.INVALID_PARAMS
        denied = await client.call_tool("drop", {})
        assert denied.is_error and denied.content[0].text == words.DENIED + "No."
        assert "echo" in (await client.call_tool("echo", {"text": "x"})).content[0].text
    assert [call["tool"] for call in record.calls()] == ["echo"]


@pytest.mark.anyio
@both_modes
@pytest.mark.parametrize("era", ["modern", "legacy"])
async def test_a_server_far_away_is_reached_with_the_operators_own_headers(tmp_path, mode, era):
    """`wrap --url`: the client speaks over stdio, in its own era, to a server over HTTP in its."""
    upstream = RecordingServer(Record(tmp_path / "record.jsonl"), era=era)
    options = ["wrap", "--allow-all", "--url", upstream.url, "--header", "X-Key: k-1", "--token-env", "FAR_TOKEN"]
    far = StdioServerParameters(command=GATEHOUSE, args=options, env={"FAR_TOKEN": "t-2"})
    async with Client(far, mode=mode) as client:
        assert [tool.name for tool in (await client.list_tools()).tools] == NAMES
        assert "echo" in (await client.call_tool("echo", {"text": "x"})).content[0].text
    headers = dict(upstream.record.calls()[0]["headers"])
    assert (headers["X-Key"], headers["Authorization"]) == ("k-1", "Bearer t-2")
    upstream.close()


def test_it_ends_with_its_client_and_takes_the_server_along(tmp_path):
    record = Record(tmp_path / "record.jsonl")
    command = [
        GATEHOUSE,
        "wrap",
        "--allow-all",
        "--",
        python(),
        RECORDER,
        "stdio",
        "--record",
        str(record.path),
        "--habit",
        "family",
    ]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    process.stdin.write(
        b'{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":%s}}\n' % json.dumps(wire.META).encode()
    )
    process.stdin.flush()
    assert json.loads(process.stdout.readline())["id"] == 1
    process.stdin.close()
    pids = [entry["pid"] for entry in record.entries() if "pid" in entry]
    try:
        assert process.wait(15) == 0
        wait_until(lambda: not any(map(is_alive, pids)), "the server and its child to end")
    finally:
        kill(pids)


def test_without_a_policy_it_refuses_to_start():
    refused = subprocess.run([GATEHOUSE, "wrap", "--", "true"], capture_output=True, text=True, timeout=20)
    assert refused.returncode not in (0, None) and "--allow-all" in refused.stderr


@pytest.mark.anyio
async def test_listening_on_loopback_it_asks_for_the_token_it_printed(tmp_path):
    record, port = Record(tmp_path / "record.jsonl"), free_port()
    command = [
        GATEHOUSE,
        "wrap",
        "--allow-all",
        "--listen",
        f"127.0.0.1:{port}",
        "--",
        python(),
        RECORDER,
        "stdio",
        "--record",
        str(record.path),
    ]
    log = tmp_path / "log"
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log.open("wb"), stderr=subprocess.STDOUT)
    try:
        token = wait_until(
            lambda: next((word.strip("'\",.") for word in log.read_text().split() if "ghs_" in word), None),
            lambda: "the printed token: " + log.read_text(),
        )
        token = token[token.index("ghs_") :]
        body = wire.call_body("echo", {"text": "x"})
        usual = [
            ("Host", f"127.0.0.1:{port}"),
            ("Content-Type", "application/json"),
            ("Accept", "application/json, text/event-stream"),
            ("MCP-Protocol-Version", wire.MODERN),
            ("Mcp-Method", "tools/call"),
            ("Mcp-Name", "echo"),
            ("Content-Length", str(len(body))),
        ]
        for given, status in (
            ([], 401),
            ([("Authorization", "Bearer ghs_wrong")], 401),
            ([("Authorization", f"Bearer {token}")], 200),
        ):
            with wire.Connection(("127.0.0.1", port)) as connection:
                connection.send(wire.head("/mcp", usual + given) + body)
                assert connection.receive().status == status
        assert len(record.calls()) == 1
        assert token not in record.path.read_text()
    finally:
        stop(process)
