"""The exercise of step 5 by keyboard alone: no mouse, and nothing is focused but by its keys."""

import pytest
from playwright.sync_api import expect

from tests.support.servers import eventually
from workbook.exercise.lesson import lesson
from workbook.steps import step

pytestmark = pytest.mark.pages

FIFTH = step(5)
FOCUSED = """() => {
    let focused = document.activeElement;
    while (focused.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    return focused.closest(".cm-editor") ?? focused;
}"""
# Of the tabs one is reached by Tab, and the other by an arrow.
CONTROLS = """() => [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0'], iframe")]
    .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.disabled && each.tabIndex >= 0)"""


class Keys:
    """The keys of a page, and what they have come to."""

    def __init__(self, page):
        self.page = page
        self.press = page.keyboard.press

    @property
    def focused(self):
        return self.page.evaluate_handle(FOCUSED).as_element()

    def is_at(self, locator):
        return locator.evaluate(f"(wanted) => wanted === ({FOCUSED})()")

    def go_to(self, locator, key="Tab"):
        """Walks until it is focused; every control on the way shows that it is."""
        expect(locator).to_be_visible()
        first = None
        while not self.is_at(locator):
            self.leave(key)
            eventually(self.is_seen)
            assert not first or not self.is_same(first), f"{locator} is not reached"
            first = first or self.focused

    def leave(self, key):
        """An editor takes the Tab key for itself, unless Escape was pressed before."""
        if self.focused.evaluate("(each) => each.matches('.cm-editor')"):
            self.press("Escape")
        self.press(key)

    def is_same(self, element):
        return element.evaluate(f"(each) => each === ({FOCUSED})()")

    def is_seen(self):
        """Whether the focused element is on the screen, in an outline."""
        return self.focused.evaluate(
            """(each) => {
                const { outlineStyle, outlineWidth } = getComputedStyle(each);
                const { top, bottom, left, right } = each.getBoundingClientRect();
                const isThere = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
                const isFrameOrPage = each.matches("iframe, body");
                return isFrameOrPage || (isThere && outlineStyle !== "none" && parseFloat(outlineWidth) > 0);
            }"""
        )


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


@pytest.fixture
def keys(window, walkthrough):
    walkthrough.stop("step-5")
    walkthrough.classroom.clear()
    return Keys(
        window(walkthrough.page("en/step-5/workbench/"), viewport={"width": 1280, "height": 720})
    )


def test_the_exercise_is_begun_written_checked_and_tried(keys, walkthrough):
    """A mistake is made, read and mended; the step passes, and two windows chat."""
    page, work = keys.page, walkthrough.classroom.work
    keys.go_to(button(page, "Begin this step"))
    keys.press("Enter")
    keys.go_to(page.get_by_label("on every save"))
    keys.press("Space")
    expect(page.locator(".verdict section").first).to_be_visible()

    [path] = [
        change.path for change in lesson(FIFTH) if change.is_lesson and "/tests" not in change.path
    ]
    keys.go_to(page.locator(".own button").filter(has_text=path), "Shift+Tab")
    keys.press("Enter")
    expect(page.locator(".text .cm-content")).to_have_attribute("aria-label", path)
    right = (FIFTH.path / path).read_text()
    write(keys, right.replace("async def receive", "def receive"))
    error = page.locator(".cm-lintRange-error")
    expect(error).to_be_visible()
    link = page.locator(".advice .links a").first
    keys.go_to(link)
    keys.press("Enter")
    keys.go_to(page.locator(".own button").filter(has_text=path), "Shift+Tab")
    write(keys, right)
    expect(page.locator(".verdict .passed")).to_be_visible()
    assert (work / path).read_text() == right

    keys.go_to(page.get_by_role("tab", name="Check"))
    keys.press("ArrowRight")
    assert keys.is_at(page.get_by_role("tab", name="Try"))
    keys.go_to(button(page, "Run what is in work"))
    keys.press("Enter")
    frame, other = (page.frame_locator(f"iframe >> nth={number}") for number in (0, 1))
    for each in (frame, other):
        expect(each.get_by_role("status")).to_have_text("Connected.")
    keys.go_to(page.locator("iframe").first)
    while not frame.locator("#chat-message-input").evaluate("(each) => each.matches(':focus')"):
        keys.press("Tab")
    page.keyboard.type("by keys")
    keys.press("Enter")
    expect(other.locator("#chat-log")).to_have_value("by keys\n")


def write(keys, text):
    """From a file's button on into the editor, and out of it again."""
    keys.go_to(keys.page.locator(".text .cm-editor"))
    keys.press("Control+A")
    keys.page.keyboard.insert_text(text)
    expect(keys.page.locator(".papers .state")).to_have_text("Saved.")


def test_dialogs_are_left_by_escape(keys, walkthrough):
    """And whoever leaves one is where it was opened; nothing was done."""
    page = keys.page
    begin = button(page, "Begin this step")
    keys.go_to(begin)
    keys.press("Enter")
    expect(page.locator(".files [aria-current]")).to_be_visible()
    for name in ["New file", "Rename"]:
        opener = button(page, name)
        keys.go_to(opener, "Shift+Tab" if name == "New file" else "Tab")
        keys.press("Enter")
        expect(page.get_by_role("textbox", name=name)).to_be_focused()
        keys.press("Escape")
        assert keys.is_at(opener)
    before = sorted(each.name for each in walkthrough.classroom.work.rglob("*"))
    keys.go_to(page.locator(".saves summary"))
    keys.press("Enter")
    keys.go_to(page.get_by_role("button", name="Put the solution there"))
    keys.press("Enter")
    expect(page.locator(".surely")).to_be_visible()
    keys.press("Escape")
    assert keys.is_at(page.get_by_role("button", name="Put the solution there"))
    assert sorted(each.name for each in walkthrough.classroom.work.rglob("*")) == before


def test_no_key_alone_leads_away(keys):
    """Beside the editor neither a digit nor a letter goes to another page, and none is offered."""
    page = keys.page
    page.evaluate(
        "() => addEventListener('click', ({ target }) => target.closest('a') && (window.left = target.href))"
    )
    for key in [*"123456", *(f"Shift+Digit{digit}" for digit in range(1, 6)), "a"]:
        keys.press(key)
    keys.press("d")
    expect(button(page, "Dark")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("() => window.left") is None
    keys.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.get_by_role("dialog").get_by_text("dark or light")).to_be_visible()
    for offer in ["a part of this step", "a step", "the next language"]:
        expect(page.get_by_role("dialog").get_by_text(offer, exact=True)).to_be_hidden()


@pytest.mark.parametrize("tab", ["Check", "Try"])
def test_every_control_is_reached(keys, tab):
    """One walk by Tab comes to all that can be pressed, and each shows where the walk is."""
    page = keys.page
    keys.go_to(button(page, "Begin this step"))
    keys.press("Enter")
    expect(page.locator(".files [aria-current]")).to_be_visible()
    if tab == "Try":
        keys.go_to(page.get_by_role("tab", name="Check"), "Shift+Tab")
        keys.press("ArrowRight")
    page.evaluate(
        f"""() => {{
            window.unreached = new Set(({CONTROLS})());
            window.reach = () => unreached.delete(document.activeElement);
            document.addEventListener("focusin", reach, true);
        }}"""
    )
    for _ in range(page.evaluate("() => unreached.size") + 10):
        keys.leave("Tab")
        eventually(keys.is_seen)
    unreached = page.evaluate(
        f"() => [...unreached].filter((each) => ({CONTROLS})().includes(each)).map((each) => each.outerHTML)"
    )
    assert unreached == []
