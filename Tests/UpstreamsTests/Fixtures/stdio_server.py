"""A stdio server that behaves as it is told: its era (`modern`, `legacy`, `dual`), then its habits.

Its tools do what their names say, and tell in `structuredContent` what was asked of them.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time

MODERN, LEGACY = "2026-07-28", "2025-11-25"
ENVELOPE = "io.modelcontextprotocol/protocolVersion"
SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId"
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(600)"
)

era, habits = sys.argv[1], sys.argv[2:]
lock, seen, replies, cancelled, locked = threading.Lock(), [], {}, [], None
subscribed, listens, hoard = [], {}, []


def habit(name):
    """What follows `name=` among the habits."""
    return next((h.split("=", 1)[1] for h in habits if h.startswith(name + "=")), None)


def write(text):
    with lock:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()


def send(**message):
    write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")


def send_raw(id, rest):
    write('{"jsonrpc": "2.0", "id": %d, %s}\n' % (id, rest))


def error(id, code, message, **data):
    send(id=id, error={"code": code, "message": message, **({"data": data} if data else {})})


def result(id, value):
    send(id=id, result={"content": [], "structuredContent": value, "resultType": "complete"})


def progress(token, step):
    send(method="notifications/progress", params={"progressToken": token, "progress": step})


def wait_until(holds, seconds):
    deadline = time.time() + seconds
    while not holds() and time.time() < deadline:
        time.sleep(0.005)


def descend():
    """A child that ignores SIGTERM, once it does."""
    command = [sys.executable, "-S", "-E", "-c", STUBBORN]
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    child.stdout.readline()
    return child.pid


def environment():
    with open("/proc/self/environ") as block:
        return dict(entry.split("=", 1) for entry in block.read().split("\0") if entry)


def escape(id, arguments, token):
    """Dies, and leaves a process of another session with its output."""
    subprocess.Popen(["/bin/sleep", "5"], start_new_session=True)
    os._exit(0)


def ask(id, arguments, token):
    send(id="p", method="ping")
    send(id=77, method="roots/list")
    wait_until(lambda: len(replies) == 2, 60)
    result(id, replies)


def question(id, arguments, token):
    """Asks `count` times, and tells what was answered."""
    names = ["%s-%d" % (arguments.get("name", "q"), n) for n in range(arguments.get("count", 1))]
    for name in names:
        send(id=name, method=arguments["method"], params=arguments.get("params", {}))
    if arguments.get("leaves"):
        return result(id, "left")
    wait_until(lambda: all(name in replies for name in names), arguments.get("wait", 60))
    result(id, [replies.get(name) for name in names])


def take_back(id, arguments, token):
    send(id="taken-back", method="roots/list")
    send(method="notifications/cancelled", params={"requestId": "never asked"})
    send(method="notifications/cancelled", params={"requestId": "taken-back"})
    wait_until(lambda: "taken-back" in replies, arguments.get("wait", 0))
    result(id, replies)


def say_log(id, arguments, token):
    send(method="notifications/message", params={"level": "info", "data": arguments.get("data")})
    if not arguments.get("stays"):
        result(id, "logged")


def listen(id, filter):
    if "no-listen" in habits:
        return error(id, -32601, "no such method")
    if "silent-listen" in habits:
        return
    taken = {name: value for name, value in filter.items() if not habit("honours") or name in habit("honours").split(",")}
    listens[id] = taken
    send(
        method="notifications/subscriptions/acknowledged",
        params={"notifications": taken, "_meta": {SUBSCRIPTION: id}},
    )


def subscribe(id, method, uri):
    if uri == habit("refuses"):
        return error(id, -32002, "no such resource", uri=uri)
    if method == "resources/subscribe":
        subscribed.append(uri)
    elif uri in subscribed:
        subscribed.remove(uri)
    send(id=id, result={})


def tell(method, params, wanted):
    """To everybody in the legacy era, by the listenings that want it in the modern one."""
    if era != "modern":
        return send(method=method, params=params)
    for id, filter in list(listens.items()):
        if wanted(filter):
            send(method=method, params={**params, "_meta": {SUBSCRIPTION: id}})


def touch(id, arguments, token):
    uri = arguments["uri"]
    for _ in range(arguments.get("times", 1)):
        tell("notifications/resources/updated", {"uri": uri}, lambda f: uri in f.get("resourceSubscriptions", []))
    result(id, "touched")


def change(id, arguments, token):
    name = arguments["list"]
    tell("notifications/%s/list_changed" % name, {}, lambda f: f.get(name + "ListChanged"))
    result(id, "changed")


def grow(id, arguments, token):
    """Has so much memory for good, here or in a process of another session."""
    if arguments.get("elsewhere"):
        grown = "x = bytearray(%d << 20); import time; time.sleep(600)" % arguments["mib"]
        subprocess.Popen([sys.executable, "-S", "-E", "-c", grown], start_new_session=True)
        return
    try:
        hoard.append(bytearray(arguments["mib"] << 20))
    except MemoryError:
        return result(id, "no memory")
    if not arguments.get("stays"):
        result(id, "grown")


def multiply(id, arguments, token):
    left = [
        subprocess.Popen(["/bin/sleep", arguments.get("seconds", "600")], stdin=subprocess.DEVNULL, start_new_session=n % 2 == 0).pid
        for n in range(arguments["times"])
    ]
    result(id, left)


def tell_limits(id, arguments, token):
    with open("/proc/self/limits") as table:
        result(id, {line[:26].strip(): line[26:].split()[0:2] for line in table})


def tell_foreign(id, arguments, token):
    for listening in (987654, "text"):
        send(method="notifications/tools/list_changed", params={"_meta": {SUBSCRIPTION: listening}})
    result(id, "told")


def end_listening(id, arguments, token):
    for listening in list(listens):
        del listens[listening]
        if arguments.get("gracefully"):
            send(id=listening, result={"resultType": "complete"})
        else:
            send(method="notifications/cancelled", params={"requestId": listening})
    result(id, "ended")


def announce(id, arguments, token):
    send(method="notifications/tools/list_changed")
    send(method="notifications/message", params={"level": "info", "data": "hello"})
    result(id, "announced")


def report_progress(id, arguments, token):
    for step in range(arguments["steps"]):
        time.sleep(arguments.get("ms", 0) / 1000)
        progress(token, step + 1)
    result(id, {"token": token})


def stray(id, arguments, token):
    progress(987654, 1)
    send(id=987654, result={})
    send(id=str(id), result={"structuredContent": "not yours"})
    result(id, "mine")


def write_errors(id, arguments, token):
    for _ in range(arguments["lines"]):
        sys.stderr.write("x" * arguments["width"] + "\n")
    sys.stderr.flush()
    result(id, "written")


def complain(id, arguments, token):
    sys.stderr.write("bad \x1b[31mred\x1b[0m \u202eflow\n")
    sys.stderr.flush()
    result(id, "complained")


def noise(id, arguments, token):
    write("Warning: something\n\n   \n{'python': 1}\n")
    write('{"level":30,"msg":"a log line"}\n[1,2]\n"text"\n42\n')
    result(id, "after the noise")


def sleep(id, arguments, token):
    time.sleep(arguments["ms"] / 1000)
    result(id, {"arguments": arguments, "pid": os.getpid()})


def endless(id, arguments, token):
    while True:
        write("x" * 65536)


def stubborn(id, arguments, token):
    """Answers only what was taken back."""
    wait_until(lambda: id in cancelled, 60)
    result(id, "too late")


def tell_cancelled(id, arguments, token):
    wait_until(lambda: cancelled, arguments.get("wait", 0))
    result(id, cancelled)


def place():
    return {"directory": os.getcwd(), "session": os.getsid(0), "group": os.getpgrp(), "pid": os.getpid()}


TOOLS = {
    "announce": announce,
    "ask": ask,
    "batch": lambda id, a, t: write('[{"jsonrpc":"2.0","id":%d,"result":{"structuredContent":"batched"}}]\n' % id),
    "cancelled": tell_cancelled,
    "change": change,
    "complain": complain,
    "crash": lambda id, a, t: os._exit(3),
    "descend": lambda id, a, t: result(id, {"grandchild": descend(), "pid": os.getpid()}),
    "descriptors": lambda id, a, t: result(id, sorted(int(d) for d in os.listdir("/proc/self/fd"))),
    "echo": lambda id, a, t: result(id, {"arguments": a, "pid": os.getpid(), "token": t}),
    "end-listening": end_listening,
    "endless": endless,
    "environment": lambda id, a, t: result(id, environment()),
    "errors": write_errors,
    "escape": escape,
    "fail": lambda id, a, t: error(id, -32000, "it failed", why=a),
    "foreign": tell_foreign,
    "giant": lambda id, a, t: send(id=id, result={"x": "x" * a["bytes"]}),
    "grow": grow,
    "limits": tell_limits,
    "log": say_log,
    "messages": lambda id, a, t: result(id, seen),
    "multiply": multiply,
    "nan": lambda id, a, t: send_raw(id, '"result": {"x": NaN}'),
    "never": lambda id, a, t: None,
    "noise": noise,
    "progress": report_progress,
    "question": question,
    "seen": lambda id, a, t: result(id, [m.get("method") for m in seen]),
    "shut": lambda id, a, t: os.close(1),
    "sleep": sleep,
    "stray": stray,
    "stubborn": stubborn,
    "subscribed": lambda id, a, t: result(id, {"resources": subscribed, "listens": list(listens.values())}),
    "surrogate": lambda id, a, t: send_raw(id, r'"result": {"content": [], "x": "\ud800"}'),
    "take-back": take_back,
    "touch": touch,
    "twice": lambda id, a, t: send_raw(id, '"result": {}, "error": {"code": 1, "message": "x"}'),
    "where": lambda id, a, t: result(id, place()),
}


def call(message):
    params = message["params"]
    tool = TOOLS[params["name"]]
    tool(message["id"], params.get("arguments", {}), params.get("_meta", {}).get("progressToken"))
    if params["name"] == "echo" and "asks-after" in habits:
        send(id="after", method="roots/list")
    if params["name"] == "echo" and "logs-after" in habits:
        send(method="notifications/message", params={"level": "info", "data": "late"})


def discover(id):
    if "dies-on-probe" in habits:
        os._exit(1)
    if "silent-on-probe" in habits:
        return
    time.sleep(float(habit("slow-probe") or 0))
    if "disjoint" in habits:
        error(id, -32022, "Unsupported", supported=["2031-01-01"], requested=MODERN)
    elif "names-legacy" in habits:
        error(id, -32022, "Unsupported", supported=[LEGACY], requested=MODERN)
    elif "lists-legacy" in habits:
        send(id=id, result={"supportedVersions": [LEGACY], "capabilities": {}})
    elif era == "legacy":
        error(id, -32602, "Invalid request parameters", wall="of text")
    else:
        info = {"io.modelcontextprotocol/serverInfo": {"name": "scripted", "version": "1"}}
        said = {"supportedVersions": [MODERN], "capabilities": {"tools": {}}, "ttlMs": 0, "cacheScope": "private"}
        send(id=id, result={**said, "resultType": "complete", "_meta": info})


def initialize(id):
    if "dies-on-initialize" in habits:
        os._exit(1)
    if "silent-on-initialize" in habits:
        return
    if "modern-only" in habits:
        error(id, -32022, "modern only", supported=[MODERN], requested=LEGACY)
    elif era == "modern":
        error(id, -32601, "no such method")
    else:
        info = {"name": "scripted", "version": "1"}
        version = habit("version") or LEGACY
        send(id=id, result={"protocolVersion": version, "capabilities": {"tools": {}}, "serverInfo": info})


def list_tools(id, params):
    if "asks-in-list" in habits:
        send(id="in-list", method="roots/list")
    more = {} if "cursor" in params else {"nextCursor": "two"}
    tools = [{"name": "echo", "inputSchema": {"type": "object"}}]
    send(id=id, result={"tools": tools, "resultType": "complete", **more})


def locks_out(message, is_modern):
    """Like the official dual-era server: the first era that succeeds is the connection's."""
    global locked
    if era != "dual":
        return False
    if locked is None:
        locked = "modern" if is_modern else "legacy"
    if is_modern == (locked == "modern"):
        return False
    error(message["id"], -32022, "locked", supported=[MODERN if locked == "modern" else LEGACY], requested="other")
    return True


