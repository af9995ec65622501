"""The walkthrough's Check: the exercise on the desk, checked from a page."""

import json
import signal

import pytest
from playwright.sync_api import expect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.support.browsers import expect_accessible, press
from tests.support.servers import PATIENCE, Walkthrough
from workbook.notes import passage
from workbook.steps import step

pytestmark = pytest.mark.pages

CONSUMERS = "chat/consumers.py"
SOLUTION = ["mysite/asgi.py", "chat/routing.py", CONSUMERS, "chat/messages.py"]  # of step 3


def expect_done(page):
    expect(page.locator(".verdict section").first).to_be_visible()
    expect(page.locator("[aria-busy]")).to_have_count(0)


def results(page):
    return page.get_by_role("list", name="The checks").get_by_role("listitem")


def shown(text):
    """What a text with `code` in it looks like."""
    return text.replace("`", "")


def test_a_mistake_is_explained_and_mended(window, walkthrough):
    """From an empty desk to the pass: a failure in the terminal's words, hints, a save that mends."""
    classroom, echo = walkthrough.classroom, step(3)
    classroom.clear()
    page = window(walkthrough.page("both/step-3/check/"))
    expect(page.get_by_text("No step has been begun yet.")).to_be_visible()
    press(page, "Begin this step")
    press(page, "Check now")
    expect_done(page)
    told = json.loads(classroom.make("check", "JSON=1").stdout)
    mistake = told["explanation"]["mistake"]
    for language in ["en", "ar"]:
        expect(results(page).filter(has_text="fails").first).to_contain_text(
            shown(told["blamed"]["says"][language])
        )
        for words in [mistake["what"][language], mistake["why"][language]]:
            expect(page.locator(".verdict")).to_contain_text(shown(words))
        here = passage([mistake["name"]], echo, language)
        link = page.locator(".verdict").get_by_role("link", name=here.heading, exact=True)
        assert link.get_attribute("href") == f"/both/step-3/#{here.anchor}"
    [ahead] = [part for part in told["parts"] if part["next"]]
    for language, words in [("en", "Next: "), ("ar", "التالي: ")]:
        words += ahead["heading"][language]
        link = page.locator(".along").get_by_role("link", name=words, exact=True)
        anchor = ahead["passages"][language]["anchor"]
        assert link.get_attribute("href") == f"/both/step-3/#{anchor}"
    path, line = told["explanation"]["place"]
    expect(page.locator(".verdict")).to_contain_text(f"work/{path}, line {line}")

    press(page, "Hint")
    expect(page.locator(".hints")).to_contain_text("Hint 1 of 3")
    press(page, "Hint")
    expect(page.locator(".hints")).to_contain_text("Hint 2 of 3")
    expect_accessible(page)

    page.get_by_label("on every save").check()
    expect_done(page)
    classroom.solution(echo, CONSUMERS, "chat/messages.py")
    expect(page.locator(".along")).to_contain_text("There: Accept the connection")
    expect_done(page)
    classroom.solution(echo, *SOLUTION)
    expect(page.locator(".verdict")).to_contain_text("Step 3 passed.")
    expect_done(page)
    expect(results(page).filter(has_text="fails")).to_have_count(0)
    expect_accessible(page)
    progress = json.loads((classroom.path / ".progress.json").read_text())
    assert progress["steps"]["step-3"]["help"] == "hints"


def test_a_result_comes_when_it_is_known(window, walkthrough):
    """While a check hangs, the ones before it are shown, pages are served, and a save ends the wait."""
    classroom, echo = walkthrough.classroom, step(3)
    classroom.make("step-3", "start")
    classroom.solution(echo, *SOLUTION)
    solution = (echo.path / CONSUMERS).read_text()
    (classroom.work / CONSUMERS).write_text(hanging(solution))
    page = window(walkthrough.page("en/"))
    told = []
    page.on(
        "websocket", lambda socket: socket.on("framereceived", lambda frame: told.append(frame))
    )
    page.goto(walkthrough.page("en/step-3/check/"))
    page.get_by_label("on every save").check()
    expect(results(page).filter(has_text="accepted")).to_contain_text("passes")
    assert page.locator(".verdict section").count() == 0
    window(walkthrough.page("en/"))
    (classroom.work / CONSUMERS).write_text(solution)
    expect(page.locator(".verdict")).to_contain_text("Step 3 passed.")
    assert not [frame for frame in told if '"blamed"' in frame]


