"""What is compared: how each one is configured, started and called."""

import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from policy import hundred_rules

HERE = Path(__file__).resolve().parent
UPSTREAM_PORT = 9100
UPSTREAM = f"http://127.0.0.1:{UPSTREAM_PORT}/mcp"
TOKEN = "ghs_bench-0123456789abcdef0123456789abcdef"


@dataclass
class Contender:
    name: str
    command: list
    url: str
    # Whether it must refuse the forbidden tool; whether it judges arguments as well.
    guards_names: bool = False
    guards_arguments: bool = False


def nginx(directory):
    filled("nginx.conf", directory, 9101)
    binary = shutil.which("nginx") or "/usr/sbin/nginx"
    return Contender("nginx", [binary, "-c", str(directory / "nginx.conf")], url(9101))


def envoy(directory):
    filled("envoy.yaml", directory, 9102)
    [binary] = directory.parent.glob("venv/lib/python3*/site-packages/envoy/_bin/envoy")
    options = ["--concurrency", "1", "--disable-hot-restart", "--log-level", "error"]
    return Contender("envoy", [str(binary), "-c", str(directory / "envoy.yaml"), *options], url(9102), True)


def pass_through(directory, gatehouse):
    """Every tool allowed, nothing stored: what the way itself costs. (Its audit lines go to a file.)"""
    command = [gatehouse, "wrap", "--allow-all", "--listen", "127.0.0.1:9103", "--no-token", "--url", UPSTREAM]
    return Contender("gatehouse", command, url(9103))


def guarded(directory, gatehouse, limited=False):
    """A hundred rules judged and two audit entries stored for every call; `limited`: one limit charged besides."""
    name, port = ("gatehouse-limit", 9105) if limited else ("gatehouse-100", 9104)
    home = directory / name
    serving = serve_command(home, port, gatehouse, hundred_rules(limited))
    return Contender(name, serving, url(port, "/mcp/bench"), True, True)


def serve_command(home, port, gatehouse, policy):
    """Writes a configuration with one server, policy and grant to `home`; returns the command that serves it."""
    home.mkdir()
    (home / "policy.json").write_text(json.dumps(policy, indent=2))
    (home / "gatehouse.yaml").write_text(
        f"""\
listen: 127.0.0.1:{port}
console: "off"
data: {home}/data
servers:
  bench: {{ url: "{UPSTREAM}", accept: initial }}
policies: {{ bench: {home}/policy.json }}
grants:
  - {{ label: bench, token_sha256: {hashlib.sha256(TOKEN.encode()).hexdigest()}, servers: {{ bench: bench }} }}
"""
    )
    return [gatehouse, "serve", "--config", str(home / "gatehouse.yaml")]


def filled(template, directory, port):
    text = (HERE / template).read_text()
    for mark, value in {"DIRECTORY": directory, "PORT": port, "UPSTREAM": UPSTREAM_PORT}.items():
        text = text.replace(f"@{mark}@", str(value))
    (directory / template).write_text(text)


def url(port, path="/mcp"):
    return f"http://127.0.0.1:{port}{path}"
