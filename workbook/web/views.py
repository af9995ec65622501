from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from workbook import desk
from workbook.errors import WorkbookError
from workbook.notes import LANGUAGES, note_path, opening
from workbook.progress import Progress
from workbook.report import stand
from workbook.steps import ROOT, Step, all_steps
from workbook.web import render as rendering
from workbook.web.languages import DIRECTIONS, preferred, shown


def entrance(request: HttpRequest) -> HttpResponse:
    return redirect("contents", language=preferred(request))


def contents(request: HttpRequest, language: str) -> HttpResponse:
    """The five steps, how far the learner is, and where to go on."""
    progress = Progress()
    on_desk = step_on_desk()
    cards = [
        {
            "step": step,
            "openings": [
                {"lang": each, "dir": DIRECTIONS[each], "texts": opening(step, each)}
                for each in shown(language)
            ],
            "stand": stand(progress, step),
            "on_desk": step == on_desk,
        }
        for step in all_steps()
    ]
    unfinished = [card for card in cards if not str(card["stand"]).startswith("passed")]
    current = next((card for card in cards if card["on_desk"]), None)
    return render(
        request,
        "web/contents.html",
        {"cards": cards, "next": current or next(iter(unfinished), None), "pages": other_pages()},
    )


def step_on_desk() -> Step | None:
    try:
        return desk.current()
    except WorkbookError:
        return None


def other_pages() -> dict[str, dict[str, str]]:
    """The pages beside the steps' notes: by name, each language's path; "" is for both in one."""
    notes = {step.path.name for step in all_steps()}
    found: dict[str, dict[str, str]] = {}
    for language in ["", *LANGUAGES]:
        for path in sorted((ROOT / "notes" / language).glob("*.md")):
            if path.stem not in notes:
                found.setdefault(path.stem, {})[language] = path.relative_to(ROOT).as_posix()
    return found


def read(request: HttpRequest, language: str, step: Step) -> HttpResponse:
    paths = {each: note_path(step, each) for each in LANGUAGES}
    return reading(request, language, paths)


def page(request: HttpRequest, language: str, name: str) -> HttpResponse:
    """A page beside the steps' notes, in the languages that it is there for."""
    try:
        return reading(request, language, other_pages()[name])
    except KeyError:
        raise Http404 from None


def reading(request: HttpRequest, language: str, paths: dict[str, str]) -> HttpResponse:
    wanted = [each for each in shown(language) if each in paths] or list(paths)
    texts = [rendering.text(paths[each], each, language) for each in wanted]
    if len(texts) == 2:
        rows = rendering.twins(texts[0], texts[1], (paths["en"], paths["ar"]))
    else:
        rows = [[piece] for piece in texts[0].pieces]
    return render(request, "web/read.html", {"rows": rows, "headings": texts[0].headings})
