"""The recording server itself: it must be able to show a breach, or no journey proves anything."""

import pytest
from mcp import Client, MCPError
from mcp.client.stdio import StdioServerParameters

from harness import cases
from harness.programs import RECORDER, python
from recording.http import RecordingServer
from recording.reading import PERSONALITIES, messages, name_of
from recording.record import Record
from recording.tools import NAMES

ERAS = {"modern": "auto", "legacy": "legacy"}


@pytest.fixture(params=[(transport, era) for transport in ("http", "stdio") for era in ERAS], ids="-".join)
def server(request, tmp_path):
    transport, era = request.param
    record = Record(tmp_path / "record.jsonl")
    if transport == "stdio":
        arguments = [RECORDER, "stdio", "--record", str(record.path), "--era", era]
        yield StdioServerParameters(command=python(), args=arguments), ERAS[era], record
    else:
        upstream = RecordingServer(record, era=era)
        yield upstream.url, ERAS[era], record
        upstream.close()


@pytest.mark.anyio
async def test_the_official_client_lists_and_calls_its_tools(server):
    address, mode, record = server
    async with Client(address, mode=mode) as client:
        assert [tool.name for tool in (await client.list_tools()).tools] == NAMES
        result = await client.call_tool("wipe", {"text": "everything"})
    assert "wipe" in result.content[0].text
    assert [(call["tool"], call["arguments"]) for call in record.calls()] == [("wipe", {"text": "everything"})]


@pytest.mark.anyio
async def test_it_tells_its_progress(server):
    address, mode, _ = server
    told = []

    async def progress(done, total, message):
        told.append(done)

    async with Client(address, mode=mode) as client:
        await client.call_tool("slow", {"steps": 3}, progress_callback=progress)
    assert told == [1, 2, 3]


@pytest.mark.anyio
async def test_a_client_that_must_have_the_other_era_is_told(tmp_path):
    upstream = RecordingServer(Record(tmp_path / "record.jsonl"), era="modern")
    told = pytest.RaisesExc(MCPError, check=lambda error: error.code == -32022)
    with pytest.RaisesGroup(told, flatten_subgroups=True):
        async with Client(upstream.url, mode="legacy"):
            pass
    upstream.close()


@pytest.mark.parametrize(
    "case, seen",
    [
        ("A1.1", {"first": "wipe", "last": "echo"}),
        ("A1.2", {"first": "echo", "last": "wipe"}),
        ("A2.1", {"first": "wipe", "last": "echo"}),
        ("A3.1", {"last": "echo", "fold": "wipe"}),
        ("A4.2", {"last": None, "fold": "wipe"}),
        ("A7.1", {"first": "wipe"}),
        ("A9.1", {"last": "wipe"}),
        ("A9.14", {"last": "wipe"}),
    ],
)
def test_each_personality_reads_the_hostile_body_its_own_way(case, seen):
    row = next(row for row in cases.rows("messages.tsv") if row["case"] == case)
    for personality, tool in seen.items():
        first = messages(cases.expand(row["body"]), personality)[0]
        assert name_of(first["params"].get("name") if "params" in first else None, NAMES, personality) == tool


def test_the_hidden_call_of_every_table_would_be_seen():
    """A body that names the hidden tool to some careless server shows it in the record of one personality."""
    rows = [
        row for row in cases.rows("messages.tsv") if row["case"].startswith(("A1.", "A7.1", "A8.1", "A8.2", "C30.1"))
    ]
    for row in rows:
        body = cases.expand(row["body"])
        tools = {
            name_of(m.get("params", {}).get("name"), NAMES, p)
            for p in PERSONALITIES
            for m in messages(body, p)
            if isinstance(m, dict)
        }
        if row["case"] in ("C30.1", "C30.2", "C30.3") or row["case"][0] == "A":
            assert "wipe" in tools, row


def test_every_case_of_the_tables_can_be_written_out():
    assert len(cases.rows("messages.tsv")) + len(cases.rows("wire.tsv")) >= 200
    for row in cases.rows("messages.tsv"):
        assert isinstance(cases.expand(row["body"]), bytes) and cases.choices(row["status"]), row
