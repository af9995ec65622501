"""The presenter's window: the teacher sees what comes, and the wall follows."""

import re

import pytest
from playwright.sync_api import TimeoutError, expect

from tests.support.browsers import NARROW, WIDE, expect_accessible, press

pytestmark = pytest.mark.pages

MOMENT = 5000  # milliseconds
SCREEN = {"width": 1280, "height": 720}


@pytest.fixture
def wall(window, walkthrough):
    """Step 3 on the projector, at a sentence about the routing."""
    page = window(walkthrough.page("en/step-3/#stop-41"), viewport=SCREEN)
    expect_stop(page, 41)
    return page


@pytest.fixture
def presenter(wall):
    return opened(wall)


def opened(wall):
    """The window that the key on the projector opens."""
    try:
        with wall.expect_popup(timeout=MOMENT) as popup:
            wall.keyboard.press("s")
    except TimeoutError:  # Chromium gave the name to the one that it was just closing
        with wall.expect_popup() as popup:
            wall.keyboard.press("s")
    expect(popup.value.locator(".presenter")).to_be_visible()
    return popup.value


def expect_stop(page, number):
    place = page.locator(".stage [role=status], .going [role=status]")
    expect(place).to_contain_text(re.compile(rf"(?<!\d){number} / \d"))


def now(page):
    return page.locator(".now")


def test_the_window_shows_this_stop_and_the_next(presenter):
    """Beside them stands what the note says to the teacher, and the planned time."""
    expect_stop(presenter, 41)
    expect(now(presenter)).to_contain_text("import chat.routing imports your list")
    expect(presenter.locator(".after")).to_contain_text('"websocket" has to be spelt')
    expect(presenter.locator(".to-teacher")).to_contain_text("What goes wrong in class")
    expect(presenter.locator(".clock")).to_contain_text("75 minutes")
    here = presenter.locator(".headings [aria-current]")
    expect(here).to_contain_text("Open the way for WebSockets")


def test_forward_and_back_in_either_window_move_both(wall, presenter):
    """By keys and by buttons; a heading and the short way lead both there, too."""
    presenter.keyboard.press("ArrowRight")
    expect_stop(wall, 42)
    wall.keyboard.press("ArrowLeft")
    expect_stop(presenter, 41)
    press(presenter, "Forward")
    expect_stop(wall, 42)
    press(presenter, "Back")
    expect_stop(wall, 41)
    presenter.get_by_role("button", name="Check yourself").click()
    expect(wall.locator(".stage [role=status]")).to_contain_text("Check yourself")
    press(wall, "Short way")
    shortened = presenter.get_by_role("button", name="Short way")
    expect(shortened).to_have_attribute("aria-pressed", "true")
    presenter.keyboard.press("Home")
    expect_stop(wall, 1)
    presenter.keyboard.press("End")
    expect(presenter.locator(".after")).to_contain_text("this is the last stop")


def test_a_window_that_comes_back_finds_the_place(wall, presenter, walkthrough):
    """Reloaded, closed and opened again, or back from another part: it is where the other is."""
    presenter.keyboard.press("n")
    expect_stop(wall, 42)
    presenter.reload()
    expect_stop(presenter, 42)
    wall.reload()
    expect_stop(wall, 42)

    wall.keyboard.press("4")
    expect(wall).to_have_url(re.compile("/try/$"))
    presenter.keyboard.press("n")
    expect_stop(presenter, 43)
    wall.goto(walkthrough.page("en/step-3/"))
    expect_stop(wall, 43)

    presenter.close()
    wall.keyboard.press("n")
    expect_stop(opened(wall), 44)


def test_the_wall_is_left_alone_where_it_does_not_project(wall, presenter):
    """Who ends the projector reads on undisturbed, whatever the other window does."""
    press(wall, "End")
    presenter.keyboard.press("n")
    expect_stop(presenter, 42)
    expect(wall.locator(".stage")).to_be_hidden()
    assert "#stop" not in wall.url


def test_each_window_has_its_own_language(wall, presenter, walkthrough):
    """The wall is in English, and the teacher reads the same stop in Arabic, and after a switch."""
    presenter.get_by_role("link", name="العربية").click()
    expect_stop(presenter, 41)
    expect(now(presenter)).to_contain_text("السطر import chat.routing")
    expect(presenter.locator(".to-teacher")).to_contain_text("الأخطاء المعتادة في الصف")
    presenter.keyboard.press("ArrowLeft")
    expect_stop(wall, 42)
    presenter.go_back()
    expect_stop(presenter, 42)


def test_what_is_for_the_teacher_is_in_this_window_alone(wall, presenter):
    """Neither what is on the wall nor what comes next is ever the teacher's section."""
    presenter.keyboard.press("End")
    for place in [now(presenter), presenter.locator(".headings")]:
        expect(place).not_to_contain_text("For the teacher")
    assert "What goes wrong in class" not in wall.locator("body").inner_text()


def test_the_clock_goes_on_through_a_reload(window, walkthrough):
    """Against the planned minutes: it starts, pauses, says what is over time, and begins anew."""
    page = window("about:blank")
    page.clock.install(time=0)
    page.clock.pause_at(3600)  # which the clock has not passed between these lines
    page.goto(walkthrough.page("en/step-3/presenter/"))
    clock = page.locator(".clock")
    expect(clock).to_contain_text("00:00 / 75 minutes")
    press(page, "Start")
    page.clock.run_for("01:05")
    expect(clock).to_contain_text("01:05")
    page.reload()
    page.clock.run_for("00:05")
    expect(clock).to_contain_text("01:10")
    press(page, "Pause")
    page.clock.run_for("10:00")
    expect(clock).to_contain_text("01:10")
    expect(page.get_by_text("over time")).to_be_hidden()
    press(page, "Start")
    page.clock.run_for("01:15:00")
    expect(page.get_by_text("over time")).to_be_visible()
    press(page, "Back to zero")
    expect(clock).to_contain_text("00:00")


@pytest.mark.parametrize("language", ["en", "ar", "both"])
def test_the_window_is_accessible(window, walkthrough, language):
    page = window(walkthrough.page(f"{language}/step-3/presenter/"))
    expect(page.locator(".presenter")).to_be_visible()
    expect_accessible(page, widths=[WIDE, NARROW])


def test_a_page_that_is_no_steps_has_no_presenter(window, walkthrough):
    page = window(walkthrough.page("en/notes/glossary/"))
    page.keyboard.press("l")
    expect(page.locator(".stage")).to_be_visible()
    expect(page.get_by_role("button", name="Presenter")).to_have_count(0)


def test_another_steps_window_is_a_click_away(presenter):
    """The steps above lead to their own presenter's window."""
    presenter.get_by_role("link", name="Step 4:").click()
    expect(presenter).to_have_url(re.compile("/step-4/presenter/$"))
    expect_stop(presenter, 1)
