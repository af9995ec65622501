"""The chat beside the note: two servers and one layer, two steps side by side, and experiments."""

import json
import re
import socket

import pytest
from playwright.sync_api import expect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.support.browsers import NARROW, WIDE, expect_accessible, expect_glimpse, press
from tests.support.servers import PATIENCE, Walkthrough
from workbook.invocation import typed
from workbook.steps import step

pytestmark = pytest.mark.pages

CHANNEL_LAYER = step(4)
CONSUMERS, SETTINGS = "chat/consumers.py", "mysite/settings.py"
NOBODY = "redis://127.0.0.1:1"  # where no Redis answers


@pytest.fixture
def trying(window, walkthrough):
    """Opens step 4's or step 5's chat, with nothing running."""

    def open_page(name, language="en"):
        walkthrough.stop(name)
        return window(walkthrough.page(f"{language}/{name}/try/"))

    return open_page


def frame(page, number):
    return page.frame_locator(f"iframe >> nth={number - 1}")


def expect_connected(page, *numbers):
    for number in numbers:
        expect(frame(page, number).get_by_role("status")).to_have_text("Connected.")


def say(page, number, message):
    frame(page, number).locator("#chat-message-input").fill(message)
    frame(page, number).locator("#chat-message-input").press("Enter")


def expect_heard(page, number, *messages):
    heard = "".join(f"{message}\n" for message in messages)
    expect(frame(page, number).locator("#chat-log")).to_have_value(heard)


def expect_state(page, words):
    expect(page.locator("section.try .status")).to_have_text(words)


def ports(page):
    """Of the servers at which the page's windows stand."""
    return [int(each) for each in re.findall(r":(\d+)", " ".join(addresses(page)))]


def addresses(page):
    return [each.get_attribute("src") for each in page.locator("iframe").all()]


def expect_allowed(page):
    """The page may frame the servers of its windows, and nothing else."""
    policy = page.request.get(page.url).headers["content-security-policy"]
    framed = re.search(r"frame-src ([^;]*)", policy)[1].split()
    assert {*framed} == {f"http://127.0.0.1:{port}" for port in ports(page)}


def test_two_servers_share_a_room_only_by_redis(trying, some_redis):
    """In memory each server has a room of its own; one click gives both one layer in Redis."""
    page = trying("step-4")
    page.get_by_label("two servers").check()
    press(page, "Run this step")
    expect_state(page, "This step is running. Two servers, and a layer in the memory of each.")
    expect(page.locator("figcaption").nth(0)).to_contain_text("server 1")
    expect(page.locator("figcaption").nth(1)).to_contain_text("server 2")
    expect_connected(page, 1, 2)
    assert len({*ports(page)}) == 2
    expect_allowed(page)
    say(page, 1, "of the first")
    expect_heard(page, 1, "of the first")
    say(page, 2, "of the second")
    expect_heard(page, 2, "of the second")
    expect_heard(page, 1, "of the first")

    page.get_by_label("Redis").check()
    expect_state(page, "This step is running. Two servers, and one layer in Redis.")
    expect_connected(page, 1, 2)
    say(page, 1, "to both")
    expect_heard(page, 2, "to both")
    for words in ["of the first", "of the second"]:
        expect(page.locator(".records li").filter(has_text=words).first).to_be_attached()


def test_the_second_visit_finds_the_servers_and_the_windows(trying):
    """After a reload there are as many windows, each in its room and at a server of the two."""
    page = trying("step-5")
    page.get_by_label("two servers").check()
    press(page, "Run this step")
    expect_connected(page, 1, 2)
    press(page, "Another window")
    page.get_by_label("Room of this window").nth(2).fill("garden")
    page.get_by_label("Room of this window").nth(2).press("Enter")
    expect_connected(page, 3)
    before = addresses(page)
    assert before[2].endswith("/chat/garden/")

    page.reload()
    expect_connected(page, 1, 2, 3)
    assert addresses(page) == before
    expect(page.get_by_label("two servers")).to_be_checked()
    expect(page.get_by_label("Redis")).not_to_be_checked()
    press(page, "Restart")
    expect_connected(page, 1, 2, 3)
    assert addresses(page) == before

    page.get_by_label("two servers").uncheck()
    expect_state(page, "This step is running.")
    expect_connected(page, 1, 2, 3)
    assert len({*ports(page)}) == 1
    expect(page.locator("figcaption .at").first).to_be_hidden()


def test_a_window_stays_at_its_server_when_another_is_closed(trying):
    """The second window, now the first, is where it was; a new one goes to the other server."""
    page = trying("step-5")
    page.get_by_label("two servers").check()
    press(page, "Run this step")
    expect_connected(page, 1, 2)
    first, second = ports(page)
    page.get_by_role("button", name="Close this window").first.click()
    press(page, "Another window")
    expect_connected(page, 1, 2)
    assert ports(page) == [second, first]
    expect(page.locator("figcaption").first).to_contain_text("server 2")


