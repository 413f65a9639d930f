"""Files are the configuration: a right change takes effect by itself, a wrong one leaves all as it was."""

import copy

import pytest

from harness.programs import wait_until
from harness.recorded import POLICY, VISIBLE, RecordedGateway

WRONG = {
    "not YAML": "version: '1'\n  default: [deny",
    "unknown operator": "{version: '1', default: allow, tools: {echo: {deny_if: ["
    "{conditions: [{path: args.a, op: contians, value: x}]}]}}}",
    "unknown key": "{version: '1', default: allow, hidden: [wipe]}",
    "no default": "{version: '1'}",
    "duplicate key": "{version: '1', default: deny, default: allow}",
    "empty": "",
}


@pytest.fixture
def stack(tmp_path):
    with RecordedGateway(tmp_path, {"last": ("last", "modern")}) as running:
        assert sorted(running.gateway.tools("last")) == VISIBLE
        yield running


def changed(**tools) -> dict:
    policy = copy.deepcopy(POLICY)
    policy["tools"] |= tools
    return policy


def test_a_changed_policy_is_in_force_without_a_restart(stack):
    policy = changed(drop={})
    policy["hide"].append("echo")
    del policy["tools"]["echo"]
    stack.gateway.write_policy("last", policy)
    wait_until(lambda: "echo" not in stack.gateway.tools("last"), "the new policy in force")
    assert stack.gateway.call("last", "echo").code == -32602
    assert not stack.gateway.call("last", "drop").result.get("isError")


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_a_wrong_policy_is_reported_and_the_old_one_goes_on(stack, wrong):
    reported = len(stack.gateway.log_text())
    stack.gateway.write_policy("last", WRONG[wrong])
    wait_until(lambda: "last.yaml" in stack.gateway.log_text()[reported:], "a report of the wrong policy")
    assert sorted(stack.gateway.tools("last")) == VISIBLE
    assert stack.gateway.call("last", "wipe").code == -32602
    stack.gateway.write_policy("last", changed(drop={}))
    wait_until(lambda: not stack.gateway.call("last", "drop").result["isError"], "the mended policy in force")


def test_a_wrong_configuration_is_reported_and_the_old_one_goes_on(stack):
    reported = len(stack.gateway.log_text())
    stack.gateway.write_configuration(grants=[{"label": "x", "token_sha256": "short", "servers": {"nowhere": "last"}}])
    wait_until(lambda: "gatehouse.yaml" in stack.gateway.log_text()[reported:], "a report of the wrong configuration")
    assert sorted(stack.gateway.tools("last")) == VISIBLE


def test_a_grant_taken_out_is_refused_from_then_on(stack):
    stack.gateway.write_configuration(grants=[])
    wait_until(lambda: stack.gateway.call("last", "echo").status == 401, "the grant to be gone")


def test_a_wrong_policy_at_start_is_no_start(stack):
    stack.gateway.stop()
    stack.gateway.write_policy("last", WRONG["unknown operator"])
    with pytest.raises(AssertionError, match="(?s)ended at start.*contians.*contains"):
        stack.gateway.start()
    stack.gateway.write_policy("last", POLICY)
    stack.gateway.start()
