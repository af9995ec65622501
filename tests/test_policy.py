"""Who may do what in the walkthrough, asked of the application itself: no network is needed."""

import asyncio
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from asgiref.testing import ApplicationCommunicator
from channels.routing import URLRouter

from tests.support.projects import edited, snapshot
from workbook.exercise import desk
from workbook.exercise.mistakes import Edit
from workbook.exercise.progress import Progress
from workbook.steps import ROOT, step
from workbook.web import offer, policy, views
from workbook.web.asgi import application
from workbook.web.practice import routing

HERE, NETWORK = "127.0.0.1", "192.0.2.7"
PAGE = b"http://127.0.0.1:8765"
PATIENCE = 60  # seconds
IMPORTED = """
import os
before = dict(os.environ)
import workbook.web.asgi
assert os.environ == before
"""


@pytest.fixture(autouse=True)
def without_site(tmp_path, monkeypatch):
    """Whatever was built here: a site offers more, and test_offer.py says what."""
    monkeypatch.setattr(offer, "SITE", tmp_path / "site")


def alone(function):
    """Runs it in a thread of its own: in this one a browser's test may have left its loop."""

    def run(*about):
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, function(*about)).result()

    return run


@alone
async def answer(address, client, method="GET"):
    """The status of a page, its text and its headers, for a browser at that address."""
    path, _, query = address.partition("?")
    request = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "headers": [(b"host", b"127.0.0.1:8765")],
        "client": (client, 50000),
        "server": ("127.0.0.1", 8765),
    }
    communicator = ApplicationCommunicator(application, request)
    await communicator.send_input({"type": "http.request", "body": b""})
    start = await communicator.receive_output(PATIENCE)
    body, more = b"", True
    while more:
        part = await communicator.receive_output(PATIENCE)
        body, more = body + part["body"], part.get("more_body", False)
    await communicator.wait(PATIENCE)
    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    return start["status"], body.decode(), headers


@alone
async def is_open(path, client, origin, asked=application):
    """Whether a socket is accepted from a page of that origin, at that address."""
    scope = {
        "type": "websocket",
        "path": path,
        "query_string": b"",
        "headers": [(b"host", b"127.0.0.1:8765"), *([(b"origin", origin)] if origin else [])],
        "client": (client, 50000),
        "subprotocols": [],
    }
    communicator = ApplicationCommunicator(asked, scope)
    await communicator.send_input({"type": "websocket.connect"})
    reply = await communicator.receive_output(PATIENCE)
    await communicator.send_input({"type": "websocket.disconnect", "code": 1000})
    await communicator.wait(PATIENCE)
    return reply["type"] == "websocket.accept"


@pytest.mark.parametrize("path", ["/en/", "/ar/step-3/", "/both/step-3/changes/", "/en/search/"])
def test_the_network_may_read(path):
    assert answer(path, NETWORK)[0] == 200


@pytest.fixture
def desk_here(tmp_path, monkeypatch):
    """A desk with step 3 on it, passed; of what lies there, a file and a link hold secrets."""
    key = Edit("chat/messages.py", "import json\n", 'KEY = "a-learners-own"\n')
    work = edited(snapshot(step(3), tmp_path / "work"), [key])
    (work / desk.MARK).write_text("3")
    (tmp_path / "secret").write_text("another-folders-own")
    (work / "notes.txt").symlink_to(tmp_path / "secret")
    progress = Progress(tmp_path / "progress.json")
    progress.passed(step(3))
    monkeypatch.setattr(desk, "DESK", work)
    monkeypatch.setattr(views, "Progress", lambda: progress)


@pytest.mark.usefixtures("desk_here")
def test_the_network_sees_nothing_of_the_desk_or_the_progress():
    """Both are there for this machine's own pages, and the same pages without them for others."""
    for address, theirs in [
        ("/en/step-3/changes/?of=desk", ["a-learners-own", "Left to do"]),
        ("/en/", ["in work now", ">passed<"]),
    ]:
        mine, (status, text, _) = answer(address, HERE)[1], answer(address, NETWORK)
        assert status == 200
        assert all(word in mine and word not in text for word in theirs)


