"""What the gateway relays it does not rewrite: members nobody knows, number text, escapes and order stay byte for byte."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from harness import wire
from harness.gateway import Gateway
from matrix.views import POLICY

ODD = (
    b'{"z":1.0e+2,"a":-0,"big":123456789012345678901234567890.10,"text":"\\u00fc\\/\\ud83d\\ude00\\u2028 \xc3\xbc",'
    b'"empty":{},"list":[ 1 , 2 ],"null":null,"":"no name"}'
)
TOOL = b'{"description":"Odd.","inputSchema":{"x-odd":%s,"type":"object"},"name":"odd","x-more":%s}' % (ODD, ODD)
RESULTS = {
    "tools/list": b'{"tools":[%s],"x-list":%s' % (TOOL, ODD),
    "tools/call": b'{"content":[{"type":"text","text":"t","x-part":%s}],"structuredContent":%s,"x-own":%s,"_meta":{"e.org/k":%s}'
    % (ODD, ODD, ODD, ODD),
    "resources/read": b'{"contents":[{"uri":"odd://a","text":"t","x-part":%s}],"x-own":%s' % (ODD, ODD),
    "resources/list": b'{"resources":[{"uri":"odd://a","name":"a","x-part":%s}]' % ODD,
    "prompts/list": b'{"prompts":[{"name":"odd","x-part":%s}]' % ODD,
    "prompts/get": b'{"messages":[{"role":"user","content":{"type":"text","text":"t","x":%s}}],"x-own":%s' % (ODD, ODD),
    "completion/complete": b'{"completion":{"values":["v"],"x-part":%s}' % ODD,
}
USES = {
    "tools/list": {},
    "tools/call": {"name": "odd", "arguments": {}},
    "resources/list": {},
    "resources/read": {"uri": "odd://a"},
    "prompts/list": {},
    "prompts/get": {"name": "odd"},
    "completion/complete": {"ref": {"type": "ref/prompt", "name": "odd"}, "argument": {"name": "x", "value": "v"}},
}
CAPABILITIES = b'{"tools":{},"resources":{},"prompts":{},"completions":{}}'


class OddServer(BaseHTTPRequestHandler):
    """Answers with the bytes above, in the era of its first path component."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        message, modern = json.loads(raw), self.path.startswith("/modern")
        self.server.received.append(raw)
        if "id" not in message:
            return self.answer(202, b"")
        method, request = message["method"], json.dumps(message["id"]).encode()
        ending = b',"resultType":"complete","ttlMs":0,"cacheScope":"public"}' if modern else b"}"
        if method in RESULTS:
            return self.answer(200, b'{"jsonrpc":"2.0","id":%s,"result":%s%s}' % (request, RESULTS[method], ending))
        if method == "server/discover" and modern:
            found = b'{"supportedVersions":["2026-07-28"],"capabilities":' + CAPABILITIES + ending
            return self.answer(200, b'{"jsonrpc":"2.0","id":%s,"result":%s}' % (request, found))
        if method == "initialize" and not modern:
            found = b'{"protocolVersion":"2025-11-25","capabilities":%s,"serverInfo":{"name":"o","version":"1"}}'
            return self.answer(200, b'{"jsonrpc":"2.0","id":%s,"result":%s}' % (request, found % CAPABILITIES))
        error = b'{"jsonrpc":"2.0","id":%s,"error":{"code":-32601,"message":"unknown"}}' % request
        return self.answer(404 if modern else 200, error)

    def do_GET(self):
        self.answer(405, b"")

    do_DELETE = do_GET

    def answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def odd():
    with ThreadingHTTPServer(("127.0.0.1", 0), OddServer) as server:
        server.daemon_threads, server.received = True, []
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def gateway(odd, folder):
    url = f"http://127.0.0.1:{odd.server_address[1]}"
    servers = {era: {"url": f"{url}/{era}"} for era in ("modern", "legacy")}
    gateway = Gateway(folder, servers, {era: POLICY for era in servers})
    gateway.start()
    yield gateway
    gateway.stop()


def ask(gateway, server: str, era: str, method: str, params: bytes) -> wire.Response:
    if era == "modern":
        members = json.loads(params)
        name = members.get("name") or members.get("uri")
        headers = gateway.headers(method, name if method in ("tools/call", "prompts/get", "resources/read") else None)
        params = (
            params.removesuffix(b"}") + (b"," if members else b"") + b'"_meta":%s}' % json.dumps(wire.META).encode()
        )
    else:
        headers = gateway.session_headers(gateway.open_session(server))
    body = b'{"jsonrpc":"2.0","id":7,"method":"%s","params":%s}' % (method.encode(), params)
    return gateway.post(server, body, headers)


both = pytest.mark.parametrize("era", ["modern", "legacy"])
servers = pytest.mark.parametrize("server", ["modern", "legacy"])


@both
@servers
@pytest.mark.parametrize("method", USES)
def test_what_a_server_says_arrives_byte_for_byte(gateway, server, era, method):
    answer = ask(gateway, server, era, method, json.dumps(USES[method]).encode())
    assert answer.status == 200, answer
    assert answer.body.count(ODD) == RESULTS[method].count(ODD), answer.body


@both
@servers
def test_what_a_client_says_arrives_byte_for_byte(gateway, odd, server, era):
    before = len(odd.received)
    answer = ask(gateway, server, era, "tools/call", b'{"name":"odd","arguments":{"x":%s}}' % ODD)
    assert answer.status == 200, answer
    calls = [raw for raw in odd.received[before:] if b'"tools/call"' in raw]
    assert len(calls) == 1 and calls[0].count(ODD) == 1, calls
