"""Processes on a core of their own, and what the kernel says they used."""

import contextlib
import os
import subprocess
from pathlib import Path

PROXY_CORE = 0
LOAD_CORE = 1
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def started(command, core, log):
    """Runs `command` on one core, its output going to the file `log`; ends it with the block."""
    with open(log, "wb") as output:
        process = subprocess.Popen(
            ["taskset", "-c", str(core), *command], stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def family(pid):
    """`pid` and the descendants that its first thread started (nginx works in such a child)."""
    yield pid
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        yield from family(int(child))


def cpu_seconds(pid):
    """User and system time of all threads of `pid` and its descendants."""
    ticks = 0
    for member in family(pid):
        fields = Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / TICKS_PER_SECOND


def peak_memory_mb(pid):
    """The most memory resident at any time, in MiB, added up over `pid` and its descendants."""
    kilobytes = 0
    for member in family(pid):
        for line in Path(f"/proc/{member}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                kilobytes += int(line.split()[1])
    return kilobytes / 1024