def answer(message):
    method, params = message.get("method"), message.get("params") or {}
    is_modern = ENVELOPE in params.get("_meta", {})
    if method is None:
        replies[str(message["id"])] = message.get("result", message.get("error"))
    elif method == "notifications/cancelled":
        cancelled.append(params["requestId"])
        listens.pop(params["requestId"], None)
    elif "id" not in message or "mute" in habits or locks_out(message, is_modern):
        pass
    elif method == "server/discover":
        discover(message["id"])
    elif method == "initialize":
        initialize(message["id"])
    elif era == "modern" and not is_modern:
        error(message["id"], -32602, "no envelope")
    elif method == "subscriptions/listen" and era == "modern":
        listen(message["id"], params["notifications"])
    elif method in ("resources/subscribe", "resources/unsubscribe") and era != "modern":
        subscribe(message["id"], method, params["uri"])
    elif method == "tools/list":
        list_tools(message["id"], params)
    elif method == "tools/call":
        call(message)
    else:
        error(message["id"], -32601, "unknown method")


def main():
    global era
    if "broken" in habits:
        sys.stderr.write("no such module\n")
        sys.exit(7)
    if habit("modern-if") and os.path.exists(habit("modern-if")):
        era = "modern"
        habits.append("modern-only")
    if "banner" in habits:
        write("Scripted server 1.0\nListening on stdio...\n")
    if "hangs" in habits:
        time.sleep(600)
    if "stubborn-process" in habits:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(float(habit("starts-in") or 0))
    for line in sys.stdin.buffer:
        message = json.loads(line)
        seen.append(message)
        if message.get("method") == "tools/call" and message["params"]["name"] == "stop-reading":
            result(message["id"], "not reading")
            time.sleep(message["params"]["arguments"]["seconds"])
        elif message.get("method") == "tools/call" or habit("slow-probe"):
            threading.Thread(target=answer, args=(message,), daemon=True).start()
        else:
            answer(message)
    if "stubborn-process" in habits:
        time.sleep(600)


main()
