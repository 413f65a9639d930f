"""The official client before the real AWS IAM server: the policy holds, and AWS is what it was."""

import pytest
from mcp import MCPError

from aws import ADMINISTRATOR, IAM_SERVER, READ_ONLY, LocalAWS
from harness import words
from harness.gateway import Gateway
from harness.programs import ROOT, free_port

LOOK_ALIKES = [
    "Detach_User_Policy",
    "DETACH_USER_POLICY",
    "detach_user_policy ",
    " detach_user_policy",
    "detach_user_policy\u200b",
    "detach\u00ad_user_policy",
    "detach_user_polic\u0443",
    "detach%5Fuser%5Fpolicy",
    "iam__detach_user_policy",
    "\uff44etach_user_policy",
    "detach_user_policy\u0000",
]


@pytest.fixture(scope="module")
def aws():
    with LocalAWS(free_port()) as running:
        yield running


@pytest.fixture(scope="module")
def gateway(aws, folder):
    server = {"command": [IAM_SERVER, "--allow-write"], "environment": aws.environment}
    gateway = Gateway(folder, {"iam": server}, {"iam": (ROOT / "Demo" / "policy.yaml").read_text()})
    gateway.start()
    yield gateway
    gateway.stop()


both_modes = pytest.mark.parametrize("mode", ["auto", "legacy"])


@pytest.mark.anyio
@both_modes
async def test_a_hidden_tool_is_absent_and_the_rest_of_the_server_is_there(gateway, mode):
    async with gateway.client("iam", mode) as client:
        names = [tool.name for tool in (await client.list_tools()).tools]
        assert "detach_user_policy" not in names and "create_role" not in names
        assert {"list_users", "get_user", "attach_user_policy", "delete_user"} <= set(names)
        assert len(names) == 14


@pytest.mark.anyio
@both_modes
@pytest.mark.parametrize("name", ["detach_user_policy", *LOOK_ALIKES], ids=ascii)
async def test_a_hidden_tool_is_refused_by_any_name_and_aws_is_unchanged(gateway, aws, mode, name):
    async with gateway.client("iam", mode) as client:
        with pytest.raises(MCPError) as refusal:
            await client.call_tool(name, {"user_name": "alice", "policy_arn": READ_ONLY, "confirmed": True})
    assert refusal.value.code == words.INVALID_PARAMS
    assert "ReadOnlyAccess" in aws.policies_of("alice")


@pytest.mark.anyio
async def test_a_hidden_and_an_unknown_tool_are_refused_in_the_same_words(gateway):
    refusals = []
    async with gateway.client("iam") as client:
        for name in ("detach_user_policy", "create_role", "xx_not_there_xx"):
            with pytest.raises(MCPError) as refusal:
                await client.call_tool(name, {})
            refusals.append((refusal.value.code, refusal.value.message.replace(name, "NAME"), refusal.value.data))
    assert refusals == [(words.INVALID_PARAMS, words.NOT_AVAILABLE.format("NAME"), None)] * 3


@pytest.mark.anyio
@both_modes
@pytest.mark.parametrize("given", [ADMINISTRATOR, [ADMINISTRATOR], {"arn": ADMINISTRATOR}, [[ADMINISTRATOR]]], ids=repr)
async def test_an_argument_rule_holds_for_text_list_and_object(gateway, aws, mode, given):
    async with gateway.client("iam", mode) as client:
        result = await client.call_tool(
            "attach_user_policy", {"user_name": "alice", "policy_arn": given, "confirmed": True}
        )
    assert result.is_error and result.content[0].text.startswith(words.DENIED + "Nobody becomes an administrator")
    assert "AdministratorAccess" not in aws.policies_of("alice")


@pytest.mark.anyio
@both_modes
async def test_a_denied_call_gives_its_reason_and_a_read_goes_through(gateway, aws, mode):
    async with gateway.client("iam", mode) as client:
        denied = await client.call_tool("delete_user", {"user_name": "alice", "force": True, "confirmed": True})
        read = await client.call_tool("get_user", {"user_name": "alice", "ctx": {"content": []}})
    assert (
        denied.is_error and denied.content[0].text == words.DENIED + "Users are removed by hand. Ask the platform team."
    )
    assert not read.is_error and "ReadOnlyAccess" in read.content[0].text
    assert aws.users() == ["alice"]
