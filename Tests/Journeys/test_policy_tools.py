"""The policy commands on real things: a server's own definitions, a real audit, files on disk."""

import json
import subprocess
import xml.etree.ElementTree as xml

import pytest
import yaml
from mcp import Client
from mcp.client.stdio import StdioServerParameters

from harness.programs import GATEHOUSE, RECORDER, ROOT, gatehouse, python

EXAMPLES = sorted(folder for folder in (ROOT / "Examples").iterdir() if (folder / "policy.yaml").exists())


@pytest.fixture
def declared(tmp_path):
    """A configuration that declares the recording server."""
    command = [python(), RECORDER, "stdio", "--record", str(tmp_path / "record")]
    file = tmp_path / "gatehouse.yaml"
    file.write_text(yaml.safe_dump({"servers": {"recorder": {"command": command}}}))
    return file


def write(file, **policy):
    file.write_text(json.dumps({"version": "1", "default": "deny", **policy}))
    return str(file)


def test_policy_check_asks_a_declared_server_for_its_tools(declared, tmp_path):
    policy = write(tmp_path / "policy.json", tools={"ecco": {}, "read_*": {}})
    checked = gatehouse("policy", "check", policy, "--server", "recorder", "--config", str(declared))
    assert checked.returncode == 0, checked.stderr
    assert "there is no tool `ecco`" in checked.stdout and "did you mean `echo`?" in checked.stdout
    assert "`read_*` lists 1 tool: read_file" in checked.stdout


def test_policy_init_makes_a_policy_from_a_declared_server_that_check_finds_nothing_wrong_with(declared, tmp_path):
    asked = ["--server", "recorder", "--config", str(declared)]
    # Two of its tools have names that YAML's reader takes for one.
    refused = gatehouse("policy", "init", *asked)
    assert refused.returncode == 1 and "--form json" in refused.stderr and refused.stdout == ""
    made = gatehouse("policy", "init", "--form", "json", *asked)
    assert made.returncode == 0, made.stderr
    policy = json.loads(made.stdout)
    assert policy["default"] == "deny"
    assert "wipe" in made.stderr and ("wipe" in policy.get("hide", []) or policy["tools"]["wipe"] != {})
    file = tmp_path / "policy.json"
    file.write_text(made.stdout)
    checked = gatehouse("policy", "check", str(file), "--strict", *asked)
    assert checked.returncode == 0, checked.stdout


def test_an_unknown_server_is_said_with_those_there_are(declared, tmp_path):
    policy = write(tmp_path / "policy.json")
    checked = gatehouse("policy", "check", policy, "--server", "recoder", "--config", str(declared))
    assert checked.returncode == 1 and "`recorder`" in checked.stderr


@pytest.mark.anyio
async def test_policy_replay_judges_the_calls_of_a_real_audit(tmp_path):
    audit = str(tmp_path / "audit.sqlite")
    command = [python(), RECORDER, "stdio", "--record", str(tmp_path / "record")]
    wrapped = StdioServerParameters(
        command=GATEHOUSE, args=["wrap", "--allow-all", "--audit", audit, "--", *command]
    )
    async with Client(wrapped) as client:
        await client.call_tool("echo", {"text": "one"})
        await client.call_tool("echo", {"text": "two"})
        await client.call_tool("wipe", {"text": "all"})
        await client.call_tool("environment", {})
    policy = write(
        tmp_path / "policy.json",
        hide=["wipe"],
        tools={
            "echo": {"deny_if": [{"conditions": [{"path": "args.text", "op": "eq", "value": "two"}]}]},
            "environment": {},
        },
    )
    replayed = gatehouse("policy", "replay", policy, "--audit", audit, "--json")
    assert replayed.returncode == 0, replayed.stderr
    told = json.loads(replayed.stdout)
    # `wrap` keeps no argument values: the two calls that a rule looks into cannot be told.
    assert told["verdicts"]["undecidable"] == 2
    assert told["verdicts"]["not_visible"] == 1
    assert told["verdicts"]["allowed"] == told["calls"] - 3
    later = gatehouse("policy", "replay", policy, "--audit", audit, "--from", "2100-01-01")
    assert later.stdout == "no calls\n"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda folder: folder.name)
def test_every_example_is_checked_against_its_tools_without_a_word_and_its_cases_hold(example, tmp_path):
    tools = ["--tools", str(example / "tools.json")] if (example / "tools.json").exists() else []
    checked = gatehouse("policy", "check", "--strict", str(example / "policy.yaml"), *tools)
    assert checked.returncode == 0, checked.stdout
    report = tmp_path / "report.xml"
    tested = gatehouse("policy", "test", str(example), "--junit", str(report))
    assert tested.returncode == 0, tested.stdout
    suites = xml.parse(report).getroot()
    assert int(suites.get("tests")) > 5 and suites.get("failures") == "0"


def test_policy_diff_tells_what_is_looser_by_its_exit_code(tmp_path):
    old = write(tmp_path / "old.json", tools={"echo": {"rate_limit": "5/minute"}})
    new = write(tmp_path / "new.json", tools={"echo": {"rate_limit": "9/minute"}})
    assert gatehouse("policy", "diff", old, new).returncode == 0
    looser = gatehouse("policy", "diff", old, new, "--fail-on-looser")
    assert looser.returncode == 1 and "uncapped" in looser.stdout
    assert gatehouse("policy", "diff", new, old, "--fail-on-looser").returncode == 0


def test_policy_fmt_keeps_comments_unless_told_otherwise(tmp_path):
    file = tmp_path / "policy.yaml"
    file.write_text("# why\ndefault: deny\nversion: '1'\n")
    kept = gatehouse("policy", "fmt", str(file))
    assert kept.returncode == 1 and "policy.yaml:1: " in kept.stdout and file.read_text().startswith("# why")
    assert gatehouse("policy", "fmt", "--drop-comments", str(file)).returncode == 0
    assert file.read_text() == 'version: "1"\ndefault: deny\n'
    assert gatehouse("policy", "fmt", "--check", str(file)).returncode == 0


def test_policy_import_refuses_with_the_line(tmp_path):
    file = tmp_path / "older.yaml"
    file.write_text('version: "1"\ntools:\n  pay:\n    rules:\n      - { name: once, idempotency_window: 5m }\n')
    refused = gatehouse("policy", "import", str(file))
    assert refused.returncode == 1 and "older.yaml:5:" in refused.stderr and refused.stdout == ""


def test_policy_show_prints_the_long_form(tmp_path):
    policy = write(tmp_path / "policy.json", tools={"wipe": {"action": "deny", "reason": "No."}})
    shown = subprocess.run(
        [GATEHOUSE, "policy", "show", "--expanded", "--form", "json", policy], capture_output=True, text=True, timeout=60
    )
    assert json.loads(shown.stdout)["tools"]["wipe"] == {"deny_if": [{"conditions": [], "on_deny": "No."}]}


def printed_blocks():
    """What Docs/PolicyTools.md shows: a command, and what it prints."""
    text = (ROOT / "Docs" / "PolicyTools.md").read_text()
    for block in text.split("```console\n$ gatehouse ")[1:]:
        command, _, rest = block.partition("\n")
        yield command, rest.partition("```")[0]


@pytest.mark.parametrize("command, printed", list(printed_blocks()), ids=lambda part: part[:40])
def test_the_documentation_shows_what_is_printed(command, printed):
    done = subprocess.run(
        [GATEHOUSE, *command.split()], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.stdout == printed
