"""A server of the catalogue is registered by its name there: its package's command in the version that was looked at."""

import json

from harness.managed import ManagedGateway
from harness.programs import wait_until

NAME = "awslabs-iam-mcp-server"


def test_a_server_of_the_catalogue_is_registered_with_a_policy_to_begin_with(tmp_path):
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("uvx", "npx"):
        (programs / name).write_text("#!/bin/sh\nexit 1\n")
        (programs / name).chmod(0o755)
    with ManagedGateway(tmp_path / "gateway") as gateway:
        gateway.run("organisation", "create", "Acme")
        found = wait_until(lambda: (a := gateway.ask("GET", f"/catalogue?name={NAME}"))[0] == 200 and a[1], "the index")
        assert (found["registry"], found["package"]) == ("pypi", "awslabs.iam-mcp-server") and found["tools"] == 29
        assert found["command"] == ["uvx", f"awslabs.iam-mcp-server@{found['version']}"]
        assert found["policy"]["version"] == "1" and "detach_user_policy" in found["policy"]["hide"]
        assert gateway.ask("GET", "/catalogue?name=no-such-server")[0] == 404
        manager = gateway.run("token", "create", "writes", "--role", "policy_manager").strip()
        body = {"slug": "iam", "catalogue": NAME}
        assert gateway.ask("POST", "/servers", body, manager)[0] == 403
        assert gateway.ask("POST", "/servers", body | {"url": "http://127.0.0.1:9/"})[0] == 422
        assert gateway.ask("POST", "/servers", body | {"catalogue": "no-such-server"})[0] == 404
        # The package manager has to be there: it is looked up when the server is registered.
        gateway.stop()
        gateway.start(PATH=f"{programs}:/usr/bin:/bin")
        wait_until(lambda: gateway.ask("GET", f"/catalogue?name={NAME}")[0] == 200, "the index")
        words = ("server", "add", "iam", "--secret", "PATH=/usr/bin", "--from-catalogue", NAME)
        gateway.run(*words, "--draft-policy", "iam-safe")
        server = json.loads(gateway.run("server", "show", "iam", "--json"))
        assert server["command"] == found["command"] and server["secret_names"] == ["PATH"]
        policies = gateway.ask("GET", "/policies")[1]["items"]
        assert [(one["name"], "published" in one) for one in policies] == [("iam-safe", False)]
        assert json.loads(policies[0]["draft"]) == found["policy"]
        # A draft that cannot be does not hide that the server is there.
        again = ("server", "add", "iam-two", "--secret", "PATH=/usr/bin", "--from-catalogue", NAME)
        said = gateway.run(*again, "--draft-policy", "iam-safe", fails=True)
        assert "the server is registered; the draft is not: " in said and "`gatehouse policy draft`" in said
        assert json.loads(gateway.run("server", "show", "iam-two", "--json"))["command"] == found["command"]
        gateway.run("policy", "publish", "iam-safe")
