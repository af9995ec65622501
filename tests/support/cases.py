"""Cases by which the checker is measured: desks that are right or wrong, each with its truth."""

import re
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import MISSING, dataclass, field, fields, replace
from pathlib import Path

from tests.support.projects import before, documentation, documented, snapshot
from workbook.steps import Step, all_steps

CASES = Path(__file__).parent.parent / "cases"
BASES = {
    "snap": snapshot,
    "prev": before,
    "doc": documentation,
    "docover": lambda step, folder: documented(step, before(step, folder)),
}
RENAMED = {"as": "recoded", "edit": "edits"}  # keys that are no names in Python, or say one of many


class BadCase(Exception):
    """A file that is no case; says which and why."""


@dataclass(frozen=True)
class Edit:
    """What is done to a file; but for `count` and `encoding`, one thing alone is given.

    `old` stands `count` times in the file, any number of times for 0; `recoded` is an encoding.
    """

    file: str
    write: str | None = None
    old: str | None = None
    new: str = ""
    count: int = 1
    append: str | None = None
    prepend: str | None = None
    move: str | None = None
    delete: bool = False
    recoded: str | None = None
    encoding: str = "utf-8"


@dataclass(frozen=True)
class Case:
    """A desk; `about` says what a right one shows, `cause` what is true of a wrong one.

    A right answer to a wrong one has all of `must`, none of `never`, and points into one of the
    files of `where`. `evident` says why a class that uses the project notices nothing; `before` is
    the Python from which on the case is right.
    """

    path: Path
    step: int
    base: str
    edits: tuple[Edit, ...]
    about: str = ""
    cause: str = ""
    tell: str = ""
    where: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    evident: str = ""
    before: str = ""
    tags: tuple[str, ...] = ()
    klass: str = ""
    expect: str = "core"
    migrate: bool = False
    others: dict[str, "Case"] = field(default_factory=dict, compare=False, repr=False)

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def right(self) -> bool:
        return not self.cause

    @property
    def truth(self) -> str:
        return self.about or self.cause

    @property
    def applies(self) -> bool:
        """Whether it is what it says under this Python."""
        return not self.before or sys.version_info < tuple(map(int, self.before.split(".")))

    @property
    def teaches(self) -> Step:
        return all_steps()[self.step - 1]


def cases(folders: Iterable[Path] = (CASES,)) -> list[Case]:
    """All cases of the folders and of those in them; each knows the right ones by their names."""
    found = [load(path) for folder in folders for path in sorted(folder.rglob("*.toml"))]
    rights = {case.name: case for case in found if case.right}
    return [replace(case, others=rights) for case in found]


def load(path: Path) -> Case:
    """The case in a file; BadCase names a key that is unknown or missing."""
    table = tomllib.loads(path.read_text("utf-8"))
    table["edit"] = [filled(Edit, each, path) for each in table.get("edit", [])]
    case = filled(Case, {"path": path, **table}, path)
    if bool(case.about) == bool(case.cause):
        raise BadCase(f"{path}: it needs either about or cause")
    for pattern in (*case.must, *case.never):
        re.compile(pattern)
    return case


def filled(kind, table, path):
    """An object of the kind, from a table whose keys are its fields."""
    values = {RENAMED.get(key, key): value for key, value in table.items()}
    known = {each.name: each for each in fields(kind)}
    needed = {name for name, each in known.items() if is_needed(each)}
    for key in sorted(values.keys() - known.keys()) + sorted(needed - values.keys()):
        raise BadCase(f"{path}: the key {key} is {'unknown' if key in values else 'missing'}")
    return kind(
        **{key: tuple(each) if isinstance(each, list) else each for key, each in values.items()}
    )


def is_needed(each):
    return each.default is MISSING and each.default_factory is MISSING


def desk(case: Case, folder: Path) -> Path:
    """Makes the case's project in a new folder."""
    project = based(case, folder)
    for edit in case.edits:
        make(edit, project)
    return project


def based(case: Case, folder: Path) -> Path:
    """What the case's edits are made on."""
    kind, _, name = case.base.partition(":")
    if kind == "right" and name in case.others:
        return desk(case.others[name], folder)
    if case.base not in BASES:
        raise BadCase(f"{case.path}: the base {case.base} is unknown")
    return BASES[case.base](case.teaches, folder)


def make(edit: Edit, project: Path) -> None:
    path = project / edit.file
    if edit.move:
        target = project / edit.move
        target.parent.mkdir(parents=True, exist_ok=True)
        path.rename(target)
    elif edit.delete:
        path.unlink()
    elif edit.recoded:
        path.write_bytes(path.read_text("utf-8").encode(edit.recoded))
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(changed(edit, path).encode(edit.encoding))


def changed(edit: Edit, path: Path) -> str:
    """The file's text after the edit."""
    if edit.write is not None:
        return edit.write
    text = path.read_text("utf-8")
    if edit.old is None:
        return (edit.prepend or "") + text + (edit.append or "")
    found = text.count(edit.old)
    assert found and found == (edit.count or found), f"{edit.old!r} stands {found} times in {path}"
    return text.replace(edit.old, edit.new)
