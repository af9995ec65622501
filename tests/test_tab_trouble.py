"""Bad luck of a workbook in a browser's tab: it is said, there is a way on, and nothing is lost."""

import pytest
from playwright.sync_api import expect

from tests.support.browsers import expect_glimpse, press
from tests.test_tab import PATIENCE

pytestmark = pytest.mark.pages
# What a browser whose storage is full does with what is written there, until it is told otherwise.
FULL = """
const { transaction } = IDBDatabase.prototype;
let isFull = true;
new BroadcastChannel("room").onmessage = () => (isFull = false);
IDBDatabase.prototype.transaction = function (names, mode, options) {
  if (isFull && mode === "readwrite") throw new DOMException("full", "QuotaExceededError");
  return transaction.call(this, names, mode, options);
};
"""
MAKE_ROOM = "new BroadcastChannel('room').postMessage('')"
# Waits for what is kept of an interpreter, and spoils its memory.
SPOIL = """
async () => {
  const answered = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
  const kits = async (mode) => {
    const request = indexedDB.open("workbook kits", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("kits");
    return (await answered(request)).transaction("kits", mode).objectStore("kits");
  };
  for (;;) {
    const [key] = await answered((await kits("readonly")).getAllKeys());
    if (!key) continue;
    const kit = await answered((await kits("readonly")).get(key));
    return answered((await kits("readwrite")).put({ ...kit, memory: new Blob(["spoilt"]) }, key));
  }
}
"""
# The page's workers, to be ended as a browser ends them: without a word.
WORKERS = """
globalThis.workers = [];
globalThis.Worker = class extends Worker {
  constructor(...about) {
    super(...about);
    workers.push(this);
  }
};
"""
# Notes what begins after what.
ORDER = """
globalThis.order = [];
document.addEventListener("here", () => order.push("Python"));
const { register } = ServiceWorkerContainer.prototype;
ServiceWorkerContainer.prototype.register = function (...about) {
  order.push("the rest");
  return register.apply(this, about);
};
"""


@pytest.fixture
def tab(window, tab_site):
    """Opens the workbench's page after the browser was prepared."""

    def open_tab(prepare=lambda page: None):
        page = window("about:blank")
        page.set_default_timeout(PATIENCE)
        prepare(page)
        page.goto(f"{tab_site}en/step-3/workbench/")
        return page

    return open_tab


def begin(page):
    press(page, "Begin this step")
    text = page.locator(".text .cm-content")
    expect(text).to_contain_text("ProtocolTypeRouter", timeout=PATIENCE)
    return text


