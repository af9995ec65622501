"""The steps: what stands in the folder of that name, in its order."""

import re
from dataclasses import dataclass
from pathlib import Path

from workbook.errors import WorkbookError
from workbook.invocation import typed
from workbook.languages import Bilingual

ROOT = Path(__file__).resolve().parent.parent
FOLDER = re.compile(r"(\d\d)_(\w+)")


@dataclass(frozen=True)
class Step:
    """One checkpoint of the chat project: a whole Django project in a folder of its own."""

    number: int
    slug: str
    path: Path

    @property
    def name(self) -> str:
        """As the command line calls it: `step-3`."""
        return f"step-{self.number}"

    @property
    def suite(self) -> str:
        """The name of the suite that it brings, a file in its `tests`, without the ending."""
        return f"test_{self.slug}"


def all_steps(folder: Path = ROOT / "steps") -> list[Step]:
    """The steps in their order: every folder there whose name is `NN_slug`."""
    names = (FOLDER.fullmatch(path.name) for path in sorted(folder.iterdir()) if path.is_dir())
    return [Step(int(name[1]), name[2], folder / name[0]) for name in names if name]


def step(number: int) -> Step:
    """The step of that number; a WorkbookError that names the steps there are, if it is none."""
    for candidate in all_steps():
        if candidate.number == number:
            return candidate
    names = ", ".join(candidate.name for candidate in all_steps())
    raise WorkbookError(
        Bilingual(
            f"There is no step {number}. The steps are {names}.",
            f"لا توجد خطوة رقمها {number}. الخطوات هي: {names}.",
        ),
        typed(""),
    )


def previous(step: Step) -> Step | None:
    """The step before, or None before the first."""
    return next((before for before in all_steps() if before.number == step.number - 1), None)


def following(step: Step) -> Step | None:
    """The step after, or None after the last."""
    return next((after for after in all_steps() if after.number == step.number + 1), None)
