"""An AWS of our own: moto's IAM on loopback, and boto3 to see what is true there."""

import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import boto3

PROGRAMS = Path(sys.executable).parent
IAM_SERVER = str(PROGRAMS / "awslabs.iam-mcp-server")
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"
BILLING = "arn:aws:iam::aws:policy/job-function/Billing"


class LocalAWS:
    """Runs for the length of a `with`; the account has one user, `alice`, with one policy attached."""

    def __init__(self, port: int):
        self.endpoint = f"http://127.0.0.1:{port}"
        self._command = [str(PROGRAMS / "moto_server"), "-H", "127.0.0.1", "-p", str(port)]

    def __enter__(self) -> "LocalAWS":
        environment = os.environ | {"MOTO_IAM_LOAD_MANAGED_POLICIES": "true"}
        self._process = subprocess.Popen(
            self._command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._wait()
        self.iam = boto3.client(
            "iam",
            endpoint_url=self.endpoint,
            region_name="us-east-1",
            aws_access_key_id="demo",
            aws_secret_access_key="demo",
        )
        self.iam.create_user(UserName="alice")
        self.iam.attach_user_policy(UserName="alice", PolicyArn=READ_ONLY)
        return self

    def __exit__(self, *_) -> None:
        self._process.terminate()
        self._process.wait(10)

    def _wait(self) -> None:
        deadline = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(f"{self.endpoint}/moto-api/", timeout=5).close()
                return
            except OSError:
                if time.monotonic() > deadline or self._process.poll() is not None:
                    raise SystemExit("the local AWS did not start") from None
                time.sleep(0.05)

    @property
    def environment(self) -> dict[str, str]:
        """What the IAM server needs to find this account."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": "demo",
            "AWS_SECRET_ACCESS_KEY": "demo",
        }

    def rights_of(self, user: str) -> str:
        return f"{user} has " + (", ".join(self.policies_of(user)) or "no policy")

    def policies_of(self, user: str) -> list[str]:
        if user not in self.users():
            return []
        attached = self.iam.list_attached_user_policies(UserName=user)["AttachedPolicies"]
        return sorted(policy["PolicyName"] for policy in attached)

    def users(self) -> list[str]:
        return sorted(user["UserName"] for user in self.iam.list_users()["Users"])

    def groups(self) -> list[str]:
        return sorted(group["GroupName"] for group in self.iam.list_groups()["Groups"])
