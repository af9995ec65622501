"""Measures what the workbook promises. Run by `make bench`.

Contestants are measured in turns, and what counts is the median of the ratios of the turns. How the
chat does under load is measured last (load.py).
"""

import asyncio
import json
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from statistics import median
from urllib.parse import urljoin
from urllib.request import urlopen

from rich.console import Console
from rich.table import Table

from bench import load, tab
from bench.clients import new_rooms, round_trips
from bench.figures import machine
from bench.latency import first_results, frames_on_the_wire
from bench.turns import ratio, take_turns
from bench.workbench import keys_to_frames, saves_to_results, seconds_until
from tests.support.browsers import chromium
from tests.support.projects import Classroom, documentation, snapshot
from tests.support.servers import Walkthrough, daphne, running
from tests.support.terminal import Terminal
from workbook.steps import ROOT, all_steps

TURNS = 16
ROUND_TRIPS = 600


def main():
    table = Table("what", "measured", "wanted", title=machine())
    for measure in [
        measure_commands,
        measure_suites,
        measure_exercise,
        measure_consumers,
        measure_wire,
        measure_wire_view,
        measure_walkthrough,
        measure_first_result,
        measure_workbench,
        tab.figures,
    ]:
        for row in measure():
            table.add_row(*row)
    Console().print(table)
    load.main()


def measure_commands():
    """Menu and card, in seconds."""
    for words in [[], ["step-3"]]:
        seconds = median(seconds_of(["make", *words]) for _ in range(5))
        yield " ".join(["make", *words]), f"{seconds:.2f} s", "< 0.3 s"


def measure_suites():
    """A step's suite by our command and by pytest itself; all five on two cores."""
    *_, last = all_steps()
    pytest = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"]
    ours, plain = [], []
    for _ in range(5):
        ours.append(seconds_of(["make", "step-5", "test"]))
        plain.append(seconds_of(pytest, last.path))
    yield "make step-5 test", f"{ratio(ours, plain):.2f} × pytest", "≤ 1.2"

    started = time.perf_counter()
    with ThreadPoolExecutor(2) as cores:
        list(cores.map(lambda step: seconds_of(pytest, step.path), all_steps()))
    yield "the five suites, two at a time", f"{time.perf_counter() - started:.1f} s", "< 8 s"


def measure_exercise():
    """Step 5's exercise: a cold check, and saves under `make watch`, by pytest itself."""
    *_, last = all_steps()
    pytest = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"]
    with tempfile.TemporaryDirectory() as folder:
        classroom = Classroom(Path(folder))
        classroom.make(last.name, "start")
        classroom.make("solve")
        consumers = classroom.work / "chat" / "consumers.py"
        solution = consumers.read_text()
        broken = solution.replace('event["msgGroup"]', 'event["message"]')
        terminal = Terminal(classroom.path, "make", "watch")
        plain, cold, failing, passing = [], [], [], []
        try:
            terminal.expect("q quit")
            checked = json.loads(classroom.make("check", "JSON=1").stdout)["checks"]
            before = sum(check["suite"] != last.suite for check in checked)
            for _ in range(5):
                plain.append(seconds_of(pytest, last.path))
                cold.append(seconds_of(["make", "check"], classroom.path))
                save = partial(consumers.write_text, broken)
                failing.append(seconds_until(["→ work/chat/consumers.py"], terminal, save))
                save = partial(consumers.write_text, solution)
                words = ["Checking…", f"Step {last.number} passed.", f"{before} more checks pass"]
                passing.append(seconds_until(words, terminal, save))
        finally:
            terminal.close()
    first, verdict, whole = zip(*passing, strict=True)
    [explained] = zip(*failing, strict=True)
    yield "make check, cold", f"{ratio(cold, plain):.2f} × pytest", "≤ 1.2"
    yield "make watch, save to first line", f"{median(first):.2f} s", "< 0.3 s"
    yield "make watch, save to what went wrong", f"{ratio(explained, plain):.2f} × pytest", "≤ 0.3"
    yield "make watch, save to the pass", f"{ratio(verdict, plain):.2f} × pytest", "≤ 0.3"
    yield "make watch, save to the last extra", f"{ratio(whole, plain):.2f} × pytest", ""


