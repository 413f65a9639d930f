"""`gatehouse policy schema` agrees with the reader: what it accepts and refuses by shape, the reader does too."""

import json

import jsonschema
import pytest
import yaml

from harness.programs import ROOT, gatehouse

EXAMPLES = sorted((ROOT / "Examples").glob("*/policy.yaml"))

CONDITION = {"path": "args.amount", "op": "gt", "value": 5}


def tool(rules):
    return {"version": "1", "default": "deny", "tools": {"t": rules}}


def denies(condition):
    return tool({"deny_if": [{"conditions": [condition]}]})


SHAPES = {
    "no version": {"default": "deny"},
    "another version": {"version": "2", "default": "deny"},
    "version as a number": {"version": 1, "default": "deny"},
    "no default": {"version": "1"},
    "another default": {"version": "1", "default": "ask"},
    "unknown key": {"version": "1", "default": "deny", "tolls": {}},
    "hide as text": {"version": "1", "default": "deny", "hide": "x"},
    "an empty name": {"version": "1", "default": "deny", "hide": [""]},
    "tools as a list": {"version": "1", "default": "deny", "tools": ["t"]},
    "rules as null": tool(None),
    "unknown rule": tool({"deny": []}),
    "unknown action": tool({"action": "forbid"}),
    "an action for all tools": {"version": "1", "default": "deny", "all_tools": {"action": "deny"}},
    "a rate without a window": tool({"rate_limit": {"max": 5}}),
    "a rate in an unknown window": tool({"rate_limit": "5/minuet"}),
    "a negative rate": tool({"rate_limit": {"max": -5, "window": "day"}}),
    "a limit without a counter": tool({"limits": [{"window": "day", "max": 5}]}),
    "an unknown scope": tool({"limits": [{"counter": "c", "window": "day", "max": 5, "scope": "user"}]}),
    "two amounts": tool(
        {"limits": [{"counter": "c", "window": "day", "max": 5, "amount": 1, "increment_from": "args.a"}]}
    ),
    "a condition outside a list": tool({"deny_if": [{"conditions": CONDITION}]}),
    "a comparison without a value": denies({"path": "args.a", "op": "eq"}),
    "an unknown operator": denies({**CONDITION, "op": "gtt"}),
    "a path without a root": denies({**CONDITION, "path": "amount"}),
    "in without a list": denies({**CONDITION, "op": "in"}),
    "exists with text": denies({**CONDITION, "op": "exists", "value": "yes"}),
    "an order of a truth": denies({**CONDITION, "value": True}),
    "anchored beside another operator": denies({**CONDITION, "anchored": True}),
    "any beside all": denies({"any": [], "all": []}),
    "not of a list": denies({"not": [CONDITION]}),
    "no approver wanted": tool({"approve_if": [{"conditions": [], "min": 0}]}),
    "an unknown role": tool({"approve_if": [{"conditions": [], "approvers": {"roles": ["boss"]}}]}),
}


@pytest.fixture(scope="module")
def validator():
    printed = gatehouse("policy", "schema")
    assert printed.returncode == 0, printed.stderr
    schema = json.loads(printed.stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("policy", EXAMPLES, ids=lambda file: file.parent.name)
def test_every_example_is_valid(validator, policy):
    validator.validate(yaml.safe_load(policy.read_text()))


@pytest.mark.parametrize("shape", SHAPES)
def test_a_mistake_of_shape_is_refused_by_schema_and_reader(validator, shape, tmp_path):
    assert not validator.is_valid(SHAPES[shape])
    file = tmp_path / "policy.json"
    file.write_text(json.dumps(SHAPES[shape]))
    assert gatehouse("policy", "check", str(file)).returncode == 1
