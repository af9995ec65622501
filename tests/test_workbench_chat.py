"""The chat beside the note: two servers and one layer, two steps side by side, and experiments."""

import re

import pytest
from playwright.sync_api import expect
from websockets.exceptions import ConnectionClosed

from tests.support.browsers import NARROW, WIDE, expect_accessible, press
from tests.support.servers import PATIENCE, Walkthrough, states

NOBODY = "redis://127.0.0.1:1"  # where no Redis answers


@pytest.fixture
def trying(window, walkthrough):
    """Opens step 4's or step 5's chat, with nothing running."""

    def open_page(step, language="en"):
        with walkthrough.socket(f"{language}/{step}/try/") as page:
            page.send("stop")
            assert "stopped" in states(page)
        return window(walkthrough.page(f"{language}/{step}/try/"))

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
    assert framed == [f"http://127.0.0.1:{port}" for port in ports(page)]


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
    for name in ["A", "B"]:
        frames = page.locator(f'.records li[data-name="{name}"]')
        expect(frames.filter(has_text="of the").first).to_be_attached()


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
