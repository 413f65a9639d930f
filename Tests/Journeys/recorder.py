#!/usr/bin/env python3
"""A tool server that writes down everything that reaches it, as it would have acted on it.

recorder.py stdio --record FILE [--personality first|last|fold|nfc] [--era modern|legacy] [--habit NAME]…
recorder.py http  --record FILE [--personality …] [--era …] [--port N]
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from recording import stdio  # noqa: E402
from recording.http import RecordingServer  # noqa: E402
from recording.reading import PERSONALITIES  # noqa: E402
from recording.record import Record  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("transport", choices=["stdio", "http"])
    parser.add_argument("--record", required=True)
    parser.add_argument("--personality", choices=PERSONALITIES, default="last")
    parser.add_argument("--era", choices=["modern", "legacy"], default="modern")
    parser.add_argument("--habit", action="append", default=[])
    parser.add_argument("--port", type=int, default=0)
    chosen = parser.parse_args()
    record = Record(chosen.record)
    if chosen.transport == "stdio":
        stdio.serve(record, chosen.personality, chosen.era, set(chosen.habit))
    else:
        server = RecordingServer(record, chosen.personality, chosen.era, chosen.port)
        print(server.url, flush=True)
        server.join()


if __name__ == "__main__":
    main()
