"""How long Gatehouse takes from being started to its first answer."""

import statistics
import subprocess
import time
import urllib.error
import urllib.request


def start_to_first_answer_ms(command, port, tries=10):
    """The median over `tries` of the time until `GET /livez` answers 200, in milliseconds."""
    return statistics.median(one_start(command, port) for _ in range(tries))


def one_start(command, port):
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while not lives(port):
            if process.poll() is not None or time.perf_counter() - begun > 15:
                raise RuntimeError("gatehouse did not come up")
            time.sleep(0.0005)
        return (time.perf_counter() - begun) * 1000
    finally:
        process.terminate()
        process.wait()


def lives(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/livez", timeout=1) as response:
            return response.status == 200
    except OSError:
        return False
