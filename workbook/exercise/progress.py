import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

from workbook.steps import ROOT, Step

STATE = ROOT / ".progress.json"
VERSION = 1


class Progress:
    """What the learner has passed and with what help; kept in one small file.

    It is read again before each change: a watch and another command may both be at it.
    """

    def __init__(self, path: Path = STATE) -> None:
        self.path = path
        self.set_aside: Path | None = None  # where an unreadable file was put, if there was one
        self.steps: dict[str, dict[str, Any]] = self.load()

    def load(self) -> dict[str, dict[str, Any]]:
        try:
            state = json.loads(self.path.read_text("utf-8"))
            if state["version"] == VERSION and all(
                isinstance(step, dict) for step in state["steps"].values()
            ):
                return dict(state["steps"])
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            pass
        self.set_aside = self.path.with_name(
            f"{self.path.stem}.{datetime.now():%Y-%m-%d_%H-%M-%S-%f}.json"
        )
        self.path.rename(self.set_aside)
        return {}

    def save(self) -> None:
        """Writes beside and moves in, so that a half-written file is never read."""
        beside = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        beside.write_text(json.dumps({"version": VERSION, "steps": self.steps}, indent=2))
        beside.replace(self.path)

    def of(self, step: Step) -> dict[str, Any]:
        return self.steps.setdefault(step.name, {})

    def passed(self, step: Step) -> None:
        """Remembers that the core of the step passed, and with how much help."""
        self.steps = self.load()
        about = self.of(step)
        if "passed" not in about:
            about["passed"] = f"{datetime.now():%Y-%m-%d}"
            about["help"] = (
                "the solution" if about.get("solved") else "hints" if about.get("hints") else ""
            )
            self.save()

    def solved(self, step: Step) -> None:
        self.steps = self.load()
        self.of(step)["solved"] = True
        self.save()

    def begun(self, step: Step) -> None:
        """A new beginning, without the help of the time before; a pass stays a pass."""
        self.steps = self.load()
        about = self.of(step)
        about["begun"] = f"{datetime.now():%Y-%m-%d}"
        about.pop("solved", None)
        about.pop("hints", None)
        self.save()

    def next_layer(self, step: Step, check: str, layers: int) -> int:
        """Which layer of the check's hints comes next; the last one stays."""
        self.steps = self.load()
        given = self.of(step).setdefault("hints", {})
        layer: int = min(given.get(check, 0), layers - 1)
        given[check] = layer + 1
        self.save()
        return layer
