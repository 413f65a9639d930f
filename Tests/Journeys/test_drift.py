"""What files declare, what runs and what is registered: where they differ, and who may see it."""

import json
import subprocess
import urllib.error
import urllib.request

from harness.gateway import Gateway
from harness.programs import GATEHOUSE, free_port, wait_until
from harness.recorded import POLICY


def run(gateway, *arguments: str) -> tuple[int, str]:
    ended = subprocess.run(
        [GATEHOUSE, *arguments, "--data", str(gateway.data)], capture_output=True, text=True, timeout=60
    )
    return ended.returncode, ended.stdout + ended.stderr


def ask(console: str, token: str, path: str):
    """Status and JSON of a question to the interface by somebody who is not the operator."""
    request = urllib.request.Request(f"http://{console}/api/v1{path}", headers={"Authorization": f"Bearer {token}"})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        return refused.code, json.load(refused)


def drift(gateway) -> set[tuple[str, str, str]]:
    found = json.loads(run(gateway, "config", "diff", "--json")[1])
    return {(one["kind"], one["object"], one["name"]) for one in found}


def test_files_what_runs_and_what_is_registered_are_compared(tmp_path):
    secret = "word-of-the-file-0123456789"
    notes = {"url": "http://127.0.0.1:9/mcp", "headers": {"X-Key": secret}}
    console = {"listen": f"127.0.0.1:{free_port()}"}
    gateway = Gateway(tmp_path / "gateway", {"notes": notes}, {"notes": POLICY}, console=console)
    gateway.start()
    try:
        wait_until((gateway.data / "console.json").exists, "the console")
        assert run(gateway, "config", "diff") == (0, "no difference\n")
        run(gateway, "organisation", "create", "Acme")
        listed = json.loads(run(gateway, "server", "list", "--json")[1])
        assert [(one["slug"], one["declared"], one["reached"]) for one in listed] == [("notes", True, "url")]
        grants = json.loads(run(gateway, "grant", "list", "--json")[1])
        assert [(one["label"], one["declared"], one["servers"]) for one in grants] == [
            ("journey", True, {"notes": "notes"})
        ]
        for act in (["remove"], ["disable"], ["scan"], ["set", "--title", "x"]):
            code, words = run(gateway, "server", act[0], "notes", *act[1:])
            assert code == 1 and "owned by the configuration file" in words, words
        assert run(gateway, "server", "add", "extra", "--url", "http://127.0.0.1:9/mcp")[0] == 0
        assert drift(gateway) == {("undeclared", "server", "extra")}
        # A file takes a registered name: what is registered is not in force any more.
        gateway.servers["extra"] = {"url": "http://127.0.0.1:9/other"}
        gateway.write_policy("extra", POLICY)
        gateway.write_configuration()
        wait_until(lambda: drift(gateway) == {("shadowed", "server", "extra")}, lambda: str(drift(gateway)))
        # A setting that is read at the start alone, and then a mistake.
        gateway.write_configuration(hosts=["gateway.example"])
        expected = {("shadowed", "server", "extra"), ("restart", "setting", "hosts")}
        wait_until(lambda: drift(gateway) == expected, lambda: str(drift(gateway)))
        (gateway.folder / "gatehouse.yaml").write_text("serverz: {}\n")
        code, words = run(gateway, "config", "diff")
        assert code == 1 and "refused" in words and "did you mean `servers`" in words
        # Only whoever runs the instance sees the files where there are several organisations.
        gateway.write_configuration()
        run(gateway, "organisation", "create", "Umbrella")
        organisations = json.loads(run(gateway, "organisation", "list", "--json")[1])
        (acme,) = [one["id"] for one in organisations if one["name"] == "Acme"]
        admin = run(gateway, "token", "create", "looks", "--role", "admin", "--organisation", acme)[1].split()[0]
        status, refused = ask(console["listen"], admin, "/drift")
        assert status == 403 and "notes" not in json.dumps(refused)
        status, listed = ask(console["listen"], admin, "/servers")
        assert status == 200 and [one["slug"] for one in listed["items"]] == ["extra"]
        assert not listed["items"][0].get("declared", False)
        seen = json.loads(run(gateway, "server", "list", "--organisation", acme, "--json")[1])
        assert ("notes", True) in [(one["slug"], one.get("declared", False)) for one in seen]
        assert secret not in gateway.log_text() and secret not in words
    finally:
        gateway.stop()
