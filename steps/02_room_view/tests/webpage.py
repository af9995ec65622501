"""A page as somebody uses it: its scripts run, and the other end of its WebSocket is here.

They run over the document that `document.js` makes. Nothing is drawn, and time passes only here.
"""

import json
import re
from contextlib import suppress
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

try:
    from _quickjs import Context, JSException  # `quickjs` itself would start a thread
except ImportError:
    Context = None

HOST = "testserver:8123"  # with a port, which an address may not leave out
LONGEST = 0.5  # seconds of work; what takes longer does not come to an end
SOON = 1_000  # milliseconds that a page has for what follows from an act
LATER = 30_000
ENOUGH = 10_000  # jobs of promises that follow from one another
FORM = "application/x-www-form-urlencoded"
TAG = re.compile(r"{[{%#].*?[}%#]}")


class ScriptError(Exception):
    """An error in a page's script; `filename` and `lineno` say where it stands, if that is known."""

    def __init__(self, says, filename=None, lineno=None, line=""):
        place = f"\n{shortened(filename)}, line {lineno}: {line}" if filename else f"\n{line}"
        super().__init__(f"{says}{place}".rstrip())
        self.filename, self.lineno = filename, lineno


class NotTried(pytest.skip.Exception):
    """What the page needs is not to be had here, so that nothing can be said of it."""

    def __init__(self, english, arabic):
        super().__init__(f"{english}\n\n{arabic}")


def visit(client, path, **how):
    """What the server answers; who has to log in for it does so."""
    response = client.get(path, headers={"host": HOST}, **how)
    if "next=" in response.headers.get("Location", ""):
        from django.contrib.auth import get_user_model

        client.force_login(get_user_model().objects.create_user("mona"))
        response = client.get(path, headers={"host": HOST}, **how)
    return response


class Page:
    """The page of a response, with its scripts running.

    Whoever asks for something that is not there is told of the error that kept it away.
    """

    def __init__(self, response):
        if Context is None:
            raise NotTried(
                "there is no JavaScript engine for this system",
                "لا يوجد محرّك JavaScript لهذا النظام",
            )
        self.response = response
        self.html = response.content.decode(response.charset)
        self.context = Context()
        self.context.eval(document())
        self.context.set_time_limit(LONGEST)
        self.document = self.context.get("act")
        self.act("load", self.html, response.wsgi_request.build_absolute_uri())

    def type(self, id, text):
        """Types the text in place of what stands in the field, key by key."""
        self.act("type", self.element(id), text)

    def press(self, id, key):
        self.act("press", self.element(id), key)

    def click(self, id):
        self.act("click", self.element(id))

    def element(self, id):
        """The id itself, if an element has it."""
        if not self.ask("has", id):
            self.miss(f"there is no element with the id {id}")
        return id

    def text(self, id=""):
        """What somebody reads on the page, or in one element of it: what fields hold, too."""
        return self.ask("read", id and self.element(id)).strip()

    def shows(self, text):
        if text not in self.text():
            self.excuse()
        return text in self.text()

    def keeps(self, text):
        """Whether the text was sent, or still stands in the field for the message."""
        return self.text("chat-message-input") == text or self.socket.has_sent(text)

    def direction(self, id, text=""):
        """What the element says of its direction, or what says it in it where that text stands."""
        return self.ask("direction", self.element(id), text)

    @property
    def left_for(self):
        """The path of the page that is loaded in place of this one; None as long as this one is there."""
        left = self.ask("record")["left"]
        return left and unquote(urlsplit(left["address"]).path)

    def leads_to(self, path):
        """Whether the page was left for that path, or for one that leads on to it."""
        left = self.ask("record")["left"]
        if left is None:
            self.miss("the page stays where it is")
        if self.left_for == path:
            return True
        method = "GET" if left["data"] is None else "POST"
        answer = self.response.client.generic(method, left["address"], left["data"] or "", FORM)
        if unquote(urlsplit(answer.headers.get("Location", "")).path) == path:
            return True
        self.excuse()
        return False

    @property
    def socket(self):
        """The page's newest WebSocket that is a room's: a page may have others for other things."""
        sockets = self.ask("record")["sockets"]
        rooms = [n for n, each in enumerate(sockets) if each["path"].startswith("/ws/chat/")]
        if not sockets:
            what = "the page opens no WebSocket"
            if not re.search("WebSocket|<script[^>]* src", self.html):
                what += ", and none stands in its HTML"
            self.miss(what)
        return Socket(self, rooms[-1] if rooms else len(sockets) - 1)

    def miss(self, what):
        self.excuse()
        raise AssertionError(what)

    def excuse(self):
        """Raises what kept the page from doing what it should, if that is known."""
        record = self.ask("record")
        for error in record["errors"]:
            if not record["lacks"] or is_own(error["says"], self.html):
                raise self.error(**error)
        if record["lacks"]:
            what = record["lacks"][0]
            raise NotTried(f"only a browser has {what}", f"لا يوجد {what} إلا في المتصفح")

    def error(self, says, script="", line=0, code=""):
        """A script's error, with its line of the template or of the static file."""
        if script:
            path = static(script)
            lines = split(path.read_text("utf-8")) if path else []
            return ScriptError(says, path, line, nth(lines, line))
        lines = split(self.html)
        if code and not line:
            line = next((number for number, each in enumerate(lines, 1) if code in each), 0)
        path, place = origin(lines, line, templates(self.response)) if line else (None, None)
        return ScriptError(says, path, place, nth(lines, line))

    def act(self, name, *what):
        """Does something at the page, and waits for what comes of it soon."""
        self.ask(name, *what)
        self.wait(SOON)

    def wait(self, milliseconds=LATER):
        """Lets time pass, with what the page does in it."""
        self.work()
        until = self.ask("now") + milliseconds
        while self.ask("turn", until):
            self.work()

    def work(self):
        """Does what the document cannot do, as long as there is any: runs scripts, asks the server."""
        answer = None
        while (task := self.ask("next", answer)) or self.jobs():
            answer = task and (self.get(task["get"]) if "get" in task else self.run(**task))

    def run(self, run, after):
        """Runs a script as if so many lines stood before it: its error, or an empty text."""
        try:
            self.context.eval("\n" * after + run)
        except JSException as error:
            return str(error)
        return ""

    def jobs(self):
        """Does what promises have left to be done; whether there was anything."""
        for count in range(ENOUGH):
            try:
                if not self.context.execute_pending_job():
                    return count > 0
            except JSException as error:
                self.ask("fail", str(error))
        return False

    def get(self, address):
        """What the page's own server answers."""
        if path := static(address):
            return {"status": 200, "body": path.read_text("utf-8")}
        secure = address.startswith("https:")
        answer = self.response.client.get(address, headers={"host": HOST}, secure=secure)
        return {"status": answer.status_code, "body": answer.content.decode(errors="replace")}

    def ask(self, name, *what):
        try:
            return json.loads(self.document(name, json.dumps(what)))
        except JSException as error:  # such as a loop that does not come to its end
            self.document("fail", json.dumps([str(error)]))
            raise self.error(**self.ask("record")["errors"][-1]) from None


