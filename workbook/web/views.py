"""The pages that are only read."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from posixpath import dirname
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from workbook.diff import files, is_made, is_suite
from workbook.exercise.desk import on_desk
from workbook.exercise.lesson import left, lesson
from workbook.exercise.progress import Progress, Standing
from workbook.notes import beside_the_steps, minutes, note_paths
from workbook.steps import Step, all_steps, following, previous
from workbook.web import notes, patch
from workbook.web.addresses import BEYOND, address, to
from workbook.web.booklet import ANSWERS, chapters
from workbook.web.highlight import numbered
from workbook.web.phrases import phrases
from workbook.web.policy import engine, is_here
from workbook.web.preference import DIRECTIONS, preferred, shown, spoken
from workbook.web.search import Passage, results

Entry = dict[str, Any]


def entrance(request: HttpRequest) -> HttpResponse:
    """Leads to the reader's language; in a site of files, a script does it."""
    if engine(request) == "tab":
        return render(request, "web/entrance.html")
    return redirect("contents", language=preferred(request))


def contents(request: HttpRequest, language: str) -> HttpResponse:
    """The five steps and, for the learner alone, how far they are and where to go on."""
    progress, begun = (Progress(), on_desk()) if is_here(request) else (None, None)
    cards: list[Entry] = [
        {
            "step": step,
            "openings": [notes.opening(step, each) for each in shown(language)],
            "minutes": minutes(step),
            "standing": standing(progress, step).says[spoken(language)],
            "on_desk": step == begun,
        }
        for step in all_steps()
    ]
    unfinished = (card for card in cards if not standing(progress, card["step"]).passed)
    current = next((card for card in cards if card["on_desk"]), None) or next(unfinished, None)
    pages = {name: notes.title(paths, language) for name, paths in beside_the_steps().items()}
    return render(
        request, "web/contents.html", {"cards": cards, "current": current, "pages": pages}
    )


def standing(progress: Progress | None, step: Step) -> Standing:
    return progress.of(step) if progress else Standing()


def read(request: HttpRequest, language: str, step: Step) -> HttpResponse:
    paths = note_paths(step)
    return reading(request, language, paths, onward(step, language))


def onward(step: Step, language: str) -> list[Entry]:
    """The notes before and after the step's; after the last one, what is beyond."""
    before, after = previous(step), following(step)
    found = [neighbour(before, language, False)] if before else []
    if after:
        return [*found, neighbour(after, language, True)]
    words = notes.title(beside_the_steps()[BEYOND], language)
    return [*found, {"words": words, "url": to("page", language, name=BEYOND), "next": True}]


def neighbour(step: Step, language: str, is_next: bool) -> Entry:
    words = f"{step.number} · {notes.opening(step, spoken(language)).title}"
    return {"words": words, "url": to("read", language, step=step), "next": is_next}


def page(request: HttpRequest, language: str, name: str) -> HttpResponse:
    """A page beside the steps' notes."""
    pages = beside_the_steps()
    if name not in pages:
        raise Http404
    return reading(request, language, pages[name])


def reading(
    request: HttpRequest, language: str, paths: dict[str, str], onward: Sequence[Entry] = ()
) -> HttpResponse:
    texts = [notes.text(paths[each], each, language, engine(request)) for each in shown(language)]
    headings = texts[0].headings if len(texts) == 1 else []
    outline = [heading for heading in headings if heading.level in (2, 3)]
    heading = notes.title(paths, language)
    about = {"heading": heading, "outline": outline, "onward": onward}
    return render(request, "web/read.html", {"rows": notes.rows(texts), **about})


def presenter(request: HttpRequest, language: str, step: Step) -> HttpResponse:
    """A step's note for its teacher, who projects it from another window."""
    paths = note_paths(step)
    texts = [notes.text(paths[each], each, language, engine(request)) for each in shown(language)]
    rows = notes.rows(texts)
    planned = minutes(step)
    return render(
        request,
        "web/presenter.html",
        {
            "rows": [row for row in rows if not row[0].of_teacher],
            "for_teacher": [row for row in rows if row[0].of_teacher],
            "minutes": planned,
            "seconds": 60 * planned,
        },
    )


