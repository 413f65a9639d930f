"""Measures proxies before one fast upstream, in turns, and prints how they compare with nginx.

Each proxy has one core to itself while it is measured; the load generator and the upstream share another. The turns of
a round follow each other at once and each round begins with another contender, so what else the machine does disturbs
them alike: the ratio to nginx is taken within a round, and its median over the rounds is what counts.
"""

import argparse
import contextlib
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
from pathlib import Path

import contenders
from check import Wrong, check, served
from policy import hundred_rules
from processes import LOAD_CORE, PROXY_CORE, cpu_seconds, peak_memory_mb, started
from startup import start_to_first_answer_ms

HERE = Path(__file__).resolve().parent
CONNECTIONS = [16, 64]
WARM_UP_SECONDS = 1


def main():
    options = parsed_options()
    if len(os.sched_getaffinity(0)) < 2:
        sys.exit("two cores are needed: one for the proxies, one for the load")
    run = options.directory / "run"
    shutil.rmtree(run, ignore_errors=True)
    run.mkdir(parents=True)
    try:
        outcome = measured(options, run)
    except Wrong as wrong:
        sys.exit(f"{wrong}\n(logs are in {run})")
    print(table(outcome))
    if options.json:
        options.json.write_text(json.dumps(outcome, indent=2) + "\n")
    shutil.rmtree(run)


def measured(options, run):
    field = chosen(options, run)
    turns = []
    with contextlib.ExitStack() as stack:
        upstream = str(options.directory / "swift/release/FastUpstream")
        stack.enter_context(started([upstream, str(contenders.UPSTREAM_PORT)], LOAD_CORE, run / "upstream.log"))
        processes = {}
        for contender in field:
            log = run / f"{contender.name}.log"
            processes[contender.name] = stack.enter_context(started(contender.command, PROXY_CORE, log))
            check(contender)
            say(f"{contender.name}: answers" + (", and refuses what it must" if contender.guards_names else ""))
        for connections in CONNECTIONS:
            direct = load(contenders.UPSTREAM, connections, options.seconds)
            say(f"the upstream alone, {connections} connections: {rate(direct):,.0f} requests/s")
            for round_number in range(options.rounds):
                first = round_number % len(field)
                for contender in field[first:] + field[:first]:
                    turns.append(turn(contender, processes[contender.name].pid, connections, options.seconds))
                    turns[-1]["round"] = round_number
        memory = {name: round(peak_memory_mb(process.pid), 1) for name, process in processes.items()}
    outcome = {"machine": machine(), "rows": summary(turns, memory), "turns": turns}
    if options.gatehouse:
        command = contenders.serve_command(run / "startup", 9106, options.gatehouse, hundred_rules())
        outcome["start_ms"] = round(start_to_first_answer_ms(command, 9106), 1)
    return outcome


def chosen(options, run):
    field = [contenders.nginx(run), contenders.envoy(run)]
    if options.gatehouse:
        field.append(contenders.pass_through(run, options.gatehouse))
        field.append(contenders.guarded(run, options.gatehouse))
        field.append(contenders.guarded(run, options.gatehouse, limited=True))
    return [one for one in field if one.name == "nginx" or not options.only or one.name in options.only]


def turn(contender, pid, connections, seconds):
    """One contender's turn: a warm-up, then what is counted."""
    load(contender.url, connections, WARM_UP_SECONDS)
    calls, used = served(), cpu_seconds(pid)
    told = load(contender.url, connections, seconds)
    used, calls = cpu_seconds(pid) - used, served() - calls
    if told["failed"] or calls < told["requests"]:
        counts = f"{told['failed']} failed, {told['requests']} counted, {calls} reached the upstream"
        raise Wrong(f"{contender.name}: {counts}")
    wall = told["duration_us"] / 1e6
    say(f"{contender.name}, {connections} connections: {rate(told):,.0f} requests/s")
    return {
        "name": contender.name,
        "connections": connections,
        "per_second": rate(told),
        "p50_us": told["p50_us"],
        "p99_us": told["p99_us"],
        "cpu_us": used / told["requests"] * 1e6,
        "core_busy": used / wall,
    }


def load(url, connections, seconds):
    """Runs wrk; returns what load.lua tells at its end."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(HERE / "load.lua"), url]
    command = ["taskset", "-c", str(LOAD_CORE), *command, "--", contenders.TOKEN]
    finished = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(finished.stdout.splitlines()[-1])


def rate(told):
    return told["requests"] / told["duration_us"] * 1e6


def summary(turns, memory):
    """The medians over the rounds, one row for each contender and number of connections."""
    nginx = {(t["connections"], t["round"]): t["per_second"] for t in turns if t["name"] == "nginx"}
    rows = []
    for connections in CONNECTIONS:
        for name in memory:
            own = [t for t in turns if t["name"] == name and t["connections"] == connections]
            ratios = [t["per_second"] / nginx[connections, t["round"]] for t in own]
            row = {"name": name, "connections": connections, "memory_mb": memory[name]}
            for key in ["per_second", "p50_us", "p99_us", "cpu_us", "core_busy"]:
                row[key] = statistics.median(t[key] for t in own)
            row |= {"ratio": statistics.median(ratios), "ratio_least": min(ratios), "ratio_most": max(ratios)}
            rows.append(row)
    return rows


def table(outcome):
    lines = [
        "| | connections | requests/s | p50 µs | p99 µs | CPU µs/call | core busy | memory MiB | to nginx (least–most) |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for row in outcome["rows"]:
        figures = "{per_second:,.0f} | {p50_us:,.0f} | {p99_us:,.0f} | {cpu_us:.1f} | {core_busy:.0%} | {memory_mb:.0f}"
        ratio = "**{ratio:.2f}** ({ratio_least:.2f}–{ratio_most:.2f})"
        lines.append(("| {name} | {connections} | " + figures + " | " + ratio + " |").format(**row))
    if "start_ms" in outcome:
        lines.append(f"\nGatehouse, start to first answer: {outcome['start_ms']:.0f} ms (median of 10)")
    return "\n".join(lines)


def machine():
    told = Path("/proc/cpuinfo").read_text().splitlines()
    models = [line.partition(":")[2].strip() for line in told if line.startswith("model name")]
    return {"processor": models[0] if models else "", "cores": os.cpu_count(), "kernel": platform.release()}


def say(text):
    print(text, file=sys.stderr, flush=True)


def parsed_options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--directory", type=Path, required=True, help="where the parts were built and installed")
    parser.add_argument("--gatehouse", help="the program; without it only the others are measured")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=5, help="of each turn")
    parser.add_argument("--only", type=lambda text: text.split(","), help="contenders beside nginx, by name")
    parser.add_argument("--json", type=Path, help="also write everything measured to this file")
    options = parser.parse_args()
    options.directory = options.directory.resolve()
    return options


if __name__ == "__main__":
    main()
