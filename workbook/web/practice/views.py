"""The pages on which something is started; their sockets do it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from workbook.exercise.desk import on_desk
from workbook.exercise.lesson import lesson
from workbook.exercise.papers import LARGEST, TOO_LARGE
from workbook.invocation import typed
from workbook.layers import has_layer
from workbook.notes import note_path, title
from workbook.server import LOOPBACK, PORT
from workbook.steps import Step, previous
from workbook.web import editor, notes, policy
from workbook.web.phrases import phrases
from workbook.web.practice import events, servers
from workbook.web.practice.frames import FRAMES
from workbook.web.preference import shown, spoken
from workbook.wire.records import FAMILIES, LANES

ROOMS = {"en": "lobby", "ar": "غرفة"}
STYLES = {"try": ["try", "wire"]}  # of a part that needs more than its own


@policy.local_only
def trial(request: HttpRequest, language: str, step: Step) -> HttpResponse:
    """The step's chat in two windows."""
    about = tried(request, step, language)
    heading = "room" if about["room"] else "page"
    return framing(request, alone(request, "try", heading, language, about), about)


@policy.local_only
def check(request: HttpRequest, language: str, step: Step) -> HttpResponse:
    return alone(request, "check", "check", language, checked(request, step, language))


@policy.local_only
def workbench(request: HttpRequest, language: str, step: Step) -> HttpResponse:
    """The note, the desk's files, the checks and the chat in one view."""
    engine = policy.engine(request)
    texts = [notes.text(note_path(step, each), each, language, engine) for each in shown(language)]
    about = {
        **tried(request, step, language),
        **checked(request, step, language),
        "rows": notes.rows(texts),
        "largest": LARGEST,
        "editor": editor.words(spoken(language)),
        "too_large": TOO_LARGE[spoken(language)],
        "lesson": [change.path for change in lesson(step) if change.is_lesson],
    }
    return framing(request, render(request, "web/workbench.html", about), about)


def alone(
    request: HttpRequest, part: str, heading: str, language: str, about: dict[str, Any]
) -> HttpResponse:
    """A part that is a page of its own."""
    say = phrases(spoken(language))
    context = {
        "part": part,
        "words": say[part],
        "heading": say[f"title_{heading}"],
        "template": f"web/{part}.html",
        "styles": [f"web/css/{name}.css" for name in STYLES.get(part, [part])],
        "script": f"web/js/{part}.js",
    }
    return render(request, "web/alone.html", {**about, **context})


def tried(request: HttpRequest, step: Step, language: str) -> dict[str, Any]:
    here = policy.is_here(request)
    running = servers.of(step) if here else None
    ports = running.ports if running else [PORT]  # which exists in the tab's windows alone
    addresses = [f"{LOOPBACK}:{port}" for port in ports]
    return {
        "servers": [f"http://{address}" for address in addresses],
        "sockets": f"ws://{addresses[0]}",
        "before": before(step, language, here),
        "has_layer": here and has_layer(step),
        "needs_machine": has_layer(step) and f"make {step.name} run SERVERS=2 LAYER=redis",
        "options": running.options if running else frozenset(),
        "room": ROOMS[spoken(language)] if has_rooms(step) else "",
        "windows": [1, 2] if has_rooms(step) else [1],
        "examples": examples(language) if has_sockets(step) else [],
        "lanes": {lane: words[spoken(language)] for lane, words in LANES.items()},
        "families": {name: words[spoken(language)] for name, words in FAMILIES.items()},
        "has_desk": on_desk() == step if here else True,  # in a tab nobody knows beforehand
        "run": command(f"{step.name} run", here),
    }


def before(step: Step, language: str, here: bool) -> dict[str, Any] | None:
    """The step before, which this one can be compared with; its server, if it is going."""
    earlier = previous(step)
    if earlier is None:
        return None
    running = servers.beside(step) if here else None
    port = running.ports[0] if running and running.is_going else None if here else PORT
    return {
        "step": earlier.name,
        "title": title(earlier)[spoken(language)],
        "server": f"http://{LOOPBACK}:{port}" if port else "",
        "has_rooms": has_rooms(earlier),
        "windows": [1, 2] if has_rooms(earlier) else [1],
    }


def has_rooms(step: Step) -> bool:
    return (step.path / "chat" / "templates" / "chat" / "room.html").exists()


def has_sockets(step: Step) -> bool:
    return (step.path / "chat" / "routing.py").exists()


def examples(language: str) -> list[dict[str, Any]]:
    """What can be sent by hand, for the page and for its script."""
    return [frame._asdict() | {"says": frame.says[spoken(language)]} for frame in FRAMES]


def checked(request: HttpRequest, step: Step, language: str) -> dict[str, Any]:
    here = policy.is_here(request)
    return {
        "desk": events.desk(step, language) if here else None,
        "start": command(f"{step.name} start", here),
        "check": command("check", here),
    }


def command(words: str, here: bool) -> str:
    """As it is typed on this machine or, for a reader elsewhere, as the notes have it."""
    return typed(words) if here else f"make {words}"


def framing(request: HttpRequest, response: HttpResponse, about: dict[str, Any]) -> HttpResponse:
    """The page, which may reach the step's servers and no other, in its windows and by hand."""
    if not policy.is_here(request):
        return response
    before = about["before"]["server"] if about["before"] else ""
    framed = " ".join([*about["servers"], before]).strip()
    reached = {"frame-src": framed, "connect-src": f"'self' {about['sockets']}"}
    content = policy.CONTENT | reached
    response.headers["Content-Security-Policy"] = policy.written(content)
    return response