def booklet(request: HttpRequest, language: str, step: Step | None = None) -> HttpResponse:
    """The notes on one page for print; as it comes, it is a learner's handout."""
    asked = request.GET.get("answers")
    answers = asked if asked in ANSWERS else ANSWERS[0]
    for_teacher = request.GET.get("teacher") == "yes"
    found = chapters(step, language, answers, for_teacher)
    say = phrases(spoken(language))
    return render(
        request,
        "web/booklet.html",
        {
            "chapters": found,
            "sheets": [chapter for chapter in found if chapter.sheet],
            "choices": [(each, say[f"answers_{each}"], each == answers) for each in ANSWERS],
            "for_teacher": for_teacher,
        },
    )


def code(request: HttpRequest, language: str, step: Step, path: str = "") -> HttpResponse:
    """One file of the step, beside the list of all of them."""
    sources = {name: text for name, text in files(step.path).items() if not is_made(name)}
    changes = {change.path: change for change in lesson(step) if change.after is not None}
    path = path or next(iter(changes))
    if path not in sources:
        raise Http404
    marks = {name: "changed" if change.before else "new" for name, change in changes.items()}
    entries: list[Entry] = [{"path": name, "mark": marks.get(name)} for name in sources]
    return render(
        request,
        "web/code.html",
        {
            "path": path,
            "lines": numbered(path, sources[path]),
            "folders": by_folder(entry for entry in entries if not is_suite(entry["path"])),
            "suite": by_folder(entry for entry in entries if is_suite(entry["path"])),
            "in_suite": is_suite(path),
        },
    )


def folder_of(entry: Entry) -> str:
    return dirname(str(entry["path"]))


def by_folder(entries: Iterable[Entry]) -> list[tuple[str, list[Entry]]]:
    """Each folder with the files in it, the project's own first."""
    return [
        (folder, [{**entry, "name": entry["path"].removeprefix(f"{folder}/")} for entry in group])
        for folder, group in groupby(sorted(entries, key=folder_of), key=folder_of)
    ]


def changes(request: HttpRequest, language: str, step: Step) -> HttpResponse:
    """What the step changes; with `?of=desk`, here, what is left of it to do there."""
    has_desk = is_here(request) and on_desk() == step
    of_desk = has_desk and request.GET.get("of") == "desk"
    found = left(step) if of_desk else lesson(step)
    view = "split" if request.GET.get("view") == "split" else "unified"
    drawn = patch.split if view == "split" else patch.unified
    response = render(
        request,
        "web/changes.html",
        {
            "view": view,
            "has_desk": has_desk,
            "of_desk": of_desk,
            "before": previous(step),
            "patches": [
                {"change": change, "hunks": [drawn(hunk) for hunk in patch.of_change(change)]}
                for change in found
                if change.is_lesson
            ],
            "given": [change for change in found if not change.is_lesson],
        },
    )
    if of_desk:
        response.headers["Cache-Control"] = "no-store"  # the Back button, too, shows it as it is
    return response


def search(request: HttpRequest, language: str) -> HttpResponse:
    """The passages of the notes that have the words of `?q=`."""
    query = request.GET.get("q", "").strip()[:200]
    found = [
        {
            "passage": result.passage,
            "dir": DIRECTIONS[result.passage.language],
            "snippet": result.snippet,
            "url": found_at(result.passage, language),
        }
        for result in results(query, language)
    ]
    return render(request, "web/search.html", {"query": query, "results": found})


def found_at(passage: Passage, language: str) -> str:
    """In the reader's language, if the passage is shown there; else in its own."""
    there = passage.language in shown(language)
    return f"{address(passage.path, language if there else passage.language)}#{passage.anchor}"
