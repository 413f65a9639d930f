"""`gatehouse connect`: a client's own file, with one entry more and everything else as it was."""

import json
import os
import stat

import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client

from harness.gateway import Gateway
from harness.programs import gatehouse, program

CLIENTS = ["claude", "claude-code", "cursor", "vscode", "windsurf", "codex", "zed"]


def connect(home, *words, **environment):
    return gatehouse("connect", *words, cwd=home, env=os.environ | {"HOME": str(home)} | environment)


@pytest.mark.parametrize("client", CLIENTS)
def test_what_is_written_is_found_by_a_scan(tmp_path, client):
    written = connect(tmp_path, client, "--server", "iam", "--write")
    assert written.returncode == 0, written.stderr
    scanned = gatehouse("scan", "--json", cwd=tmp_path, env=os.environ | {"HOME": str(tmp_path)})
    (server,) = json.loads(scanned.stdout)["servers"]
    assert server["name"] == "iam" and server["client"].startswith(client)
    assert server["guarded"] or server["shown"] == "http://127.0.0.1:8420/…"


@pytest.mark.parametrize("client", CLIENTS)
def test_printed_is_what_would_be_written_and_nothing_is(tmp_path, client):
    printed = connect(tmp_path, client, "--server", "iam")
    assert printed.returncode == 0 and "iam" in printed.stdout and not list(tmp_path.iterdir())
    path = printed.stderr.splitlines()[0].removeprefix("for ").removesuffix("; --write puts it there")
    connect(tmp_path, client, "--server", "iam", "--write")
    assert open(path).read() == printed.stdout


def test_the_rest_of_a_file_stays_and_a_copy_is_kept(tmp_path):
    file = tmp_path / ".config" / "zed" / "settings.json"
    file.parent.mkdir(parents=True)
    before = '// mine\n{\n  "theme": "One", // dark\n  "context_servers": {\n    "a": {"command": "x"},\n  },\n}\n'
    file.write_text(before)
    file.chmod(0o640)
    done = connect(tmp_path, "zed", "--server", "iam", "--write")
    assert done.returncode == 0, done.stderr
    after = file.read_text()
    kept = [line for line in before.splitlines() if line not in after.splitlines()]
    assert kept == [] and '"iam": {' in after
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    (backup,) = [path for path in file.parent.iterdir() if "backup" in path.name]
    assert backup.read_text() == before and str(backup) in done.stderr
    again = connect(tmp_path, "zed", "--server", "iam", "--write")
    assert "is so already" in again.stderr and file.read_text() == after
    assert len(list(file.parent.iterdir())) == 2


@pytest.mark.parametrize("broken", ['{"mcpServers": {', '{"a": 1, "a": 2}', '{"mcpServers": []}', "[]"])
def test_what_cannot_be_read_is_never_written(tmp_path, broken):
    file = tmp_path / ".cursor" / "mcp.json"
    file.parent.mkdir()
    file.write_text(broken)
    done = connect(tmp_path, "cursor", "--server", "iam", "--write")
    assert done.returncode == 1 and "nothing was written" in done.stderr
    assert file.read_text() == broken and len(list(file.parent.iterdir())) == 1


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.json").write_text("{}")
    (tmp_path / ".cursor").mkdir()
    (tmp_path / ".cursor" / "mcp.json").symlink_to(tmp_path / "real.json")
    assert connect(tmp_path, "cursor", "--server", "iam", "--write").returncode == 0
    assert (tmp_path / ".cursor" / "mcp.json").is_symlink()
    assert "iam" in json.loads((tmp_path / "real.json").read_text())["mcpServers"]


def test_a_link_that_leads_nowhere_is_not_followed(tmp_path):
    (tmp_path / ".cursor").mkdir()
    (tmp_path / ".cursor" / "mcp.json").symlink_to(tmp_path / "elsewhere" / "x.json")
    done = connect(tmp_path, "cursor", "--server", "iam", "--write")
    assert done.returncode == 1 and "leads nowhere" in done.stderr and not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("client", ["cursor", "codex"])
