"""What the workbook in a browser's tab weighs, and how soon it answers."""

import re
import tempfile
import time
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from threading import Thread

from playwright.sync_api import expect

from bench.turns import ratio
from bench.workbench import seconds_on_page, solved
from tests.support.browsers import chromium, press
from workbook.site import tab
from workbook.site.build import build
from workbook.steps import all_steps

CHECKS = 5
MESSAGES = 30
PATIENCE = 60_000  # milliseconds
REST = 0.5  # seconds
CALM = 40_000  # milliseconds after which a browser has freed what nobody holds
WHILE = 10_000  # milliseconds
GLANCE = 50  # milliseconds
HAS_COME = "() => document.querySelector('#chat-log').value.startsWith('salam')"
SEND = """
(text) => {
  const sent = performance.timeOrigin + performance.now();
  document.querySelector("#chat-message-input").value = text;
  document.querySelector("#chat-message-submit").click();
  return sent;
}
"""
# Notes the moments in which the log is written to.
LISTEN = """
() => {
  const log = document.querySelector("#chat-log");
  const { get, set } = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value");
  window.heard = [];
  Object.defineProperty(log, "value", {
    get,
    set(text) {
      set.call(this, text);
      heard.push(performance.timeOrigin + performance.now());
    },
  });
}
"""


class Files(SimpleHTTPRequestHandler):
    """Gives out the compressed copies, and counts what it gives."""

    protocol_version = "HTTP/1.1"

    def translate_path(self, path):
        file = Path(super().translate_path(path))
        file = file / "index.html" if file.is_dir() else file
        packed = file.with_name(f"{file.name}.gz")
        self.is_packed = packed.is_file()
        return str(packed if self.is_packed else file)

    def guess_type(self, path):
        return super().guess_type(re.sub(r"\.gz$", "", path))

    def end_headers(self):
        if self.is_packed:
            self.send_header("Content-Encoding", "gzip")
        super().end_headers()

    def copyfile(self, source, target):
        self.server.given += Path(source.name).stat().st_size
        super().copyfile(source, target)

    def log_message(self, *about):
        pass


@contextmanager
def serving(folder):
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Files, directory=folder)) as server:
        server.given = 0
        server.address = f"http://127.0.0.1:{server.server_port}"
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def figures():
    """Each thing measured with its figure and what is wanted, in one run."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder, "site")
        build(site, tab.write)
        with serving(site) as server, chromium() as browser:
            yield from visits(browser, server)
            yield from transfer(browser, server)
            yield from checks(browser, server, solved(Path(folder, "machine")))


def visits(browser, server):
    context = browser.new_context()
    first, page = visit(context, server)
    yield "tab, first load to the office's answer", f"{first[0]:.1f} s", ""
    yield "tab, first load to a chat that answers", f"{first[1]:.1f} s", "≤ 8 s"
    yield "tab, message from window to window", f"{median(messages(page)):.1f} ms", "≤ 30 ms"
    yield "tab, memory in the first visit, with a server and a spare", memory(browser, page), ""
    page.close()
    later, page = visit(context, server)
    yield "tab, later visit to the office's answer", f"{later[0]:.1f} s", ""
    yield "tab, later visit to a chat that answers", f"{later[1]:.1f} s", "≤ 4 s"
    yield "tab, memory in a later visit, with a server and a spare", memory(browser, page), ""
    press(page, "Stop")
    yield "tab, memory in a later visit, with a spare", memory(browser, page), "< 400 MB"
    yield "tab, work of the page at rest", f"{work(browser, page):.0f} % of a core", ""
    context.close()


def transfer(browser, server):
    """Without what the browser fetches later, for a visit without a network."""
    context, server.given = browser.new_context(service_workers="block"), 0
    visit(context, server)[1].close()
    for step in all_steps():
        page = context.new_page()
        page.goto(f"{server.address}/en/{step.name}/workbench/", wait_until="networkidle")
        page.close()
    yield "tab, transfer for all five steps", f"{server.given / 1e6:.2f} MB", "≤ 8 MB"
    context.close()


def visit(context, server):
    """Seconds until the office has answered, and until the chat of step 5 has; and the page."""
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    started = time.perf_counter()
    page.goto(f"{server.address}/en/step-5/workbench/")
    begin = page.get_by_role("button", name="Begin this step")
    page.locator(".own li").or_(begin).first.wait_for()
    answered = time.perf_counter() - started
    if begin.is_visible():
        begin.click()
    page.get_by_role("tab", name="Try").click()
    press(page, "Run this step")
    expect(page.locator(".log div", has_text="WebSocket CONNECT")).to_have_count(
        2, timeout=PATIENCE
    )
    one, other = windows(page)
    while not other.evaluate(HAS_COME):  # what is sent before the socket is open is lost
        one.evaluate(SEND, "salam")
        page.wait_for_timeout(GLANCE)
    return [answered, time.perf_counter() - started], page


def windows(page):
    """The frames of the two windows' pages."""
    hosts = page.locator(".windows iframe:not([hidden])").element_handles()
    return [host.content_frame().child_frames[0] for host in hosts]


