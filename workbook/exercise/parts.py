"""How far a learner has come along a note: which of the headings of "Write it" are there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from workbook import notes
from workbook.exercise.catalogue import Value, file, read
from workbook.exercise.deduction import of
from workbook.exercise.mistakes import Signs, fits, signs
from workbook.exercise.records import CheckResult
from workbook.exercise.sources import Own, Uniform
from workbook.languages import LANGUAGES, Bilingual
from workbook.notes import Passage
from workbook.recorder.facts import Called, Fact, Handled, Routed, Sent, Served
from workbook.steps import Step

LOOKS = ("file", "has", "lacks")
NO_PROOF = Bilingual(
    "It needs checks, done, undone, has or lacks.",
    "لا بد فيه من checks أو done أو undone أو has أو lacks.",
)


@dataclass(frozen=True)
class Part:
    """A heading of "Write it": whether what it asks for is there, and whether it comes next.

    Of a part that is neither nothing is known. `passages` are the heading, by language.
    """

    passages: dict[str, Passage]
    there: bool
    next: bool = False

    @property
    def heading(self) -> Bilingual:
        return Bilingual(*(self.passages[each].heading for each in LANGUAGES))


@dataclass(frozen=True)
class Proof:
    """One way to know that a part is there; all that is given has to hold.

    The `checks` pass, something was `done` and nothing was `undone` of what `deeds` names, and the
    `signs` are in the files.
    """

    checks: tuple[str, ...]
    done: re.Pattern[str] | None
    undone: re.Pattern[str] | None
    signs: Signs


@dataclass(frozen=True)
class Known:
    """What the catalogue has on a part: its anchors by language, and what proves it.

    Where the `traces` are in the files, it may have been written in a way that nothing proves. The
    mistakes in `beside` lead to its heading and are made under another one.
    """

    anchors: dict[str, str]
    traces: re.Pattern[str] | None
    beside: tuple[str, ...]
    proofs: tuple[Proof, ...]


@dataclass(frozen=True)
class Blame:
    """The failure to mend first, the mistake that was found in it, and where the notes lead."""

    result: CheckResult
    mistake: str
    passages: dict[str, Passage]


def parts(blame: Blame, results: Sequence[CheckResult], step: Step, project: Path) -> list[Part]:
    """The parts of a step that did not pass, in the note's order; [] where nothing can be said.

    A failure that leads elsewhere, such as a line that cannot be read, comes before any part.
    """
    known, view = parts_of(step), View(blame, results, step, project)
    if view.anchor not in {each.anchors["en"] for each in known}:
        return []
    there = [view.proves(each) and not view.denies(each) for each in known]
    ahead = view.ahead(known, there)
    if not any(there) and ahead is None:
        return []
    found = [Part(headings(each, step), proved) for each, proved in zip(known, there, strict=True)]
    return [replace(part, next=number == ahead) for number, part in enumerate(found)]


class View:
    """What a check has shown of a project, and the project's files."""

    def __init__(
        self, blame: Blame, results: Sequence[CheckResult], step: Step, project: Path
    ) -> None:
        failure, passage = blame.result.failure, blame.passages["en"]
        self.blame = blame
        self.outcomes = {result.name: result.outcome for result in results}
        self.deeds = deeds(failure.facts if failure else ())
        self.raised = failure is not None and failure.place is not None
        self.anchor = passage.anchor if passage.path == notes.note_path(step, "en") else ""
        self.uniform, self.own = Uniform(project), Own(project)

    def proves(self, part: Known) -> bool:
        return any(self.holds(proof) for proof in part.proofs)

    def holds(self, proof: Proof) -> bool:
        return (
            all(self.outcomes.get(check) == "passed" for check in proof.checks)
            and (not proof.done or self.did(proof.done))
            and not (proof.undone and self.did(proof.undone))
            and fits(proof.signs, self.blame.result, self.uniform)
        )

    def did(self, deed: re.Pattern[str]) -> bool:
        return any(deed.fullmatch(each) for each in self.deeds)

    def denies(self, part: Known) -> bool:
        """Whether what failed is a mistake in this very part, known or not."""
        is_wrong = self.raised or bool(self.blame.mistake)
        return is_wrong and self.leads_to(part)

    def leads_to(self, part: Known) -> bool:
        return self.anchor == part.anchors["en"] and self.blame.mistake not in part.beside

    def ahead(self, known: Sequence[Known], there: list[bool]) -> int | None:
        """Which part comes next: the one that the failure leads to, if others stand behind it.

        Else the first behind all that is there of which nothing is written. Where the project
        cannot even be loaded, nobody knows that.
        """
        after = max((number for number, proved in enumerate(there, 1) if proved), default=0)
        led = [number for number, part in enumerate(known) if self.leads_to(part)]
        before = [number for number in led if number < after and not there[number]]
        if self.blame.result.suite == "project":
            return next(iter(led), None)
        behind = (
            number
            for number, part in enumerate(known)
            if number >= after and (number in led or self.is_unwritten(part))
        )
        return next(iter(before), None) if before else next(behind, None)

    def is_unwritten(self, part: Known) -> bool:
        """Whether a check that may prove it was tried, if there is one, and no file has traces."""
        asked = [self.outcomes.get(check) for proof in part.proofs for check in proof.checks]
        if asked and not {"passed", "failed"}.intersection(asked):
            return False
        return part.traces is None or not any(
            part.traces.search(text)
            for glob in ("**/*.py", "**/*.html")
            for text in self.own.texts(glob).values()
        )


