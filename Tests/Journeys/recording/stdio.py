"""The recording server over stdio: one message a line."""

import json
import os
import signal
import subprocess
import sys
import threading

from .answers import Conversation
from .misbehaviour import FOREVER, misbehave_over_stdio
from .record import Record


def serve(record: Record, personality: str, era: str, habits: set[str]) -> None:
    """Serves until its input ends. `habits`: `banner` prints text before any message; `family` starts a child;
    `stubborn` outlives SIGTERM and the end of its input; `fragile` dies when asked what it does not know."""
    record.write(event="started", pid=os.getpid(), group=os.getpgrp(), arguments=sys.argv[1:])
    if "stubborn" in habits:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if "family" in habits:
        child = subprocess.Popen(["sleep", "600"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        record.write(event="child", pid=child.pid)
    conversation, lock = Conversation(record, personality, era), threading.Lock()

    def write(data: bytes) -> None:
        with lock:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()

    def send(message: dict) -> None:
        write(json.dumps(message).encode() + b"\n")

    def answer(message: dict) -> None:
        params = message.get("params") if isinstance(message.get("params"), dict) else {}
        if message.get("method") == "tools/call" and params.get("name") == "misbehave":
            right = conversation.result(message, {"content": [], "isError": False})
            return misbehave_over_stdio(message, right, write)
        if (reply := conversation.answer(message, notify=send)) is not None:
            if "error" in reply and "fragile" in habits:
                os._exit(1)
            send(reply)

    if "banner" in habits:
        write(b"Recorder 1.0 starting...\nListening on stdio\n")
    for line in sys.stdin.buffer:
        for message in conversation.read(line, transport="stdio"):
            threading.Thread(target=answer, args=(message,), daemon=True).start()
    record.write(event="input ended")
    if "stubborn" in habits:
        FOREVER.wait()