def messages(page):
    """Milliseconds from the click in one window until the other has written it down."""
    one, other = windows(page)
    other.evaluate(LISTEN)
    for number in range(MESSAGES):
        sent = one.evaluate(SEND, f"salam {number}")
        other.wait_for_function("(count) => heard.length > count", arg=number, polling=GLANCE)
        yield other.evaluate("() => heard.at(-1)") - sent


def checks(browser, server, classroom):
    """A whole check of step 5, solved, in the tab and by the command, in turns."""
    page = browser.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{server.address}/en/step-5/workbench/")
    press(page, "Begin this step")
    page.locator(".saves summary").click()
    press(page, "Put the solution there")
    press(page, "Do it")
    page.locator(".own li").filter(has_text="chat/consumers.py").wait_for()
    ours, theirs = [], []
    for _ in range(CHECKS):
        settle(browser)
        ours.append(seconds_on_page(".passed", page, lambda: press(page, "Check now")))
        started = time.perf_counter()
        classroom.make("check")
        theirs.append(time.perf_counter() - started)
    line, result, verdict = zip(*ours, strict=True)
    yield "tab, check to first line", f"{median(line):.2f} s", "≤ 0.1 s"
    yield "tab, check to first result", f"{median(result):.2f} s", ""
    words = f"{median(verdict):.2f} s, {ratio(verdict, theirs):.2f} × make check"
    yield "tab, check to verdict", words, "≤ 1.5"
    page.close()


def settle(browser):
    """Waits until the browser's pages have come to rest: then a spare is warm."""
    before = None
    while (now := [spent(pid) for pid in renderers(browser)]) != before:
        before = now
        time.sleep(REST)


def memory(browser, page):
    """What the largest of the browser's pages has, its workers with it, once it has come to rest."""
    settle(browser)
    page.wait_for_timeout(CALM)
    return f"{max(resident(pid) for pid in renderers(browser)) / 1e6:.0f} MB"


def work(browser, page):
    """What share of a core the browser's pages take, in percent."""
    before = sum(spent(pid) for pid in renderers(browser))
    page.wait_for_timeout(WHILE)
    return (sum(spent(pid) for pid in renderers(browser)) - before) / (WHILE / 1000) * 10


def renderers(browser):
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    return sorted(each["id"] for each in processes if each["type"] == "renderer")


def spent(pid):
    """The tenths of a second for which a process has worked."""
    _, _, about = Path(f"/proc/{pid}/stat").read_text().rpartition(")")
    return sum(map(int, about.split()[11:13])) // 10


def resident(pid):
    sizes = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return 1024 * int(re.search(r"^Pss:\s+(\d+) kB", sizes, re.M)[1])
