"""What the pages are told over their sockets: the engine's records, in the page's language."""

from typing import Any, Literal, TypedDict

from workbook import notes
from workbook.errors import WorkbookError
from workbook.exercise.advice import Advice
from workbook.exercise.desk import on_desk, step_and_identity
from workbook.exercise.experiments import Standing, passages, standings
from workbook.exercise.hints import DEPTHS, Hint
from workbook.exercise.papers import Newer, Paper
from workbook.exercise.papers import papers as listed
from workbook.exercise.records import CheckResult
from workbook.exercise.saves import Save
from workbook.exercise.sheet import CHECKING, Sheet, Verdict
from workbook.languages import LANGUAGES, Bilingual
from workbook.notes import Passage
from workbook.recorder.facts import Place
from workbook.steps import Step
from workbook.web.addresses import BEYOND, address, to
from workbook.web.practice.editors import Editor, editors
from workbook.web.practice.stepserver import StepServer
from workbook.web.preference import DIRECTIONS, shown
from workbook.wire.explanations import Explanation
from workbook.wire.records import Record


class Spoken(TypedDict):
    """A text in one language; `code` in it stands in backticks."""

    lang: str
    dir: str
    text: str


class Link(Spoken):
    url: str


class Checking(TypedDict):
    kind: Literal["checking"]
    says: list[Spoken]


class Result(TypedDict):
    """`outcome` is a CheckResult's, or "blamed"; an `extra` is beyond the core."""

    outcome: str
    extra: bool
    says: list[Spoken]


class Passed(TypedDict):
    says: list[Spoken]
    read: list[Link]
    next: list[Link]


class CodeLine(TypedDict):
    number: int
    text: str


class Advised(TypedDict):
    """`path` and `line` are where it is, on the desk, or "" and 0."""

    beyond: list[list[Spoken]]
    texts: list[list[Spoken]]
    error: str
    code: list[CodeLine]
    path: str
    line: int
    place: list[Spoken]
    editors: list[Editor]
    read: list[Link]


class Along(TypedDict):
    there: list[Spoken]
    next: list[Link]


class Judged(TypedDict):
    """`hint` says whether one is to be had."""

    passed: Passed | None
    along: Along
    advice: Advised | None
    others: list[Spoken]
    hint: bool


class SheetEvent(TypedDict):
    kind: Literal["sheet"]
    counted: list[Spoken]
    results: list[Result]
    verdict: Judged | None


class HintEvent(TypedDict):
    kind: Literal["hint"]
    says: list[Spoken]
    texts: list[Spoken]
    read: list[Link]
    last: bool


class Trouble(TypedDict):
    kind: Literal["trouble"]
    what: list[Spoken]
    then: list[Spoken]


class DeskEvent(TypedDict):
    """`state` is "here", "other" or "none"; `saved` is the name of what was put away, or "".

    `identity` tells the desk from any other: what was said of one is not true of the next.
    """

    kind: Literal["desk"]
    state: str
    begun: list[Link]
    occupied: bool
    identity: str
    saved: str


class PaperEvent(TypedDict):
    """A file of the desk; `text` is None where an editor cannot have it, and `refused` says why."""

    kind: Literal["paper"]
    path: str
    version: str
    text: str | None
    mark: str
    given: bool
    refused: list[Spoken]


class PapersEvent(TypedDict):
    """The files of the desk, without their texts; none where another step lies there."""

    kind: Literal["papers"]
    papers: list[PaperEvent]


class Tried(TypedDict):
    """An experiment: `save` is the desk before it, where it is there; `why` is why it cannot be."""

    name: str
    path: str
    title: list[Spoken]
    look: list[Spoken]
    read: list[Link]
    save: str
    why: list[Spoken]


class ExperimentsEvent(TypedDict):
    kind: Literal["experiments"]
    experiments: list[Tried]


class Explained(TypedDict):
    """What a kind of record means; `read` is where the note and the glossary say more."""

    says: list[Spoken]
    read: list[Link]


class Line(TypedDict):
    """A line of the project: `url` shows it in the snapshot, `editors` open it on the desk."""

    path: str
    line: int
    says: list[Spoken]
    url: str
    editors: list[Editor]


class TravelledEvent(TypedDict):
    """One record of the wire: `source` and `target` are its lanes, `name` is the WebSocket's.

    `explained` is the name of its explanation, which comes with the first that has it.
    """

    moment: float
    name: str
    kind: str
    families: list[str]
    rooms: list[str]
    source: str
    target: str
    lanes: list[Spoken]
    trouble: bool
    says: list[Spoken]
    explained: str
    place: Line | None


class WireEvent(TypedDict):
    """What travelled, and the explanations that the page does not have yet.

    `anew` says that the page is told all of it, in place of what it may have been told before.
    """

    kind: Literal["wire"]
    anew: bool
    explanations: dict[str, Explained]
    records: list[TravelledEvent]