def test_without_a_redis_the_page_says_what_the_terminal_says(window, walkthrough, workbook):
    """The same sentence and the same way out, also on the second visit; without Redis it runs."""
    told = workbook("step-4", "run", "--layer=redis", REDIS_URL=NOBODY)
    with Walkthrough(walkthrough.folder, REDIS_URL=NOBODY) as served:
        page = window(served.page("en/step-4/try/"))
        expect(page.get_by_label("Redis")).to_be_checked()
        press(page, "Run this step")
        status = page.locator("section.try .status")
        for _ in range(2):
            expect(status).to_contain_text("The Redis of REDIS_URL does not answer.")
            for sentence in status.locator("span").all_inner_texts():
                assert sentence.rstrip() in " ".join(told.stderr.split())
            page.reload()
        page.get_by_label("Redis").uncheck()
        press(page, "Run this step")
        expect_state(page, "This step is running.")
        expect_connected(page, 1, 2)


def test_a_word_with_an_unknown_option_closes_the_socket(walkthrough):
    """Nothing is started by it."""
    with walkthrough.socket("en/step-5/try/") as page:
        page.send("snapshot SERVERS=3")
        with pytest.raises(ConnectionClosed):
            while True:
                page.recv(timeout=PATIENCE)
        assert page.close_code == 4400


@pytest.mark.gate
def test_two_servers_are_accessible(trying):
    """axe finds nothing wrong while they run, in both languages."""
    for language, width in [("en", WIDE), ("ar", NARROW)]:
        page = trying("step-5", language)
        page.locator('.option[value="SERVERS=2"]').check()
        page.locator('[data-word="snapshot"]').click()
        expect_connected(page, 1, 2)
        expect_accessible(page, widths=[width])


def test_two_servers_in_the_workbench(window, walkthrough):
    """The chat stays in view when its servers are others: the page is loaded anew for them."""
    walkthrough.classroom.make("step-5", "start")
    walkthrough.stop("step-5")
    page = window(walkthrough.page("en/step-5/workbench/"))
    page.get_by_role("tab", name="Try").click()
    page.get_by_label("two servers").check()
    press(page, "Run what is in work")
    expect_state(
        page, "What is in work is running. Two servers, and a layer in the memory of each."
    )
    expect_connected(page, 1, 2)
    expect_allowed(page)
    assert page.evaluate("document.documentElement.scrollHeight") == page.viewport_size["height"]


MISSPELT = "Send an event that nobody handles"


@pytest.fixture
def breaking(window, walkthrough):
    """Opens step 4's workbench, with its solution in work and the chat in view."""
    walkthrough.stop("step-4")
    walkthrough.classroom.make("step-4", "start")
    walkthrough.classroom.solution(CHANNEL_LAYER, CONSUMERS, "chat/groups.py", SETTINGS)

    def open_page(language="en", width=WIDE):
        page = window(
            walkthrough.page(f"{language}/step-4/workbench/"),
            viewport={"width": width, "height": 720},
        )
        if width == WIDE:
            page.locator("#tab-try").click()
        page.locator(".experiments summary").click()
        return page

    return open_page


def consumers(walkthrough):
    return walkthrough.classroom.work / CONSUMERS


def text_of(page):
    return page.locator(".text .cm-content")