def measure_consumers():
    """Round trips a second of step 5, of the documentation's async consumer, twice, and of step 4."""
    *_, sync, last = all_steps()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as servers:
        ours, theirs, again, synchronous = (
            servers.enter_context(daphne(project)).port
            for project in [
                snapshot(last, Path(folder, "ours")),
                documentation(last, Path(folder, "theirs")),
                documentation(last, Path(folder, "again")),
                snapshot(sync, Path(folder, "synchronous")),
            ]
        )
        ports = [ours, theirs, again, synchronous]
        for port in ports:
            chat(port, clients=50)  # imports and caches
        for clients in [1, 50]:
            rates = take_turns(ports, partial(chat, clients=clients), TURNS)
            what = f"step 5, clients: {clients}"
            yield what, f"{median(rates[ours]):.0f} round trips/s", ""
            both = ratio(rates[ours], rates[theirs]), ratio(rates[ours], rates[again])
            yield what, f"{both[0]:.2f} and {both[1]:.2f} × the documentation's", "≥ 1"
            wanted = "≥ 1.5" if clients == 50 else ""
            yield what, f"{ratio(rates[ours], rates[synchronous]):.2f} × step 4", wanted
            noise = ratio(rates[theirs], rates[again])
            yield what, f"{noise:.2f}: the documentation's twice", "1 but for noise"


def measure_wire():
    """Round trips a second of step 5 by `make run`, with the wire on and without it."""
    *_, last = all_steps()
    words = ["-m", "workbook", last.name, "run", "--layer=memory"]
    with (
        running(*words, "--port", project=ROOT) as off,
        running(*words, "--wire", "--port", project=ROOT) as on,
    ):
        ports = [off.port, on.port]
        for port in ports:
            chat(port, clients=50)  # imports and caches
        for clients in [1, 50]:
            rates = take_turns(ports, partial(chat, clients=clients), TURNS)
            slower = ratio(rates[on.port], rates[off.port])
            yield f"step 5, clients: {clients}", f"{slower:.2f} × with WIRE=1", "≥ 0.9"


def measure_wire_view():
    """How long a frame takes from the page that sends it to the wire's view."""
    with chromium() as browser:
        waits = frames_on_the_wire(browser)
    what = "a frame, from its page to the wire's view"
    yield f"{what}, median", f"{median(waits) * 1000:.0f} ms", "≤ 100 ms"
    yield f"{what}, slowest", f"{max(waits) * 1000:.0f} ms", "≤ 100 ms"


def chat(port, clients):
    """Round trips a second, with so many clients at once, each in a room of its own."""
    return asyncio.run(round_trips(port, new_rooms(clients), ROUND_TRIPS))


def measure_walkthrough():
    """The slowest and the largest note of the walkthrough, the server being warm."""
    with Walkthrough() as walkthrough:
        for language in ["en", "ar", "both"]:
            pages = [walkthrough.page(f"{language}/{step.name}/") for step in all_steps()]
            for page in pages:
                fetch(page)
            slowest = max(median(fetch(page)[0] for _ in range(9)) for page in pages)
            yield f"a note's page, {language}", f"{slowest * 1000:.0f} ms", "< 50 ms"
            largest = max(size_without_fonts(page) for page in pages)
            yield f"a note's page, {language}", f"{largest / 1000:.0f} kB", "< 150 kB"


def measure_first_result():
    """A check in the walkthrough: how long its first result takes from the engine to the screen."""
    with chromium() as browser:
        seconds = median(first_results(browser))
    yield "a check's first result, from engine to screen", f"{seconds * 1000:.0f} ms", "≤ 300 ms"


def measure_workbench():
    """A key in a file of a thousand lines, and saves beside those under `make watch`."""
    with chromium() as browser:
        frames = sorted(keys_to_frames(browser))
        turns = list(saves_to_results(browser))
    yield "workbench, key to its frame", f"{median(frames):.0f} ms", "≤ 17 ms"
    late = frames[int(0.95 * len(frames))]
    yield "workbench, key to its frame, 95 of 100", f"{late:.0f} ms", "≤ 17 ms"
    for number, what in enumerate(["the first line", "the first result", "the pass"]):
        theirs, ours = ([each[number] for each in turn] for turn in zip(*turns, strict=True))
        later = median(mine - their for mine, their in zip(ours, theirs, strict=True))
        words = f"{median(ours):.2f} s, {later:+.2f} s to make watch"
        yield f"workbench, save to {what}", words, "≤ +0.1 s"


def size_without_fonts(page):
    """Bytes that a browser loads for a page, with its styles and scripts."""
    _, text = fetch(page)
    parts = re.findall(r'(?:href|src)="(/static/[^"]*)"', text.decode())
    return len(text) + sum(len(fetch(urljoin(page, part))[1]) for part in parts)


def fetch(url):
    """Seconds until the answer is there, and the answer."""
    started = time.perf_counter()
    with urlopen(url) as answer:
        return time.perf_counter() - started, answer.read()


def seconds_of(command, folder=ROOT):
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
