"""The pages on which something is started; their sockets do it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from workbook.exercise.desk import on_desk
from workbook.invocation import typed
from workbook.server import LOOPBACK
from workbook.steps import Step
from workbook.web import policy
from workbook.web.practice import events, servers
from workbook.web.preference import spoken

ROOMS = {"en": "lobby", "ar": "غرفة"}


@policy.local_only
def trial(request: HttpRequest, language: str, step: Step) -> HttpResponse:
    """The step's chat in two windows: nothing but its own server may stand in them."""
    server = f"http://{LOOPBACK}:{servers.of(step).port}"
    context = {
        "server": server,
        "room": ROOMS[spoken(language)] if has_rooms(step) else "",
        "windows": [1, 2] if has_rooms(step) else [1],
        "has_desk": on_desk() == step,
        "run": typed(f"{step.name} run"),
    }
    response = render(request, "web/try.html", context)
    content = policy.CONTENT | {"frame-src": server}
    response.headers["Content-Security-Policy"] = policy.written(content)
    return response


def has_rooms(step: Step) -> bool:
    return (step.path / "chat" / "templates" / "chat" / "room.html").exists()


@policy.local_only
def check(request: HttpRequest, language: str, step: Step) -> HttpResponse:
    context = {
        "desk": events.desk(step, language),
        "start": typed(f"{step.name} start"),
        "check": typed("check"),
    }
    return render(request, "web/check.html", context)
