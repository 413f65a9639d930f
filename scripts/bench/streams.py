"""Measures what open streams and idle sessions cost `gatehouse serve`, and checks that each is served.

    scripts/bench/streams.py GATEHOUSE_BINARY [--sessions 10000] [--streams 1000]

1. SESSIONS legacy sessions are begun and left idle.
2. STREAMS of them listen (GET), a change of policy is told to every one of them.
3. STREAMS legacy calls are under way at once, each on a stream of its own with progress before its answer.
4. The same again, each connection lost after the progress and read on with Last-Event-ID for the answer.

Memory is the resident set of the gateway's process after each step, in MiB; the upstream is this script.
"""

import argparse
import asyncio
import hashlib
import json
import re
import subprocess
import tempfile
import time
from pathlib import Path

TOKEN = "streams-0123456789abcdef"
PORT, UPSTREAM_PORT = 9107, 9108
# One server of the configuration holds so many calls at once at most; several share the streams.
SERVERS = [f"s{number}" for number in range(8)]


class Upstream:
    """A modern server whose calls report progress and wait for `release` with their answers."""

    def __init__(self):
        self.release = asyncio.Event()
        self.open = 0

    async def serve(self, reader, writer):
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(re.search(rb"content-length: *(\d+)", head, re.I)[1])
                await self.answer(json.loads(await reader.readexactly(length)), writer)
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def answer(self, message, writer):
        common = {"resultType": "complete", "ttlMs": 0, "cacheScope": "private"}
        match message["method"]:
            case "server/discover":
                result = {"supportedVersions": ["2026-07-28"], "capabilities": {"tools": {}}} | common
                result["serverInfo"] = {"name": "streams", "version": "1"}
            case "tools/list":
                result = {"tools": [{"name": "hold", "inputSchema": {"type": "object"}}]} | common
            case "tools/call":
                return await self.hold(message, writer)
            case _:
                result = None
        answer = {"result": result} if result else {"error": {"code": -32601, "message": "Method not found"}}
        body = json.dumps({"jsonrpc": "2.0", "id": message.get("id")} | answer).encode()
        status = b"200 OK" if result else b"404 Not Found"
        head = b"HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
        writer.write(head % (status, len(body)) + body)

    async def hold(self, message, writer):
        def event(content):
            data = b"data: " + json.dumps({"jsonrpc": "2.0"} | content).encode() + b"\n\n"
            writer.write(b"%x\r\n%s\r\n" % (len(data), data))

        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
        token = message["params"]["_meta"]["progressToken"]
        event({"method": "notifications/progress", "params": {"progressToken": token, "progress": 1}})
        self.open += 1
        await self.release.wait()
        self.open -= 1
        text = [{"type": "text", "text": "done"}]
        event({"id": message["id"], "result": {"content": text, "resultType": "complete"}})
        writer.write(b"0\r\n\r\n")


class Client:
    """One connection; reads what comes as text, framing and all."""

    def __init__(self, server):
        self.server = server
        self.text = ""

    async def connect(self):
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", PORT)
        return self

    def send(self, method, body=None, session=None, **fields):
        body = json.dumps(body).encode() if body else b""
        lines = [f"{method} /mcp/{self.server} HTTP/1.1", f"Host: 127.0.0.1:{PORT}", f"Authorization: Bearer {TOKEN}"]
        lines += ["Accept: application/json, text/event-stream"]
        if body:
            lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
        if session:
            lines.append(f"Mcp-Session-Id: {session}")
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
        self.writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)

    async def until(self, wanted):
        """Reads until the text has this in it."""
        while wanted not in self.text:
            piece = await asyncio.wait_for(self.reader.read(65536), 120)
            assert piece, f"closed before {wanted!r}: {self.text}"
            self.text += piece.decode()
        return self.text

    async def begin(self):
        """Begins a session on this connection and gives back its id."""
        self.text = ""
        params = {"protocolVersion": "2025-11-25", "capabilities": {}}
        self.send("POST", {"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": params})
        return re.search(r"Mcp-Session-Id: (\S+)", await self.until("}}"))[1]

    def call(self, session):
        params = {"name": "hold", "arguments": {}, "_meta": {"progressToken": "p"}}
        body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
        self.send("POST", body, session)

    def leave(self):
        self.writer.close()


