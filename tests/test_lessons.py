"""The lessons of steps 3 and 4 are given from beginning to end on one page, which nobody leaves."""

import pytest
from playwright.sync_api import expect

from tests.support.browsers import press
from tests.support.lessons import Lesson, log, say
from workbook.steps import step

pytestmark = pytest.mark.gate
LANGUAGES = pytest.mark.parametrize("language", ["en", "ar"])
CONSUMERS = "chat/consumers.py"


def write_along(lesson, section, tmp_path):
    """Under each heading what it asks is typed and checked: it is there, and the next is named."""
    sections = lesson.sections(section)
    for number, (heading, blocks) in enumerate(sections, 1):
        lesson.read(heading)
        lesson.write(blocks, tmp_path / f"{section}-{number}")
        lesson.check()
        yield number, heading
        lesson.station(f"{section}-{number}")


def expect_progress(page, heading):
    """The heading is there; or the step passed already, which may be before the last of them."""
    told = page.locator(".verdict :is(.passed, .along .there)").first
    expect(told).to_be_visible()
    if page.locator(".verdict .passed").count() == 0:
        expect(told).to_contain_text(heading)


@LANGUAGES
def test_the_lesson_of_step_3(window, walkthrough, tmp_path, language):
    """The first consumer is written, echoes, is broken and mended, and answers a bad frame."""
    walkthrough.classroom.clear()
    lesson = Lesson(window, walkthrough, step(3), language)
    page = lesson.page
    lesson.station("before")
    lesson.begin()
    lesson.station("begun")
    page.locator(".note a[href*='glossary']").first.click()
    expect(page.locator(".note-pane .back")).to_be_in_viewport(ratio=0.9)
    lesson.station("glossary")
    press(page, lesson.say["back_to_note"])

    for number, heading in write_along(lesson, "write", tmp_path):
        expect_progress(page, heading)
        if number == 3:
            hears_nothing(lesson)
    expect(page.locator(".verdict .passed")).to_be_visible()
    echoes(lesson)

    lesson.mistake(CONSUMERS, "self.accept()", "pass", at="def connect")
    lesson.mistake("chat/routing.py", ".as_asgi()", "", at="consumers.ChatConsumer)")
    lesson.run()
    by_hand(lesson, "hi", f"{lesson.say['closed']} 1011")
    lesson.station("bad-frame")

    for _ in write_along(lesson, "beyond", tmp_path):
        expect(page.locator(".verdict .passed")).to_be_visible()
    expect(page.locator(".extras .extra.passed")).to_have_count(page.locator(".extras li").count())
    lesson.run()
    by_hand(lesson, "hi", '{"error"')
    lesson.station("answered")


def hears_nothing(lesson):
    """The page says that it is connected, and nothing comes back."""
    mona, _ = lesson.run()
    say(mona, "hello")
    records = lesson.page.locator(".records li")
    expect(records.filter(has_text="hello")).not_to_have_count(0)
    expect(log(mona)).to_have_value("")
    lesson.station("silence")


def echoes(lesson):
    """Each window hears itself alone."""
    mona, omar = lesson.run()
    say(mona, "hello")
    expect(log(mona)).to_have_value("hello\n")
    say(omar, "أهلًا")
    expect(log(omar)).to_have_value("أهلًا\n")
    expect(log(mona)).to_have_value("hello\n")
    lesson.station("echo")
    lesson.page.locator(".wire").evaluate("(wire) => wire.scrollIntoView()")
    lesson.station("wire")


def by_hand(lesson, text, answer):
    """A frame that no page would send."""
    lesson.tab("try")
    part = lesson.page.locator(".frames")
    part.evaluate("(part) => { part.open = true; part.scrollIntoView(); }")
    part.locator(".frame-text").fill(text)
    part.locator("button[type=submit]").click()
    expect(part.locator(".travelled li").last).to_contain_text(answer)


@LANGUAGES
def test_the_lesson_of_step_4(window, walkthrough, tmp_path, language):
    """The room becomes a group: two windows hear each other, and a third in another room nothing."""
    walkthrough.classroom.make("step-3", "start")
    lesson = Lesson(window, walkthrough, step(4), language)
    page = lesson.page
    lesson.station("before")
    press(page, lesson.say["begin"])
    lesson.station("sure")
    page.locator(".sure button[value=yes]").click()
    expect(page.locator(".here")).to_be_visible()

    for _, heading in write_along(lesson, "write", tmp_path):
        expect_progress(page, heading)
    expect(page.locator(".verdict .passed")).to_be_visible()
    chats(lesson)

    lesson.mistake(CONSUMERS, '"chat_message"', '"chat_mesage"', at="group_send")
    lesson.mistake(
        CONSUMERS,
        "async_to_sync(self.channel_layer.group_add)",
        "self.channel_layer.group_add",
        at="group_add",
    )
    for _ in write_along(lesson, "beyond", tmp_path):
        expect(page.locator(".verdict .passed")).to_be_visible()
    mona, omar = lesson.run()
    page.locator(".try .room").fill("غرفة")
    page.locator(".try .room").press("Enter")
    for frame in [mona, omar]:
        expect(frame.locator("bdi")).to_have_text("غرفة")
        expect(frame.get_by_role("status")).to_have_text("Connected.")
    say(mona, "أهلًا")
    expect(log(omar)).to_have_value("أهلًا\n")
    lesson.station("arabic-room")


def chats(lesson):
    """Two windows are in one room, and the third is in the garden."""
    page = lesson.page
    mona, omar = lesson.run()
    press(page, lesson.say["another_window"])
    own = page.get_by_label(lesson.say["room_of_window"]).nth(2)
    own.fill("garden")
    own.press("Enter")
    laila = lesson.window(2)
    say(mona, "hello")
    expect(log(omar)).to_have_value("hello\n")
    expect(log(mona)).to_have_value("hello\n")
    expect(log(laila)).to_have_value("")
    lesson.station("chat")
    page.locator(".wire").evaluate("(wire) => wire.scrollIntoView()")
    lesson.station("wire")
