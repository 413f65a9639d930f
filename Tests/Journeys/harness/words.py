"""The gateway's own words, in one place: what the journeys expect in answers, configuration and audit trail."""

# --- error codes (JSON-RPC, MCP) ---
INVALID_REQUEST, METHOD_NOT_FOUND, INVALID_PARAMS = -32600, -32601, -32602

# --- texts a client sees ---
NOT_AVAILABLE = "tool not available: {}"
DENIED = "Denied by policy: "

# --- outcomes of audit entries: the decision's, then how a call that was sent ended ---
ALLOWED, DENIED_BY_RULE, NOT_VISIBLE = "allowed", "denied", "not_visible"
LIMITED, REFUSED, UNAVAILABLE = "limited", "refused", "unavailable"
COMPLETED, TOOL_ERROR, ERROR, FAILED, CANCELLED = "completed", "tool_error", "error", "failed", "cancelled"

# --- reasons of `refused` ---
UNKNOWN_TOKEN, UNKNOWN_SERVER, TOO_LARGE = "unknown token", "unknown server", "body too large"

# --- settings of gatehouse.yaml ---
CALL_TIMEOUT_OF_2_SECONDS = {"timeouts": {"call": "2s"}}  # of one server


def tls_settings(certificate, key) -> dict:
    return {"tls": {"certificate": str(certificate), "key": str(key)}}


def field(entry: dict, name: str):
    """A member of an audit entry, by the name `audit list --json` gives it."""
    return entry.get(name)


def one_per_call(records: list[dict]) -> list[dict]:
    """Decision and completion of one call bear one request id and are one entry here; the order stays.

    `ending` is the completion's outcome, `outcome` the decision's.
    """
    calls: dict[str, dict] = {}
    for record in records:
        call = calls.setdefault(record["request"], {})
        if "completion" in record:  # as `audit list` gives it: inside its call
            call |= record | {"ending": record["completion"]["outcome"]} | {
                key: value for key, value in record["completion"].items() if key not in record and key != "kind"
            }
        elif record.get("kind") == "completion":
            call |= {"ending": record["outcome"], "completion": record} | {
                key: value for key, value in record.items() if key not in call and key not in ("kind", "outcome")
            }
        else:
            call.update(record)
    return list(calls.values())