def configuration(home):
    policy = {"version": "1", "default": "allow"}
    (home / "policy.json").write_text(json.dumps(policy))
    address = f"http://127.0.0.1:{UPSTREAM_PORT}/mcp"
    servers = "".join(f'  {name}: {{ url: "{address}", accept: initial }}\n' for name in SERVERS)
    access = ", ".join(f"{name}: open" for name in SERVERS)
    (home / "gatehouse.yaml").write_text(
        f"listen: 127.0.0.1:{PORT}\ndata: {home}/data\nservers:\n{servers}policies: {{ open: {home}/policy.json }}\n"
        f"grants:\n  - {{ label: streams, token_sha256: {hashlib.sha256(TOKEN.encode()).hexdigest()},"
        f" servers: {{ {access} }} }}\n"
    )
    return policy


def memory(process):
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024


async def measured(options, home, process, policy):
    upstream = Upstream()
    await asyncio.start_server(upstream.serve, "127.0.0.1", UPSTREAM_PORT)
    figures = {}

    def note(step, began):
        figures[step] = {"MiB": round(memory(process), 1), "seconds": round(time.monotonic() - began, 1)}
        print(f"{step}: {figures[step]['MiB']} MiB, {figures[step]['seconds']} s", flush=True)

    began = time.monotonic()
    for _ in range(100):
        try:
            starters = [await Client(name).connect() for name in SERVERS]
            break
        except ConnectionError:
            await asyncio.sleep(0.1)
    sessions = [(client.server, await client.begin()) for client in starters]
    note("started", began)

    async def many(client, count):
        return [(client.server, await client.begin()) for _ in range(count)]

    began = time.monotonic()
    share = options.sessions // len(SERVERS)
    for some in await asyncio.gather(*(many(client, share) for client in starters)):
        sessions += some
    note(f"{len(sessions)} idle sessions", began)
    before = figures["started"]["MiB"]
    print(f"a session: {(memory(process) - before) * 1024 / len(sessions):.2f} KiB")

    began = time.monotonic()
    chosen = sessions[:: max(1, len(sessions) // options.streams)][: options.streams]

    async def listener(server, session):
        client = await Client(server).connect()
        client.send("GET", session=session)
        await client.until("retry:")
        return client

    listeners = await asyncio.gather(*(listener(*one) for one in chosen))
    note(f"{len(listeners)} listening", began)
    began = time.monotonic()
    (home / "policy.json").write_text(json.dumps(policy | {"hide": ["other"]}))
    await asyncio.gather(*(client.until("list_changed") for client in listeners))
    note("a change told to each", began)
    for client in listeners:
        client.leave()

    async def caller(server, session):
        client = await Client(server).connect()
        client.call(session)
        await client.until('"progress": 1')
        return client, session

    for is_lost in (False, True):
        began = time.monotonic()
        upstream.release.clear()
        callers = await asyncio.gather(*(caller(*one) for one in chosen))
        assert upstream.open == len(chosen), upstream.open
        note(f"{len(callers)} calls under way", began)
        began = time.monotonic()

        async def end(client, session):
            if is_lost:
                last = re.findall(r"\nid: (\S+)", client.text)[-1]
                client.leave()
                client = await Client(client.server).connect()
                client.send("GET", session=session, Last_Event_ID=last)
            await client.until('"done"')
            client.leave()

        ends = asyncio.gather(*(end(*one) for one in callers))
        if is_lost:
            await asyncio.sleep(1)
        upstream.release.set()
        await ends
        note("each read on and answered" if is_lost else "each answered", began)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gatehouse")
    parser.add_argument("--sessions", type=int, default=10_000)
    parser.add_argument("--streams", type=int, default=1_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        home = Path(directory)
        policy = configuration(home)
        log = (home / "log").open("wb")
        command = [options.gatehouse, "serve", "--config", str(home / "gatehouse.yaml")]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            asyncio.run(measured(options, home, process, policy))
        except BaseException:
            print((home / "log").read_text()[-2000:])
            raise
        finally:
            process.terminate()
            process.wait(20)


if __name__ == "__main__":
    main()