def test_an_entry_of_ones_own_is_not_replaced_because_of_its_name(tmp_path, client):
    file = tmp_path / {"cursor": ".cursor/mcp.json", "codex": ".codex/config.toml"}[client]
    file.parent.mkdir()
    mine = {"cursor": '{"mcpServers": {"iam": {"command": "mine"}}}', "codex": '[mcp_servers.iam]\ncommand = "mine"\n'}[client]
    file.write_text(mine)
    done = connect(tmp_path, client, "--server", "iam", "--write")
    assert done.returncode == 1 and "`iam` already: mine" in done.stderr and file.read_text() == mine
    assert len(list(file.parent.iterdir())) == 1
    assert connect(tmp_path, client, "--server", "iam", "--name", "gate", "--write").returncode == 0
    forced = connect(tmp_path, client, "--server", "iam", "--write", "--force")
    assert forced.returncode == 0 and "mine" not in file.read_text() and "gate" in file.read_text()
    assert mine in [path.read_text() for path in file.parent.iterdir()]


def test_a_new_file_is_its_owners(tmp_path):
    connect(tmp_path, "cursor", "--server", "iam", "--write")
    assert stat.S_IMODE((tmp_path / ".cursor" / "mcp.json").stat().st_mode) == 0o600


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_an_others_file_stays_theirs(tmp_path):
    connect(tmp_path, "cursor", "--server", "iam", "--write")
    file = tmp_path / ".cursor" / "mcp.json"
    os.chown(file, 12345, 23456)
    assert connect(tmp_path, "cursor", "--server", "git", "--write").returncode == 0
    assert {(path.stat().st_uid, path.stat().st_gid) for path in file.parent.iterdir()} == {(12345, 23456)}


def test_the_token_is_in_the_file_only_where_that_is_asked_for(tmp_path):
    token = {"GATEHOUSE_TOKEN": "ghs_0123456789"}
    for client in CLIENTS:
        assert "ghs_" not in connect(tmp_path, client, "--server", "iam", **token).stdout
        assert "ghs_" in connect(tmp_path, client, "--server", "iam", "--embed-token", **token).stdout
    connect(tmp_path, "claude", "--server", "iam", "--embed-token", "--write", **token)
    file = tmp_path / ".config" / "Claude" / "claude_desktop_config.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert connect(tmp_path, "claude", "--server", "iam", "--embed-token", "--token-env", "NONE").returncode == 1


def test_addresses_names_and_mistakes(tmp_path):
    address = ["--url", "https://gate.example/"]
    assert "https://gate.example/mcp/iam" in connect(tmp_path, "cursor", "--server", "iam", *address).stdout
    whole = connect(tmp_path, "cursor", "--server", "iam", "--url", "https://gate.example/mcp").stdout
    assert '"url": "https://gate.example/mcp"' in whole
    assert '"mine"' in connect(tmp_path, "cursor", "--server", "iam", "--name", "mine").stdout
    assert connect(tmp_path, "cursor", "--server", "I AM").returncode == 64
    assert connect(tmp_path, "emacs", "--server", "iam").returncode == 64
    assert connect(tmp_path, "cursor", "--server", "iam", "--url", "gate.example").returncode == 64
    assert connect(tmp_path, "claude", "--server", "iam", "--project").returncode == 64


@pytest.mark.anyio
@pytest.mark.parametrize("client", ["claude", "cursor"])
async def test_a_client_that_follows_its_entry_meets_the_policy(tmp_path, client):
    policy = {"version": "1", "default": "allow", "hide": ["convert_time"]}
    gateway = Gateway(tmp_path / "gateway", {"time": {"command": [program("mcp-server-time", "servers")]}}, {"time": policy})
    gateway.start()
    try:
        base = gateway.url("time").removesuffix("/mcp/time")
        words = [client, "--server", "time", "--url", base, "--embed-token"]
        entry = json.loads(connect(tmp_path, *words, GATEHOUSE_TOKEN=gateway.token).stdout)["mcpServers"]["time"]
        if "command" in entry:
            target = StdioServerParameters(command=entry["command"], args=entry["args"], env=entry["env"])
        else:
            target = streamable_http_client(entry["url"], http_client=create_mcp_http_client(headers=entry["headers"]))
        async with Client(target) as reached:
            assert [tool.name for tool in (await reached.list_tools()).tools] == ["get_current_time"]
    finally:
        gateway.stop()
