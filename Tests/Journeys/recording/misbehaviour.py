"""The ways a broken server answers: each is one value of the argument `how` of the tool `misbehave`."""

import json
import os
import sys
import threading

LONG = 20 * 1024 * 1024  # bytes, above every bound of the gateway
FOREVER = threading.Event()  # never set: waiting on it ends with the process


def misbehave_over_http(handler, message: dict) -> None:
    how = str(message["params"].get("arguments", {}).get("how"))
    right = handler.server.conversation.result(message, {"content": [], "isError": False})
    wrong = {
        "page": b"<html><body>Bad gateway</body></html>",
        "half": json.dumps(right).encode()[:-9],
        "another id": json.dumps({**right, "id": "somebody-else"}).encode(),
        "no result": b'{"jsonrpc":"2.0","id":1}',
        "array": json.dumps([right]).encode(),
    }
    if how in wrong:
        return handler.send(200, wrong[how])
    if how == "server error":
        return handler.send(500, b"<html>Internal error at /srv/secret/path</html>")
    if how == "sign in":
        return handler.send(401, b"", ("WWW-Authenticate", 'Bearer resource_metadata="http://evil.example/"'))
    if how.startswith("redirect "):
        return handler.send(307, b"", ("Location", how.removeprefix("redirect ")))
    handler.close_connection = True
    if how == "long":
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(LONG))
        handler.end_headers()
        handler.wfile.write(b'"' + b"x" * (LONG - 2) + b'"')
    elif how == "short body":
        handler.send_response(200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b'{"jsonrpc":')
    elif how == "two lengths":
        handler.wfile.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
            b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}"
        )
    elif how == "silence":
        handler.wfile.flush()
        FOREVER.wait()
    # anything else, "hang up" among them: the connection closes with no answer


def misbehave_over_stdio(message: dict, right: dict, write) -> None:
    how = message["params"].get("arguments", {}).get("how")
    if how == "noise":
        write(b"Loading model weights... 100%\n\n{not json}\n" + json.dumps(right).encode() + b"\n")
    elif how == "page":
        write(b"<html>Bad gateway</html>\n")
        os._exit(3)
    elif how == "half":
        write(json.dumps(right).encode()[:-9])
        os._exit(3)
    elif how == "another id":
        write(json.dumps({**right, "id": "somebody-else"}).encode() + b"\n")
        os._exit(3)
    elif how == "long":
        write(b'"' + b"x" * LONG + b'"\n')
    elif how == "loud":
        for _ in range(200):
            os.write(sys.stderr.fileno(), b"warning: " + b"w" * 100_000 + b"\n")
        write(json.dumps(right).encode() + b"\n")
    elif how == "hang up":
        os._exit(3)
    # "silence": no answer, ever