class BesideEvent(TypedDict):
    """What a page shows of the step before; `beginning` is 0 while that is not served."""

    state: str
    port: int
    framed: bool
    beginning: int


class ServerEvent(TypedDict):
    """What a StepServer says of itself, and the other steps whose servers are going on.

    `here` says whether its step is on the desk, so that this can be served.
    """

    kind: Literal["server"]
    here: bool
    state: str
    trouble: Trouble | None
    source: str
    ports: list[int]
    options: list[str]
    framed: bool
    beginning: int
    beside: BesideEvent | None
    others: list[Link]


def spoken(text: Bilingual, language: str) -> list[Spoken]:
    """A text in each language that is shown."""
    return [{"lang": each, "dir": DIRECTIONS[each], "text": text[each]} for each in shown(language)]


def checking(language: str) -> Checking:
    return {"kind": "checking", "says": spoken(CHECKING, language)}


def sheet(sheet: Sheet, language: str) -> SheetEvent:
    """A check as far as it has come."""
    return {
        "kind": "sheet",
        "counted": spoken(sheet.says_counted, language) if sheet.says_counted else [],
        "results": [result(each, sheet, language) for each in sheet.shown],
        "verdict": verdict(sheet, sheet.verdict, language) if sheet.verdict else None,
    }


def result(result: CheckResult, sheet: Sheet, language: str) -> Result:
    """A check's outcome; of the failures the one to blame is marked as one."""
    outcome = "blamed" if result == sheet.blamed else result.outcome
    reason = spoken(result.says_reason, language) if result.says_reason else []
    return {
        "outcome": outcome,
        "extra": result.extra,
        "says": spoken(result.says, language) + reason,
    }


def verdict(sheet: Sheet, verdict: Verdict, language: str) -> Judged:
    """What a finished run comes to: the way on, or how far it went, and what to mend first."""
    return {
        "passed": passed(sheet, verdict, language) if verdict.passed else None,
        "along": along(verdict, language),
        "advice": advised(verdict.advice, language) if verdict.advice else None,
        "others": spoken(verdict.says_others, language) if verdict.says_others else [],
        "hint": sheet.hintable is not None,
    }


def passed(sheet: Sheet, verdict: Verdict, language: str) -> Passed:
    after = verdict.following
    return {
        "says": spoken(sheet.says_passed, language),
        "read": links(verdict.note, language),
        "next": titled(after, "read", language) if after else beyond(language),
    }


def beyond(language: str) -> list[Link]:
    """A link to what comes after the last step."""
    paths = notes.beside_the_steps()[BEYOND]
    title = Bilingual(*(notes.page(paths[each]).headings[0].words for each in LANGUAGES))
    url = to("page", language, name=BEYOND)
    return [{**text, "url": url} for text in spoken(title, language)]


def titled(step: Step, view: str, language: str) -> list[Link]:
    """A link to a page of the step, by its title."""
    url = to(view, language, step=step)
    return [{**text, "url": url} for text in spoken(notes.title(step), language)]


def along(verdict: Verdict, language: str) -> Along:
    """The note's headings that are there, and the next one, which is a link to it."""
    there = spoken(verdict.says_there, language) if verdict.says_there else []
    if verdict.next_part is None or verdict.says_next is None:
        return {"there": there, "next": []}
    passages, words = verdict.next_part.passages, spoken(verdict.says_next, language)
    links: list[Link] = [
        {**text, "url": placed(passages[text["lang"]], language)} for text in words
    ]
    return {"there": there, "next": links}


def advised(advice: Advice, language: str) -> Advised:
    return {
        "beyond": [spoken(text, language) for text in advice.beyond],
        "texts": [spoken(text, language) for text in advice.texts],
        "error": advice.error,
        "code": [{"number": number, "text": text} for number, text in advice.code],
        "path": advice.place.path if advice.place else "",
        "line": advice.place.line if advice.place else 0,
        "place": spoken(advice.place.says, language) if advice.place else [],
        "editors": editors(*advice.place) if advice.place else [],
        "read": links(advice.passages, language),
    }


def links(passages: dict[str, Passage], language: str) -> list[Link]:
    """Links to what the notes have on a matter."""
    heading = Bilingual(passages["en"].heading, passages["ar"].heading)
    return [
        {**text, "url": placed(passages[text["lang"]], language)}
        for text in spoken(heading, language)
    ]


def placed(passage: Passage, language: str) -> str:
    return address(passage.path, language) + (f"#{passage.anchor}" if passage.anchor else "")


def hint(hint: Hint, language: str) -> HintEvent:
    return {
        "kind": "hint",
        "says": spoken(hint.says_depth, language),
        "texts": spoken(hint.texts, language),
        "read": links(hint.passages, language),
        "last": hint.depth == DEPTHS - 1,
    }


