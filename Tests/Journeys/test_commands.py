"""The commands a person types: help everywhere, clear diagnostics, documented exit codes."""

import hashlib
import json
import os
import socket
import subprocess

import pytest

from harness.programs import GATEHOUSE, ROOT, free_port, gatehouse

COMMANDS = [
    [],
    ["serve"],
    ["wrap"],
    ["policy"],
    ["policy", "check"],
    ["policy", "explain"],
    ["policy", "test"],
    ["policy", "diff"],
    ["policy", "show"],
    ["policy", "fmt"],
    ["policy", "schema"],
    ["policy", "import"],
    ["policy", "init"],
    ["policy", "replay"],
    ["audit"],
    ["audit", "list"],
    ["audit", "verify"],
    ["grant"],
    ["grant", "hash"],
    ["scan"],
    ["connect"],
    ["catalog"],
    ["catalog", "search"],
    ["catalog", "show"],
    ["catalog", "classify"],
    ["catalog", "build"],
    ["catalog", "verify"],
    ["catalog", "export"],
    ["catalog", "import"],
    ["catalog", "key"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help(command):
    helped = gatehouse(*command, "--help")
    assert helped.returncode == 0 and "USAGE" in helped.stdout.upper()


def test_grant_hash_makes_a_fresh_token_and_its_hash():
    made = [json.loads(gatehouse("grant", "hash", "--json").stdout) for _ in range(2)]
    for grant in made:
        assert grant["token"].startswith("ghs_") and len(grant["token"]) >= 40
        assert grant["token_sha256"] == hashlib.sha256(grant["token"].encode()).hexdigest()
    assert made[0]["token"] != made[1]["token"]


def test_policy_check_accepts_the_demos_policy():
    checked = gatehouse("policy", "check", str(ROOT / "Demo" / "policy.yaml"))
    assert checked.returncode == 0, checked.stderr


def test_policy_check_points_at_the_place_and_suggests_the_word(tmp_path):
    policy = tmp_path / "policy.yaml"
    policy.write_text(
        'version: "1"\ndefault: deny\ntools:\n  echo:\n    deny_if:\n'
        "      - conditions: [{ path: args.a, op: contians, value: x }]\n"
    )
    checked = gatehouse("policy", "check", str(policy))
    said = checked.stdout + checked.stderr
    assert checked.returncode != 0
    assert "policy.yaml:6:" in said and "`contians`" in said and "`contains`" in said


def test_policy_explain_tells_the_decision_and_why(tmp_path):
    call = tmp_path / "call.json"
    call.write_text(json.dumps({"tool": "delete_user", "arguments": {"user_name": "alice"}}))
    explained = gatehouse("policy", "explain", str(ROOT / "Demo" / "policy.yaml"), "--call", str(call))
    assert "Users are removed by hand." in explained.stdout and "delete_user" in explained.stdout


@pytest.mark.parametrize("address", ["0.0.0.0", "[::]"])
def test_it_refuses_to_listen_to_the_world_without_tls(tmp_path, address):
    (tmp_path / "gatehouse.yaml").write_text(f"listen: '{address}:{free_port()}'\ndata: ./data\n")
    process = subprocess.run(
        [GATEHOUSE, "serve", "--config", "gatehouse.yaml"], cwd=tmp_path, capture_output=True, text=True, timeout=20
    )
    assert process.returncode != 0 and "tls" in process.stderr.lower()


@pytest.mark.parametrize("address", ["0.0.0.0", "[::]"])
def test_nor_does_the_console(tmp_path, address):
    text = f"listen: 127.0.0.1:{free_port()}\nconsole: {{ listen: '{address}:{free_port()}' }}\ndata: ./data\n"
    (tmp_path / "gatehouse.yaml").write_text(text)
    process = subprocess.run(
        [GATEHOUSE, "serve", "--config", "gatehouse.yaml"], cwd=tmp_path, capture_output=True, text=True, timeout=20
    )
    assert process.returncode != 0 and "tls" in process.stderr.lower()


def test_a_console_port_that_is_taken_is_named_with_a_way_out(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        text = f"listen: 127.0.0.1:{free_port()}\nconsole: {{ listen: '{address}' }}\ndata: ./data\n"
        (tmp_path / "gatehouse.yaml").write_text(text)
        process = subprocess.run(
            [GATEHOUSE, "serve", "--config", "gatehouse.yaml"], cwd=tmp_path, capture_output=True, text=True, timeout=30
        )
    assert process.returncode == 70
    assert address in process.stderr and "console: off" in process.stderr


def test_a_wrong_word_on_the_command_line_is_named():
    refused = gatehouse("serve", "--confg", "x")
    assert refused.returncode != 0 and "confg" in refused.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["serve", "--listen", "here"],
        ["serve", "--console-listen", "here"],
        ["wrap", "--allow-all", "--url", "http://127.0.0.1:9/", "--header", "hush"],
        ["wrap", "--allow-all", "--url", "http://127.0.0.1:9/", "--listen", "192.0.2.1:80"],
    ],
    ids=" ".join,
)
def test_a_wrong_command_line_ends_with_64_before_anything_starts(tmp_path, words):
    done = gatehouse(*words, cwd=tmp_path, env=os.environ | {"HOME": str(tmp_path)})
    assert done.returncode == 64 and "Error: " in done.stderr and "hush" not in done.stderr, done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_demo_is_as_claimed():
    """`make demo`: the README's first command."""
    demo = subprocess.run(
        [str(ROOT / ".venv" / "client" / "bin" / "python"), str(ROOT / "Demo" / "demo.py")],
        capture_output=True,
        text=True,
        timeout=180,
        env=os.environ | {"GATEHOUSE": GATEHOUSE},
    )
    assert demo.returncode == 0, demo.stdout + demo.stderr
    assert "✗" not in demo.stdout
