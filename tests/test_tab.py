"""The workbook with nothing installed: the exercise in a browser's tab, from the built site."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.support.browsers import NARROW, WIDE, press
from workbook.steps import all_steps

pytestmark = pytest.mark.pages
PATIENCE = 120_000  # milliseconds for two interpreters on a busy machine


@pytest.fixture
def bench(window, tab_site):
    return begun(window(f"{tab_site}en/step-3/workbench/"), "ProtocolTypeRouter")


def begun(page, words):
    """The workbench with its step begun, and the file open in which the words are."""
    page.set_default_timeout(PATIENCE)
    expect(page.get_by_role("button", name="Begin this step")).to_be_visible(timeout=PATIENCE)
    press(page, "Begin this step")
    expect(page.locator(".text .cm-content")).to_contain_text(words)
    return page


def verdict_of(page):
    """The verdict, once the check is through."""
    press(page, "Check now")
    expect(page.locator(".verdict > *").first).to_be_visible(timeout=PATIENCE)
    return page.locator(".verdict")


def test_an_exercise_is_begun_checked_and_passed_in_a_tab(bench):
    """One is told what to mend first; what lies there is there again after a reload."""
    verdict_of(bench)
    expect(bench.locator(".outcomes li", has_text="✗")).to_contain_text("connection is accepted")

    bench.locator(".saves summary").click()
    press(bench, "Put the solution there")
    press(bench, "Do it")
    expect(bench.locator(".own li").filter(has_text="chat/consumers.py")).to_be_visible()
    expect(verdict_of(bench)).to_contain_text("Step 3 passed", timeout=PATIENCE)

    bench.reload()
    expect(bench.locator(".own li").filter(has_text="chat/consumers.py")).to_be_visible(
        timeout=PATIENCE
    )


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("step", all_steps(), ids=lambda step: step.name)
def test_every_exercise_is_passed_in_a_tab(step, width, window, tab_site):
    """From its beginning to its pass, on a telephone too, and the way on leads to the next."""
    address = f"{tab_site}en/{step.name}/workbench/"
    page = begun(window(address, viewport={"width": width, "height": 720}), "")
    verdict = verdict_of(page)
    expect(verdict).not_to_contain_text("passed", timeout=PATIENCE)
    expect(verdict).not_to_contain_text("ModuleNotFoundError")  # nothing is left out of the tab

    page.locator(".saves summary").click()
    press(page, "Put the solution there")
    press(page, "Do it")
    expect(page.locator(".saves .replaced")).to_contain_text("saved")
    expect(verdict_of(page)).to_contain_text(f"Step {step.number} passed", timeout=PATIENCE)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    if folder := os.environ.get("TAB_PICTURES"):
        page.screenshot(path=Path(folder, f"{step.name}-{width}.png"))


def test_what_comes_to_no_end_ends_its_interpreter_alone(bench):
    """It is told as on a machine, and the next check goes in another one."""
    text = bench.locator(".text .cm-content")
    text.click()
    bench.keyboard.press("Control+End")
    bench.keyboard.type("while True:\npass\n")
    expect(bench.locator(".papers .state")).to_have_text("Saved.")
    expect(verdict_of(bench)).to_contain_text("Everything stood still", timeout=PATIENCE)

    text.click()
    bench.keyboard.press("Control+A")
    bench.keyboard.type("application = None\n")
    expect(bench.locator(".papers .state")).to_have_text("Saved.")
    expect(verdict_of(bench)).not_to_contain_text("Everything stood still")


@pytest.fixture
def chat(window, tab_site):
    """Step 4, begun, before anything of it is served."""
    page = begun(window(f"{tab_site}en/step-4/workbench/"), "class ChatConsumer")
    page.get_by_role("tab", name="Try").click()
    return page


def frames_of(page):
    """The two windows' pages, as soon as their sockets are open."""
    hosts = [page.frame_locator(f"figure:nth-of-type({n}) iframe:not([hidden])") for n in (1, 2)]
    connected = page.locator(".log div", has_text="WebSocket CONNECT")
    expect(connected).to_have_count(2, timeout=PATIENCE)
    return [host.frame_locator("iframe") for host in hosts]


def send_from(frame, text):
    frame.locator("#chat-message-input").fill(text)
    frame.locator("#chat-message-input").press("Enter")


def test_a_message_goes_from_window_to_window_in_a_tab(chat):
    """The step's own chat, its log, and what travels, with no server anywhere."""
    press(chat, "Run this step")
    first, second = frames_of(chat)
    send_from(first, "salam")
    for frame in (first, second):
        expect(frame.locator("#chat-log")).to_have_value("salam\n")
    expect(chat.locator(".records")).to_contain_text("reaches 2: A, B")


def test_a_class_chats_without_a_network(chat):
    """After the first visit all of it is in the browser, what stands in the windows, too."""
    expect(chat.locator("html[data-kept]")).to_be_attached(timeout=PATIENCE)
    chat.context.set_offline(True)
    chat.reload()
    press(chat, "Run this step")
    first, second = frames_of(chat)
    send_from(first, "salam")
    expect(second.locator("#chat-log")).to_have_value("salam\n")


def test_a_check_waits_for_an_interpreter_where_none_stands_by(chat):
    """The spare has just begun to serve."""
    press(chat, "Run this step")
    chat.get_by_role("tab", name="Check").click()
    verdict_of(chat)
    expect(chat.locator(".outcomes li", has_text="✗")).to_contain_text("channel layer")
    frames_of(chat)


def test_what_is_saved_is_served_anew_in_a_tab(chat):
    """The windows' sockets end as a real server's would, and what is broken says so in the log."""
    text = chat.locator(".text .cm-content")
    press(chat, "Run what is in work")
    frames_of(chat)
    text.click()
    chat.keyboard.press("Control+End")
    chat.keyboard.type("raise SystemExit(3)\n")
    expect(chat.locator(".log")).to_contain_text("changed, reloading.", timeout=PATIENCE)
    expect(chat.locator(".try .status")).to_contain_text("ended", timeout=PATIENCE)
    expect(chat.locator(".log")).to_contain_text("SystemExit: 3")

    for _ in "raise SystemExit(3)\n":
        chat.keyboard.press("Backspace")
    expect(chat.locator(".try .status")).to_contain_text("running", timeout=PATIENCE)
    expect(chat.locator(".windows iframe:not([hidden])")).to_have_count(2)
