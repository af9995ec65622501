"""What stands around every page: the language, the steps, the parts of a step."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest

from workbook.languages import READERS
from workbook.notes import opening
from workbook.steps import Step, all_steps
from workbook.web import offer
from workbook.web.addresses import STARTING, to
from workbook.web.phrases import phrases
from workbook.web.policy import FOR_A_TAB, engine, written
from workbook.web.preference import DIRECTIONS, preferred, spoken

# Every page has letters in these: loaded late, they would move the place that a link leads to.
FONTS = [f"web/fonts/ibm-plex-sans-{name}.woff2" for name in ("400", "600", "arabic-400")]
NAMES = {"en": "English", "ar": "العربية", "both": "EN + ع"}
TITLES = {**NAMES, "both": "English + العربية"}
PARTS = ("read", "code", "changes", "try", "check", "workbench")


def chrome(request: HttpRequest) -> dict[str, Any]:
    """Context for every template."""
    match = request.resolver_match
    in_language = match and "language" in match.kwargs
    about = dict(match.kwargs) if in_language else {}
    language = about.get("language") or preferred(request)
    here = match.view_name if in_language else "contents"
    part = "code" if here == "file" else here
    step = about.get("step")
    offered = [each for each in PARTS if each not in STARTING or engine(request)]
    return {
        "language": language,
        "lang": spoken(language),
        "dir": DIRECTIONS[spoken(language)],
        "say": phrases(spoken(language), engine(request) == "tab"),
        "languages": languages(request, here, about, language),
        "steps": steps(part if part in (*offered, "presenter") else "read", step, language),
        "parts": [*parts(request, part, step, language)] if step else [],
        "fonts": FONTS,
        "engine": engine(request),
        "in_tab": offer.instead(request, request.path),
        "policy": written(FOR_A_TAB),
        "step": step,
        "title": opening(step, spoken(language))[0] if step else "",
    }


def languages(
    request: HttpRequest, here: str, about: dict[str, Any], current: str
) -> list[dict[str, Any]]:
    """This page's address in each language."""
    query = request.GET.urlencode()
    return [
        {
            "language": language,
            "lang": spoken(language),
            "name": NAMES[language],
            "title": TITLES[language],
            "url": to(here, **{**about, "language": language}) + (f"?{query}" if query else ""),
            "current": language == current,
        }
        for language in READERS
    ]


def steps(here: str, current: Step | None, language: str) -> list[dict[str, Any]]:
    """Every step: the part of it that is read here of this one."""
    return [
        {
            "step": step,
            "title": opening(step, spoken(language))[0],
            "url": to(here, language, step=step),
            "current": step == current,
        }
        for step in all_steps()
    ]


def parts(request: HttpRequest, here: str, step: Step, language: str) -> Iterator[dict[str, Any]]:
    """Those of this step that the reader has, each where they have it."""
    for part in PARTS:
        url = to(part, language, step=step)
        if part in STARTING and not engine(request):
            url = offer.instead(request, url)
        if url:
            words = phrases(spoken(language))[part]
            yield {"name": part, "words": words, "url": url, "current": here == part}
