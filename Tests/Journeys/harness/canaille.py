"""A real OpenID Connect provider, Canaille, on loopback; and a person who signs in at it."""

import html
import json
import re
import subprocess
import urllib.parse
from pathlib import Path

import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from .programs import HERE, free_port, program, python, stop, wait_until

SECRET = "a secret between the two of them"


class Canaille:
    """People are known by name; each one's password is the name and `-password`."""

    def __init__(self, folder: Path):
        self.folder, self.port = folder, free_port()
        self.url, self.log = f"http://127.0.0.1:{self.port}", folder / "canaille.log"
        self.people: dict[str, dict] = {}
        self.groups: dict[str, list[str]] = {}
        self.clients: dict[str, dict] = {}
        self.process: subprocess.Popen | None = None
        folder.mkdir(parents=True, exist_ok=True)
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        self.environment = {
            "PATH": "/usr/bin:/bin",
            "HOME": str(folder),
            "SECRET_KEY": "of a test",
            "SERVER_NAME": f"127.0.0.1:{self.port}",
            "PREFERRED_URL_SCHEME": "http",
            "CANAILLE__DATABASE": "sql",
            "CANAILLE_SQL__DATABASE_URI": f"sqlite:///{folder / 'canaille.sqlite'}",
            "CANAILLE_OIDC__ACTIVE_JWKS": json.dumps([key.private_bytes(*form).decode()]),
        }

    def add_person(self, name: str, *groups: str) -> None:
        self.people[name] = {
            "password": f"{name}-password",
            "family_name": name.capitalize(),
            "formatted_name": f"{name.capitalize()} of Acme",
            "emails": [f"{name}@example.com"],
        }
        for group in groups:
            self.groups.setdefault(group, []).append(name)

    def add_client(self, name: str, *redirects: str) -> None:
        self.clients[name] = {
            "client_name": name,
            "client_secret": SECRET,
            "client_uri": "http://127.0.0.1",
            "redirect_uris": list(redirects),
            "grant_types": ["authorization_code"],
            "response_types": ["code"],
            "scope": ["openid", "profile", "email", "groups"],
            "token_endpoint_auth_method": "client_secret_basic",
        }

    def fill(self) -> None:
        """Makes its directory what was said."""
        wanted = {"people": self.people, "groups": self.groups, "clients": self.clients}
        self._run([python("identity"), str(HERE / "servers" / "canaille_directory.py")], json.dumps(wanted))

    def move(self, name: str, *groups: str) -> None:
        """Puts a person into these groups alone."""
        for members in self.groups.values():
            if name in members:
                members.remove(name)
        for group in groups:
            self.groups.setdefault(group, []).append(name)
        self.fill()

    def start(self) -> "Canaille":
        self._run([program("canaille", "identity"), "install"], "")
        self.fill()
        self.process = subprocess.Popen(
            [program("canaille", "identity"), "run", "--bind", f"127.0.0.1:{self.port}"],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=self.log.open("ab"),
            stderr=subprocess.STDOUT,
        )
        wait_until(self._answers, lambda: f"the provider's start\n{self.log.read_text()}", 60)
        return self

    def close(self) -> None:
        if self.process:
            stop(self.process)

    def _answers(self) -> bool:
        try:
            return requests.get(self.url + "/.well-known/openid-configuration", timeout=5).ok
        except requests.ConnectionError:
            return False

    def _run(self, command: list[str], text: str) -> None:
        done = subprocess.run(
            command, input=text, env=self.environment, cwd=self.folder, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, done.stdout + done.stderr


class Person:
    """Somebody with a browser without scripts, for whom every step can be looked at."""

    def __init__(self, name: str):
        self.name, self.session = name, requests.Session()

    def get(self, url: str, **options) -> requests.Response:
        return self.session.get(url, allow_redirects=False, timeout=30, **options)

    def follow(self, answer: requests.Response, until: str = "\0") -> requests.Response:
        """Follows redirects, but for one to an address that begins so."""
        while answer.is_redirect and not self.target(answer).startswith(until):
            answer = self.get(self.target(answer))
        return answer

    @staticmethod
    def target(answer: requests.Response) -> str:
        return urllib.parse.urljoin(answer.url, answer.headers["location"])

    def sign_in(self, answer: requests.Response, until: str) -> str:
        """From a redirect to the provider through its forms: the address that it then sends the browser to."""
        answer = self.follow(answer, until)
        for _ in range(6):
            if answer.is_redirect:
                return self.target(answer)
            answer = self.follow(self._filled_in(answer), until)
        raise AssertionError(f"the provider asks on: {answer.url}\n{answer.text}")

    def _filled_in(self, answer: requests.Response) -> requests.Response:
        """The page's form, sent with what a person knows."""
        token = re.search(r'name="csrf_token"[^>]*value="([^"]*)"', answer.text)
        fields = {"csrf_token": html.unescape(token[1])} if token else {}
        if re.search(r'name="login"', answer.text):
            fields["login"] = self.name
        if re.search(r'name="password"', answer.text):
            fields["password"] = f"{self.name}-password"
        if re.search(r'name="answer"', answer.text):
            fields["answer"] = "accept"
        assert len(fields) > 1 or not token, answer.text
        return self.session.post(answer.url, fields, allow_redirects=False, timeout=30)