def hanging(solution):
    """The consumer as it is, but for a loop without an end that a first message begins."""
    before = "message = parse_message("
    assert before in solution
    return solution.replace(before, f"while True: {before}")


def test_what_was_begun_ends_with_the_walkthrough(walkthrough):
    """Ctrl-C ends a check that is under way: nothing waits for it."""
    classroom, echo = walkthrough.classroom, step(3)
    classroom.make("step-3", "start")
    classroom.solution(echo, *SOLUTION)
    (classroom.work / CONSUMERS).write_text(hanging((echo.path / CONSUMERS).read_text()))
    with Walkthrough(classroom.path) as other, other.socket("en/step-3/check/") as client:
        client.send("check")
        while json.loads(client.recv(timeout=PATIENCE))["kind"] != "sheet":
            pass
        other.process.send_signal(signal.SIGINT)
        assert other.process.wait(timeout=PATIENCE) == 0
    assert "Traceback" not in other.output


def test_another_step_on_the_desk_is_put_away_only_if_that_is_wanted(window, walkthrough):
    """The page says which step is there and which command begins its own; a copy is kept and named."""
    classroom = walkthrough.classroom
    for name in ["step-1", "step-2"]:
        classroom.make(name, "start")
    mine = window(walkthrough.page("en/step-4/check/"))
    theirs = window(walkthrough.page("en/step-2/check/"))
    expect(mine.get_by_role("link", name="2 · A page for each room")).to_be_visible()
    expect(mine.get_by_text("step-4 start")).to_be_visible()
    press(mine, "Begin this step")
    expect_accessible(mine)
    press(mine, "Cancel")
    assert (classroom.work / ".step").read_text() == "2\n"

    before = set((classroom.path / "saved").iterdir())
    press(mine, "Begin this step")
    mine.get_by_role("dialog").get_by_role("button", name="Begin this step").click()
    expect(mine.get_by_role("button", name="Check now")).to_be_visible()
    [saved] = set((classroom.path / "saved").iterdir()) - before
    expect(mine.locator(".saved code")).to_have_text(saved.name)
    assert (saved / ".step").read_text() == "2\n"
    assert (classroom.work / ".step").read_text() == "4\n"
    expect(theirs.get_by_role("link", name="4 · ")).to_be_visible()


@pytest.mark.parametrize("page", ["en/step-3/check/", "en/step-3/try/"])
def test_only_the_page_itself_may_ask_and_only_in_its_words(page, walkthrough):
    """Another site, another port of this machine, or another word: refused."""
    for origin in ["http://example.com", "http://127.0.0.1:1", "null"]:
        with pytest.raises(InvalidStatus, match="403"):
            walkthrough.socket(page, origin)
    for word in ["rm", '{"do": "check"}', "follow", "", b"check"]:
        with walkthrough.socket(page) as client, pytest.raises(ConnectionClosed):
            client.send(word)
            while client.recv(timeout=PATIENCE):
                pass
        assert client.close_code == 4400


def test_what_lies_in_work_is_what_runs(window, walkthrough):
    """It can be run as soon as it is begun, another desk of the step takes its place, and none ends it."""
    walkthrough.stop("step-3")
    walkthrough.classroom.clear()
    page = window(walkthrough.page("en/step-3/try/"))
    chat = page.frame_locator("iframe >> nth=0")
    expect(page.get_by_text("Nothing is running.")).to_be_visible()
    expect(page.locator("[data-word=desk]")).to_be_hidden()
    walkthrough.classroom.make("step-3", "start")
    press(page, "Run what is in work")
    expect(chat.get_by_role("status")).to_contain_text("Nobody answers yet.")
    walkthrough.classroom.make("solve")
    expect(chat.get_by_role("status")).to_have_text("Connected.")
    walkthrough.classroom.make("step-2", "start")
    expect(page.locator("main .status")).to_contain_text("step-3 is not in work.")
    expect(page.locator("[data-word=desk]")).to_be_hidden()
