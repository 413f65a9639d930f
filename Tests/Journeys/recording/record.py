"""The record: one JSON line for each thing that reached the server, in the order it came."""

import json
import threading
import time
from pathlib import Path


class Record:
    def __init__(self, path: Path | str):
        self.path = Path(path)
        self.path.touch()
        self._lock = threading.Lock()

    def write(self, **entry) -> None:
        line = json.dumps(entry, ensure_ascii=True) + "\n"
        with self._lock, self.path.open("a", encoding="ascii") as file:
            file.write(line)

    def entries(self) -> list[dict]:
        return [json.loads(line) for line in self.path.read_text("ascii").splitlines()]

    def calls(self) -> list[dict]:
        """The `tools/call`s a server of this personality would have carried out."""
        return [entry for entry in self.entries() if entry.get("method") == "tools/call"]

    def events(self, name: str) -> list[dict]:
        return [entry for entry in self.entries() if entry.get("event") == name]

    def wait_for(self, condition, seconds: float = 10) -> list[dict]:
        """The first non-empty answer of `condition(self)`; fails when there is none in time."""
        deadline = time.monotonic() + seconds
        while not (found := condition(self)):
            assert time.monotonic() < deadline, f"the record never showed it: {self.entries()[-5:]}"
            time.sleep(0.01)
        return found
