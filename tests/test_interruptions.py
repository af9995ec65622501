"""An exercise is interrupted, and nothing that was typed is lost: the ways beside test_workbench's."""

import signal

import psutil
import pytest
from playwright.sync_api import expect

from tests.support.projects import Classroom
from tests.support.servers import Walkthrough, eventually
from tests.test_workbench import ASGI, opened, state, text_of, type_at_end, typing_unsaved

pytestmark = pytest.mark.pages

REFUSED = """() => {
    for (const name of ["localStorage", "sessionStorage"])
        Object.defineProperty(window, name, { get() { throw new DOMException("", "SecurityError"); } });
}"""


@pytest.fixture
def desk(walkthrough):
    walkthrough.classroom.make("step-3", "start")
    return walkthrough.classroom.work


def life(page, state):
    """Puts the page to sleep or wakes it, as a laptop's lid does."""
    session = page.context.new_cdp_session(page)
    session.send("Page.setWebLifecycleState", {"state": state})
    session.detach()


def test_a_laptop_falls_asleep(window, tmp_path):
    """Between a key and its save; and the walkthrough was started anew before the page wakes."""
    classroom = Classroom(tmp_path)
    classroom.make("step-3", "start")
    with Walkthrough(classroom.path) as first:
        page = opened(window, first)
        type_at_end(page, "# before the lid was shut\n")
        life(page, "frozen")
    with Walkthrough(classroom.path, port=first.port):
        with page.expect_event("load"):  # Try shows servers at other ports
            life(page, "active")
        expect(text_of(page)).to_contain_text("# before the lid")
        eventually(lambda: "# before the lid" in (classroom.work / ASGI).read_text())
        type_at_end(page, "# and after\n")
        eventually(lambda: (classroom.work / ASGI).read_text().endswith("shut\n# and after\n"))


def test_the_walkthrough_hangs(window, tmp_path):
    """Its connection is open and nobody answers: it is said where the text is, and it is saved later."""
    classroom = Classroom(tmp_path)
    classroom.make("step-3", "start")
    with Walkthrough(classroom.path) as served:
        page = opened(window, served)
        page.clock.install()
        served.process.send_signal(signal.SIGSTOP)
        type_at_end(page, "# into the void\n")
        page.clock.fast_forward(1_000)
        expect(state(page)).to_have_text("Not saved yet…")
        page.clock.fast_forward(10_000)
        expect(state(page)).to_contain_text("kept in this browser")
        type_at_end(page, "# and more\n")
        page.clock.fast_forward(1_000)
        expect(state(page)).to_contain_text("kept in this browser")
        served.process.send_signal(signal.SIGCONT)
        page.clock.resume()
        eventually(lambda: (classroom.work / ASGI).read_text().endswith("void\n# and more\n"))
        expect(state(page)).to_have_text("Saved.")


def test_the_disk_is_full(window, walkthrough, desk):
    """The file stays whole, the page says what the system says, and the next save succeeds."""
    page = opened(window, walkthrough)
    before = (desk / ASGI).read_bytes()
    process = psutil.Process(walkthrough.process.pid)
    limits = process.rlimit(psutil.RLIMIT_FSIZE)
    process.rlimit(psutil.RLIMIT_FSIZE, (0, limits[1]))
    try:
        type_at_end(page, "# too much\n")
        expect(page.get_by_role("alert")).to_contain_text("It could not be written")
        assert (desk / ASGI).read_bytes() == before
        page.reload()
        expect(text_of(page)).to_contain_text("# too much")
        expect(page.get_by_role("alert")).to_contain_text("It could not be written")
    finally:
        process.rlimit(psutil.RLIMIT_FSIZE, limits)
    type_at_end(page, "# and more\n")
    expect(state(page)).to_have_text("Saved.")
    expect(page.get_by_role("alert")).to_be_hidden()
    assert (desk / ASGI).read_bytes() == before + b"# too much\n# and more\n"


PARTS = ["", "code/", "changes/", "try/", "check/", "workbench/", "booklet/", "#stop-1"]
PAGES = ["", "notes/glossary/", "search/?q=room", *(f"step-3/{part}" for part in PARTS)]


@pytest.fixture
def refusing(chromium):
    """A page of a browser that does not even let its storage be asked for."""
    context = chromium.new_context(color_scheme="light")
    context.add_init_script(f"({REFUSED})()")
    yield context.new_page()
    context.close()


def test_a_browser_refuses_its_storage(refusing, walkthrough, desk):
    """Every page does without, and its theme can be changed all the same."""
    errors = []
    refusing.on("pageerror", lambda error: errors.append(str(error)))
    for path in PAGES:
        assert refusing.goto(walkthrough.page(f"en/{path}"), wait_until="networkidle").ok, path
        refusing.locator(".theme").dispatch_event("click")
        expect(refusing.locator("html")).to_have_attribute("data-theme", "dark")
        assert not errors, path
        refusing.goto("about:blank")


def test_without_storage_the_page_says_that_it_must_stay_open(refusing, walkthrough, desk):
    """What is typed is nowhere but on the page until it is on the disk, where it comes all the same."""
    refusing.goto(walkthrough.page("en/step-3/workbench/"))
    expect(text_of(refusing)).to_contain_text("ProtocolTypeRouter")
    with typing_unsaved(refusing):
        type_at_end(refusing, "# nowhere but here\n")
        expect(state(refusing)).to_contain_text("do not close the page")
    eventually(lambda: "# nowhere but here" in (desk / ASGI).read_text())