def trouble(error: WorkbookError, language: str) -> Trouble:
    """What went wrong; a command that comes next is shown as code, once."""
    then = spoken(error.then, language)
    if error.then.en == error.then.ar:
        then = [{**text, "text": f"`{text['text']}`"} for text in then[:1] if text["text"]]
    return {"kind": "trouble", "what": spoken(error.what, language), "then": then}


def desk(step: Step, language: str, save: Save | None = None) -> DeskEvent:
    """Whether the page's step is on the desk, another is, or none; what was saved just now."""
    begun, identity = step_and_identity()
    return {
        "kind": "desk",
        "state": "none" if begun is None else "here" if begun == step else "other",
        "begun": titled(begun, "check", language) if begun else [],
        "occupied": bool(identity),
        "identity": "-".join(map(str, identity)),
        "saved": save.name if save else "",
    }


def paper(paper: Paper, language: str) -> PaperEvent:
    return {
        "kind": "paper",
        "path": paper.path,
        "version": paper.version,
        "text": paper.text,
        "mark": paper.mark,
        "given": paper.is_given,
        "refused": spoken(paper.refused, language) if paper.refused else [],
    }


def papers(step: Step, language: str) -> PapersEvent:
    return {"kind": "papers", "papers": [paper(each, language) for each in listed(step)]}


def newer(newer: Newer, language: str) -> dict[str, Any]:
    """The file that was changed elsewhere, in place of what was to be written over it."""
    return {
        **paper(newer.paper, language),
        "kind": "newer",
        "says": spoken(newer.what, language),
    }


def experiments(step: Step, language: str) -> ExperimentsEvent:
    found = [tried(each, step, language) for each in standings(step)]
    return {"kind": "experiments", "experiments": found}


def tried(standing: Standing, step: Step, language: str) -> Tried:
    experiment = standing.experiment
    return {
        "name": experiment.name,
        "path": experiment.path,
        "title": spoken(experiment.title, language),
        "look": spoken(experiment.look, language),
        "read": links(passages(step, experiment), language),
        "save": standing.save,
        "why": spoken(standing.why, language) if standing.why else [],
    }


def wire(
    records: list[Record], told: set[str], running: StepServer, language: str, anew: bool
) -> WireEvent:
    """`told` are the names of the explanations that the page has; those it gets are added."""
    fresh = {record.explained: record.explanation for record in records}
    explanations = {name: fresh[name] for name in fresh if name not in told}
    told.update(explanations)
    return {
        "kind": "wire",
        "anew": anew,
        "explanations": {name: explained(each, language) for name, each in explanations.items()},
        "records": [travelled(record, running, language) for record in records],
    }


def explained(explanation: Explanation, language: str) -> Explained:
    return {
        "says": spoken(explanation.says, language),
        "read": [link for each in explanation.passages for link in links(each, language)],
    }


def travelled(record: Record, running: StepServer, language: str) -> TravelledEvent:
    return {
        "moment": record.moment,
        "name": record.name,
        "kind": record.kind,
        "families": list(record.families),
        "rooms": list(record.rooms),
        "source": record.source,
        "target": record.target,
        "lanes": spoken(record.lanes, language),
        "trouble": record.is_trouble,
        "says": spoken(record.says, language),
        "explained": record.explained,
        "place": line(record.place, running, language) if record.place else None,
    }


def line(place: Place, running: StepServer, language: str) -> Line:
    """A line of what is served: a page of the snapshot's shows it, and of the desk an editor."""
    path, number = place
    words = Bilingual(f"`{path}`, line {number}", f"الملف `{path}`، السطر {number}")
    on_the_desk = running.source == "desk"
    code = "" if on_the_desk else to("file", language, step=running.step, path=path)
    return {
        "path": path,
        "line": number,
        "says": spoken(words, language),
        "url": code and f"{code}#L{number}",
        "editors": editors(path, number) if on_the_desk else [],
    }


def server(
    running: StepServer, before: StepServer | None, others: list[StepServer], language: str
) -> ServerEvent:
    """What a page shows of its step's server, and that other steps' are going on."""
    return {
        "kind": "server",
        "here": on_desk() == running.step,
        "state": running.state,
        "trouble": trouble(running.trouble, language) if running.trouble else None,
        "source": running.source,
        "ports": running.ports,
        "options": sorted(running.options),
        "framed": running.framed,
        "beginning": running.beginnings,
        "beside": beside(before) if before else None,
        "others": [titled(each.step, "try", language)[0] for each in others if each != running],
    }


def beside(before: StepServer) -> BesideEvent:
    return {
        "state": before.state,
        "port": before.ports[0],
        "framed": before.framed,
        "beginning": before.beginnings if before.is_going else 0,
    }
