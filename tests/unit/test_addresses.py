"""What is wrong with routes that do not lead to an address."""

import pytest
from django.urls import include, path, re_path

from workbook.exercise.addresses import addresses
from workbook.recorder.facts import Place, Route, Routed, Unrouted
from workbook.recorder.routes import unrouted, walked


def view(request, **_):
    """What the routes of these tests lead to."""


ROOM = [path("<str:name>/", view)]
ROUTES = {
    "a slash too much": ([path("/chat/", include(ROOM))], "slash-before"),
    "a slash too much in what is included": (
        [path("chat/", include([path("/<str:name>/", view)]))],
        "slash-before",
    ),
    "none at the end": ([path("chat/<str:name>", view)], "slash-missing"),
    "none in between": ([path("chat", include(ROOM))], "glued"),
    "its beginning twice": ([path("chat/", include([path("chat/", include(ROOM))]))], "twice"),
    "without its beginning": (ROOM, "short"),
    "for few names": ([re_path(r"^chat/(?P<name>[a-z]+)/$", view)], "few-names"),
    "an expression in path": ([path(r"chat/(?P<name>\w+)/$", view)], "expression"),
    "none at all below it": ([path("chat/", view)], "unrouted"),
    "another beginning": ([path("chats/", include(ROOM))], "without-beginning"),
}


@pytest.mark.parametrize(("patterns", "kind"), ROUTES.values(), ids=ROUTES)
def test_what_is_wrong_with_a_route_is_found(patterns, kind):
    """Where no route leads to an address, the one that is nearly right says what is wrong."""
    fact = unrouted("page", patterns, "/chat/O'Brien/")

    first = next(addresses((fact,)))

    assert first.kind == f"page-{kind}"


def test_a_route_has_what_it_is_included_under():
    """A route is named as a whole, whatever number of files it is made in."""
    patterns = [path("chat/", include([path("", view), *ROOM])), re_path("^ws/", view)]

    assert [route.pattern for route in walked(patterns)] == ["chat/", "chat/<str:name>/", "^ws/"]


def test_the_routes_of_pages_are_no_routes_for_websockets():
    """Where a router for WebSockets has routes to views, it was given those of the pages."""
    fact = Unrouted("socket", "/ws/chat/lobby/", (Route("", False, "chat.views.index", None),), ())

    assert next(addresses((fact,))).kind == "socket-to-views"


def test_a_router_without_routes_is_found():
    """Where there are no routes at all, none is misspelt."""
    assert next(addresses((Unrouted("socket", "/ws/chat/lobby/", (), ()),))).kind == "socket-empty"


def test_a_name_that_takes_the_place_of_chat_is_found():
    """A route that begins with a name takes the index page's address for a room's."""
    place = Place("mysite/urls.py", 5)

    [found] = addresses((Routed("/chat/", Route("<str:name>/", False, "chat.views.room", place)),))

    assert (found.kind, found.place) == ("page-taken", place)
    assert not [*addresses((Routed("/chat/", Route("chat/", False, "chat.views.index", place)),))]