@pytest.mark.usefixtures("desk_here")
def test_a_link_that_leaves_the_desk_is_not_followed():
    """A file of another folder is on no page, not even for this machine."""
    assert "another-folders-own" not in answer("/en/step-3/changes/?of=desk", HERE)[1]


@pytest.mark.parametrize("part", ["try", "check"])
@pytest.mark.parametrize(("language", "why"), [("en", "Over the network"), ("ar", "عبر الشبكة")])
def test_the_network_may_start_nothing(part, language, why):
    """Whoever is not at the machine itself is told why, in their language."""
    status, text, _ = answer(f"/{language}/step-3/{part}/", NETWORK)

    assert status == 403 and why in text
    assert answer(f"/{language}/step-3/{part}/", HERE)[0] == 200


@pytest.mark.parametrize("language", ["en", "ar", "both"])
def test_no_command_leads_the_network_to_what_is_refused_there(language):
    """The commands of a note are links to Try and Check for this machine's own reader alone."""
    mine, theirs = (answer(f"/{language}/step-3/", client)[1] for client in (HERE, NETWORK))

    for part in ["try", "check"]:
        links = f'<a href="/{language}/step-3/{part}/"><'
        assert links in mine and links not in theirs


@pytest.mark.parametrize(("language", "how"), [("en", "ask your teacher"), ("ar", "اطلب من")])
def test_the_network_is_told_how_to_get_the_workbook(language, how):
    """No tab leads to what is refused; who comes there all the same is led back, and told how."""
    for address in [f"/{language}/", f"/{language}/step-3/try/", f"/{language}/step-3/check/"]:
        assert how in answer(address, NETWORK)[1]
    refused = answer(f"/{language}/step-3/try/", NETWORK)[1]
    assert f'href="/{language}/step-3/"' in refused
    assert f'href="/{language}/step-4/try/"' not in refused
    note = answer(f"/{language}/step-3/", NETWORK)[1]
    assert not re.search('href="[^"]*/(try|check|workbench)/"', note)
    assert f'href="/{language}/step-3/try/"' in answer(f"/{language}/step-3/", HERE)[1]
    assert how not in answer(f"/{language}/", HERE)[1]


@pytest.mark.parametrize("path", ["/", "/en/", "/en/step-3/check/", "/static/web/icon.svg"])
def test_pages_are_only_read(path):
    """A form of another site, or anything else that would change something, is not allowed."""
    assert answer(path, HERE, "HEAD")[0] == answer(path, HERE)[0]
    for method in ["POST", "PUT", "DELETE"]:
        status, _, headers = answer(path, HERE, method)
        assert status == 405 and headers["Allow"] == "GET, HEAD"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"


SOCKETS = [
    "/" + str(route.pattern).replace("<language:language>", "en").replace("<step:step>", "step-3")
    for route in routing.websocket_urlpatterns
]


@pytest.mark.parametrize("path", SOCKETS)
def test_a_socket_is_for_this_machines_own_pages(path):
    """Not for the network, another site, another server on this machine, or no page at all."""
    assert is_open(path, HERE, PAGE)
    assert not is_open(path, NETWORK, PAGE)
    for origin in [
        b"http://example.com",
        b"http://127.0.0.1:9999",
        b"http://example.com:8765",
        b"null",
        None,
    ]:
        assert not is_open(path, HERE, origin), origin


@pytest.mark.parametrize("path", SOCKETS)
def test_a_socket_is_guarded_where_every_host_is_allowed(path):
    """`ALLOWED_HOSTS=*` lets sockets without an Origin through: they are refused here."""
    guarded = policy.own_pages_only(URLRouter(routing.websocket_urlpatterns))

    assert is_open(path, HERE, PAGE, guarded)
    for origin in [b"http://127.0.0.1:9999", b"null", None]:
        assert not is_open(path, HERE, origin, guarded), origin


def test_the_projects_inherit_no_settings_from_the_walkthrough():
    """The environment, which what is run and checked inherits, stays as it was."""
    subprocess.run([sys.executable, "-c", IMPORTED], cwd=ROOT, check=True)