class Socket:
    """The server's end of a page's WebSocket."""

    def __init__(self, page, number):
        self.page, self.number = page, number

    @property
    def facts(self):
        return self.page.ask("record")["sockets"][self.number]

    @property
    def address(self):
        """The address that a browser asks for, readable: without its percent signs."""
        return unquote(self.facts["url"])

    @property
    def room(self):
        """The room's name as the page has put it into the address, whatever a browser makes of it."""
        asked = self.facts["asked"]
        name = re.search(r"/ws/chat/(.*?)/?$", asked, re.S)
        return unquote(name[1]) if name else asked

    @property
    def message(self):
        """What the page has sent last; a frame without a message, such as a sign of life, is none."""
        sent = self.facts["sent"]
        if not sent:
            self.page.miss("the page sends nothing")
        messages = [each["message"] for each in map(parsed, sent) if "message" in each]
        assert messages, f'what the page sends has no key "message": {sent[-1]}'
        return messages[-1]

    def has_sent(self, text):
        return any(text in each for each in self.facts["sent"])

    def open(self):
        self.page.act("open", self.number)

    def receive(self, **frame):
        self.page.act("receive", self.number, json.dumps(frame))

    def lose(self):
        """Ends the connection; nothing comes of it before somebody does something."""
        self.page.ask("close", self.number, 1006)


def is_own(says, html):
    """Whether the error would be there in any browser, whatever else the page has there."""
    if name := re.match(r"ReferenceError: (\w+) is not defined", says):
        known = re.findall(r"\b(?:class|const|function|let|var)\s+(\w+)", html)
        return name[1].lower() in map(str.lower, known)
    return says.startswith("SyntaxError: ") and "Failed to" not in says


def parsed(frame):
    with suppress(ValueError):
        if isinstance(content := json.loads(frame), dict):
            return content
    raise AssertionError(f"what the page sends is no JSON object: {frame}")


@cache
def document():
    return (Path(__file__).parent / "document.js").read_text("utf-8")


def static(address):
    """The file that is served at the address, if it is a static one."""
    from django.apps import apps
    from django.conf import settings
    from django.contrib.staticfiles import finders

    if not settings.STATIC_URL or not apps.is_installed("django.contrib.staticfiles"):
        return None
    path, folder = (unquote(urlsplit(each).path) for each in (address, settings.STATIC_URL))
    found = finders.find(path.removeprefix(folder)) if path.startswith(folder) else None
    return Path(found) if found else None


def templates(response):
    """The lines of the templates that the response was made from, by their files."""
    files = {}
    for template in response.templates:
        with suppress(OSError, TypeError, UnicodeDecodeError):
            path = Path(template.origin.name)
            files[path] = split(path.read_text("utf-8"))
    return files


def split(text):
    """The lines, as JavaScript counts them."""
    return re.split(r"\r\n|\r|\n", text)


def nth(lines, number):
    return lines[number - 1].strip() if 0 < number <= len(lines) else ""


def origin(lines, number, files):
    """Where a line of a page comes from: among the lines like it, where its neighbours fit best."""
    places = [
        (path, there)
        for path, text in files.items()
        for there, each in enumerate(text, 1)
        if TAG.sub("", each).strip() and fits(each, lines[number - 1])
    ]
    neighbours = {place: alike(lines, number, files[place[0]], place[1]) for place in places}
    return max(places, key=neighbours.get, default=(None, None))


def alike(lines, number, text, there):
    """How many lines fit without a break, before the two and behind them."""
    before = zip(lines[: number - 1][::-1], text[: there - 1][::-1], strict=False)
    behind = zip(lines[number:], text[there:], strict=False)
    return sum(run_of(pairs) for pairs in (before, behind))


def run_of(pairs):
    count = 0
    for line, each in pairs:
        if not fits(each, line):
            break
        count += 1
    return count


def fits(template, line):
    """Whether the template's line can have become the page's."""
    parts = map(re.escape, TAG.split(template.strip()))
    return re.fullmatch(".*".join(parts), line.strip()) is not None


def shortened(path):
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
