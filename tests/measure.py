"""How right the checker is on code that nobody here wrote: `python -m tests.measure`.

Checks each case of tests/cases, or of the folders that are named, and prints what was said of it
beside what is true. With --prove it asks no checker: it uses each case as a class would, which has
to work on a right one and to fail on a wrong one.
"""

import argparse
import json
import re
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support.cases import CASES, cases, desk
from tests.support.verdicts import OUTCOMES, judged
from tests.support.visits import visit
from workbook.exercise import processes

WORKERS = 2


def main():
    arguments = parser().parse_args()
    chosen = [
        case
        for case in cases(arguments.folders or [CASES])
        if case.applies and re.search(arguments.only, case.name)
    ]
    rows = prove(chosen) if arguments.prove else measure(chosen)
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")
    return any(row.get("outcome") == "unproved" for row in rows)


def parser():
    parser = argparse.ArgumentParser(prog="python -m tests.measure", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--only", default="", metavar="PATTERN", help="cases whose names it is in")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the same there as JSON")
    parser.add_argument("--prove", action="store_true", help="prove the cases themselves")
    return parser


def measure(chosen):
    """Prints each case's row as it comes, then the totals."""
    processes.warm_up()
    columns = ["case", "truth", "blamed", "mistake", "said", "place", "outcome"]
    rows = printed(columns, each_in_turn(judged, chosen))
    for kind, members in groups(chosen, rows).items():
        print(f"\n{kind}\n")
        columns = ["", "cases", "caught", "named", *OUTCOMES]
        printed(columns, [total(*member) for member in members.items()])
    return rows


def prove(chosen):
    return printed(["case", "truth", "outcome", "said"], each_in_turn(proved, chosen))


def each_in_turn(ask, chosen):
    with ThreadPoolExecutor(WORKERS) as workers:
        yield from workers.map(lambda case: on_a_desk(ask, case), chosen)


def on_a_desk(ask, case):
    """What is found on the case's desk, in a folder that goes with it."""
    row = {"case": case.name, "step": case.step, "tags": case.tags, "truth": case.truth}
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        try:
            project = desk(case, Path(folder).resolve() / "work")
        except (AssertionError, OSError) as error:
            return {**row, "outcome": "not made", "said": str(error)}
        return {**row, **ask(case, project)}


def proved(case, project):
    try:
        visit(case.teaches, project)
    except Exception as error:
        trouble = f"{type(error).__name__}: {error}".strip().splitlines()
        return {"outcome": "unproved" if case.right else "fails", "said": telling(trouble)}
    if case.right:
        return {"outcome": "works", "said": ""}
    return {"outcome": "evident" if case.evident else "unproved", "said": case.evident}


def telling(lines):
    """Of an error with many lines, such as a server's that does not run, the first and the last."""
    return " … ".join(dict.fromkeys([lines[0], lines[-1]]))


def groups(chosen, rows):
    """The rows, by what the cases have in common."""
    found = {"truth": {}, "step": {}, "kind": {}}
    for case, row in zip(chosen, rows, strict=True):
        truth = "right" if case.right else "wrong"
        found["truth"].setdefault(truth, []).append(row)
        found["step"].setdefault(f"step {case.step}, {truth}", []).append(row)
        for tag in () if case.right else case.tags:
            found["kind"].setdefault(tag, []).append(row)
    return {kind: dict(sorted(members.items())) for kind, members in found.items()}


def total(name, rows):
    """How many of the rows are caught, how many have a known mistake named, and what is right of it."""
    caught = sum(not row.get("passed", True) for row in rows)
    named = sum(bool(row.get("mistake")) for row in rows)
    outcomes = Counter(row["outcome"] for row in rows)
    return {"": name, "cases": len(rows), "caught": caught, "named": named, **outcomes}


def printed(columns, rows):
    """Prints a Markdown table, a row as soon as it is there; the rows as a list."""
    print("|", " | ".join(columns), "|\n|", " | ".join("---" for _ in columns), "|")
    kept = []
    for row in rows:
        cells = (str(row.get(column, "")).replace("|", "\\|") for column in columns)
        print("|", " | ".join(" ".join(cell.split()) for cell in cells), "|", flush=True)
        kept.append(row)
    return kept


if __name__ == "__main__":
    sys.exit(main())