def test_an_experiment_is_put_on_and_taken_back_with_one_click(breaking, walkthrough):
    """The room loses its message; what the learner types meanwhile stays when it is taken back."""
    before = consumers(walkthrough).read_text()
    page = breaking()
    press(page, "Run what is in work")
    expect_connected(page, 1, 2)
    with expect_glimpse(page.locator("section.try .status"), "Starting…"):
        press(page, f"Make the change: {MISSPELT}")
    expect(page.locator(".experiments .told")).to_contain_text("What was in work is saved:")
    expect(page.locator(".experiments .look")).to_contain_text("No handler for message type")
    expect(text_of(page)).to_contain_text("chat_mesage")
    name = page.locator(".experiments .told").inner_text().split()[-1]
    saved = walkthrough.folder / "saved" / name / CONSUMERS
    assert saved.read_text() == before
    expect(page.locator("section.try .status")).to_contain_text("What is in work is running.")
    expect_connected(page, 1, 2)
    say(page, 1, "to nobody")
    expect(page.locator(".log")).to_contain_text("No handler for message type chat_mesage")

    text_of(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type("# mine\n")
    press(page, f"Take it back: {MISSPELT}")
    expect(page.locator(".experiments .told")).to_have_text("Taken back.")
    assert consumers(walkthrough).read_text() == f"{before}# mine\n"
    expect(text_of(page)).to_contain_text("# mine")
    expect(text_of(page)).not_to_contain_text("chat_mesage")
    expect(page.get_by_role("button", name=f"Make the change: {MISSPELT}")).to_be_focused()


def test_the_second_visit_takes_an_experiment_back(breaking, walkthrough, window):
    """A reload, another tab and the other language know that it is on."""
    before = consumers(walkthrough).read_text()
    page = breaking()
    press(page, f"Make the change: {MISSPELT}")
    again = breaking("ar")
    expect(again.locator(".experiments .look")).to_contain_text("التغيير في ملفك الآن")
    press(again, "تراجع عنه: أرسل حدثًا لا يعالجه أحد")
    expect(again.locator(".experiments .told")).to_have_text("تراجعت عن التغيير.")
    assert consumers(walkthrough).read_text() == before
    expect(page.get_by_role("button", name=f"Make the change: {MISSPELT}")).to_be_enabled()


def test_what_was_changed_since_is_not_taken_back(breaking, walkthrough):
    """The page names the saved desk and the command that brings it back; nothing is lost."""
    page = breaking()
    press(page, f"Make the change: {MISSPELT}")
    expect(text_of(page)).to_contain_text("chat_mesage")
    expect(page.locator(".experiments .told")).to_contain_text("What was in work is saved:")
    name = page.locator(".experiments .told").inner_text().split()[-1]
    mine = consumers(walkthrough).read_text().replace("chat_mesage", "chat_massage")
    consumers(walkthrough).write_text(mine)
    press(page, f"Take it back: {MISSPELT}")
    expect(page.locator(".experiments .told")).to_contain_text(name)
    expect(page.locator(".experiments .told code").last).to_have_text(typed(f"restore SAVE={name}"))
    assert consumers(walkthrough).read_text() == mine
    button = page.get_by_role("button", name=f"Make the change: {MISSPELT}")
    expect(button).to_be_disabled()
    expect(page.locator(".experiments .why")).to_contain_text(f"is not in {CONSUMERS}")


def test_the_experiments_are_accessible(breaking):
    """axe finds nothing wrong with one that is on, in both languages."""
    for language, width in [("en", WIDE), ("ar", NARROW)]:
        page = breaking(language, width)
        button = page.locator(".experiments button")
        if language == "en":
            button.click()
        expect(button).to_have_attribute("data-word", "back")
        expect_accessible(page, widths=[width])


def test_no_other_page_changes_the_desk(walkthrough):
    """A page of another site gets no socket, and an experiment that there is none of is refused."""
    address = "en/step-4/workbench/experiments/"
    with (
        pytest.raises(InvalidStatus),
        walkthrough.socket(address, origin="http://elsewhere.test"),
    ):
        pass
    with walkthrough.socket(address) as page:
        page.send("put ../consumers")
        while (told := json.loads(page.recv(timeout=PATIENCE)))["kind"] != "trouble":
            pass
        assert "There is no experiment" in told["what"][0]["text"]


def tick(box):
    """The page is loaded anew where the port is taken that it was to show; the box stays ticked."""
    box.click()
    expect(box).to_be_checked()


def test_the_step_before_runs_beside_this_one(trying):
    """In step 3 a window hears itself alone, in step 4 both hear; each says which step it is."""
    page = trying("step-4")
    press(page, "Run this step")
    expect_connected(page, 1, 2)
    tick(page.get_by_label("beside it: 3 · "))
    expect(page.get_by_role("group").locator("figcaption")).to_have_count(2)
    for caption in page.get_by_role("group").locator("figcaption").all():
        expect(caption).to_contain_text("3 · ")
    expect_connected(page, 1, 2, 3, 4)
    expect_allowed(page)
    for first, second, heard in [(1, 2, ["hello"]), (3, 4, [])]:
        say(page, first, "hello")
        expect_heard(page, first, "hello")
        expect_heard(page, second, *heard)
    page.get_by_label("Room", exact=True).fill("garden")
    page.get_by_label("Room", exact=True).press("Enter")
    expect(frame(page, 3).locator("bdi")).to_have_text("garden")

    page.reload()
    expect_connected(page, 1, 2, 3, 4)
    page.get_by_label("beside it: 3 · ").click()
    expect(page.locator("iframe")).to_have_count(2)
    expect_connected(page, 1, 2)


def test_stop_ends_the_step_before_too(trying, window, walkthrough):
    """Nothing of the page is left running; a page of the first step has nothing to compare with."""
    page = trying("step-3", "ar")
    tick(page.locator(".with-before"))
    expect(page.locator(".before iframe")).to_have_count(2)
    page.locator('[data-word="snapshot"]').click()
    expect_connected(page, 1, 2)
    expect_accessible(page)
    page.set_viewport_size({"width": WIDE, "height": 720})
    before = int(
        re.search(r":(\d+)/", page.locator(".before iframe").first.get_attribute("src"))[1]
    )
    page.locator('[data-word="stop"]').click()
    expect(page.locator(".before")).to_be_hidden()
    expect(page.locator(".with-before")).not_to_be_checked()
    with socket.socket() as client:
        assert client.connect_ex(("127.0.0.1", before))
    assert not window(walkthrough.page("en/step-1/try/")).locator(".with-before").count()