def write(page, words):
    """At the end of the open file."""
    page.locator(".text .cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def state(page):
    return page.locator(".papers .state")


def with_full_storage(page):
    """The office's worker finds no room for what it writes."""

    def fill(route):
        route.fulfill(response=(found := route.fetch()), body=FULL + found.text())

    page.route("**/machine.js", fill)


@pytest.mark.parametrize("cut", ["pyodide.asm.wasm.xz", "interpreter.tar.xz"])
def test_a_download_that_is_cut_is_done_again(tab, cut):
    page = tab(lambda page: page.context.route(f"**/{cut}", lambda route: route.abort()))
    expect(page.locator(".of-tab")).to_contain_text("did not come", timeout=PATIENCE)
    page.context.unroute_all()
    press(page, "Try again")

    begin(page)
    expect(page.locator(".of-tab")).to_be_empty()


def test_what_cannot_be_compiled_by_another_interpreter_takes_longer(tab):
    """The first compiles it all by itself."""

    def fail(route):
        code = (found := route.fetch()).text()
        route.fulfill(response=found, body=code.replace("python.runPython(COMPILE)", "fail()"))

    page = tab(lambda page: page.route("**/compiler.js", fail))

    begin(page)
    expect(page.locator(".of-tab")).to_be_empty()


def test_what_is_kept_for_a_visit_without_a_network_lets_python_come_first(tab):
    """All of the site, which a first visit fetches, would take the chat two seconds."""
    page = tab(lambda page: page.add_init_script(ORDER))

    expect(page.locator("html[data-kept]")).to_be_attached(timeout=PATIENCE)
    assert page.evaluate("order") == ["Python", "the rest"]


def test_a_later_visit_fetches_no_interpreter(tab):
    """It begins with what the browser has kept of the first, as soon as that is kept."""
    page = tab()
    text = begin(page)
    page.evaluate(SPOIL.replace('new Blob(["spoilt"])', "kit.memory"))
    asked = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.reload()

    expect(text).to_contain_text("ProtocolTypeRouter", timeout=PATIENCE)
    assert "machine.js" in asked
    assert "pyodide.asm.wasm.xz" not in asked


def test_what_is_kept_of_an_interpreter_and_spoilt_is_made_anew(tab):
    """At the second attempt: the first has found out."""
    page = tab()
    text = begin(page)
    page.evaluate(SPOIL)
    page.reload()
    expect(page.locator(".of-tab")).to_contain_text("did not come", timeout=PATIENCE)
    press(page, "Try again")

    expect(text).to_contain_text("ProtocolTypeRouter", timeout=PATIENCE)


def test_what_finds_no_room_in_the_browser_is_saved_when_there_is_some(tab):
    """It is said at the editor's status, and the zip takes it along meanwhile."""
    page = tab(with_full_storage)
    text = begin(page)
    write(page, "# of mine")
    expect(state(page)).to_contain_text("take your work along as a zip", timeout=PATIENCE)
    page.evaluate(MAKE_ROOM)
    write(page, ", and kept")
    expect(state(page)).to_have_text("Saved.", timeout=PATIENCE)
    page.unroute_all()
    page.reload()

    expect(text).to_contain_text("# of mine, and kept", timeout=PATIENCE)


def test_what_another_tab_has_changed_meanwhile_is_told(tab):
    """What was not kept here is saved before theirs takes its place."""
    mine = tab(with_full_storage)
    text = begin(mine)
    write(mine, "# of mine")
    expect(state(mine)).to_contain_text("this page alone", timeout=PATIENCE)
    theirs = mine.context.new_page()
    theirs.set_default_timeout(PATIENCE)
    theirs.goto(mine.url)
    begin(theirs)
    write(theirs, "# of theirs")
    expect(state(theirs)).to_have_text("Saved.", timeout=PATIENCE)

    expect(mine.locator(".of-tab")).to_contain_text("Another tab has changed", timeout=PATIENCE)
    expect(text).to_contain_text("# of theirs", timeout=PATIENCE)
    mine.locator(".saves summary").click()
    expect(mine.locator(".kept li")).to_have_count(1)
    press(mine, "Close")
    expect(mine.locator(".of-tab")).to_be_empty()


def test_an_office_that_the_browser_has_ended_begins_anew(tab):
    """What is typed meanwhile is saved then."""

    def prepare(page):
        page.clock.install()
        page.add_init_script(WORKERS)

    page = tab(prepare)
    text = begin(page)
    page.evaluate("workers[0].terminate()")
    write(page, "# of mine")
    expect(state(page)).to_have_text("Not saved yet…")
    page.clock.run_for(1000)  # until it is sent, to nobody
    with expect_glimpse(state(page), "kept in this browser"):
        page.clock.fast_forward("02:00")

    expect(state(page)).to_have_text("Saved.", timeout=PATIENCE)
    page.reload()
    expect(text).to_contain_text("# of mine", timeout=PATIENCE)


def test_what_was_deleted_takes_nothing_else_along(tab):
    """At the next visit the file is gone, and all the others are there, its folder's too."""
    page = tab()
    begin(page)
    press(page, "Delete")
    expect(state(page)).to_contain_text("What was in work is saved:")
    write(page, "# of mine")
    expect(state(page)).to_have_text("Saved.")
    page.reload()

    expect(page.locator(".text .cm-content")).to_contain_text("# of mine", timeout=PATIENCE)
    expect(page.locator(".files li", has_text="mysite/settings.py")).to_have_count(1)
    expect(page.locator(".files li", has_text="mysite/asgi.py")).to_have_count(0)
    expect(page.get_by_role("button", name="Check now")).to_be_visible()