def deeds(facts: tuple[Fact, ...]) -> list[str]:
    """What the project did: `group_add chat_lobby at websocket.connect`, `routed /chat/`, `sends`.

    A consumer that took a connection is `async` or `sync`.
    """
    types = {fact.number: fact.type for fact in of(Handled, facts)}
    return [
        *(
            f"{fact.call} {fact.group} at {types.get(fact.during, '')}"
            for fact in of(Called, facts)
            if not fact.error
        ),
        *(f"routed {fact.path}" for fact in of(Routed, facts)),
        *("sends" for fact in of(Sent, facts) if fact.type == "websocket.send"),
        *("sync" if fact.sync else "async" for fact in of(Served, facts)),
    ]


def headings(part: Known, step: Step) -> dict[str, Passage]:
    """The part's heading in the note, by language; the whole note, if it has no such heading."""
    return {
        language: heading(part.anchors[language], language, step)
        or notes.passages([], step)[language]
        for language in LANGUAGES
    }


def heading(anchor: str, language: str, step: Step) -> Passage | None:
    page = notes.page(notes.note_path(step, language))
    found = (each for each in page.headings if each.anchor == anchor)
    return next((Passage(page.path, anchor, each.words) for each in found), None)


def parts_of(step: Step) -> tuple[Known, ...]:
    path = file(step, "parts.toml")
    return kept(path, path.stat().st_mtime_ns)


@lru_cache
def kept(path: Path, changed: int) -> tuple[Known, ...]:
    """What stands in the file; it is good until the file is changed."""
    return tuple(parse(entry) for entry in read(path).table(["part"])["part"].items())


def parse(entry: Value) -> Known:
    values = entry.table([*LANGUAGES, "there"], ["traces", "beside"])
    return Known(
        {language: values[language].text() for language in LANGUAGES},
        values["traces"].pattern() if "traces" in values else None,
        values["beside"].texts() if "beside" in values else (),
        tuple(proof(each) for each in values["there"].items()),
    )


def proof(entry: Value) -> Proof:
    values = entry.table([], ["checks", "done", "undone", *LOOKS])
    if not values:
        raise entry.refused(NO_PROOF)
    looks: dict[str, Value] = {key: value for key, value in values.items() if key in LOOKS}
    return Proof(
        values["checks"].texts() if "checks" in values else (),
        values["done"].pattern() if "done" in values else None,
        values["undone"].pattern() if "undone" in values else None,
        signs(entry, looks) if looks else Signs(),
    )
