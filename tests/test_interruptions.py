"""An exercise is interrupted, and nothing that was typed is lost: the ways beside test_workbench's."""

import pytest
from playwright.sync_api import expect

from tests.support.servers import eventually
from tests.test_workbench import ASGI, state, text_of, type_at_end, typing_unsaved

REFUSED = """() => {
    for (const name of ["localStorage", "sessionStorage"])
        Object.defineProperty(window, name, { get() { throw new DOMException("", "SecurityError"); } });
}"""


@pytest.fixture
def desk(walkthrough):
    walkthrough.classroom.make("step-3", "start")
    return walkthrough.classroom.work


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
