"""The walkthrough's pages when they are opened again, in the same browser."""

from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import expect

from tests.support.browsers import expect_glimpse, press
from tests.support.projects import Classroom
from tests.support.servers import Walkthrough
from workbook.steps import step

ABOUT_THE_BODY = {"content-type", "content-length", "date", "server"}


@pytest.fixture(scope="module")
def walkthrough(tmp_path_factory):
    classroom = Classroom(tmp_path_factory.mktemp("class"))
    with Walkthrough(classroom.path) as served:
        served.classroom = classroom
        yield served


def headers_of(url, **asked):
    """The answer's status and its headers, but for those that tell of its body."""
    try:
        answer = urlopen(Request(url, headers=asked))
    except HTTPError as error:
        answer = error
    with answer:
        told = {name.lower(): value for name, value in answer.headers.items()}
    return answer.status, {name: told[name] for name in told.keys() - ABOUT_THE_BODY}


@pytest.mark.parametrize(
    "path", ["en/", "en/step-3/", "en/step-3/try/", "ar/step-3/check/", "static/web/js/keys.js"]
)
def test_a_page_that_did_not_change_says_the_same_with_every_header(path, walkthrough):
    """A browser takes over what "not modified" says: there is nothing in it that the page lacks."""
    url = walkthrough.page(path)
    status, headers = headers_of(url)
    again, same = headers_of(url, **{"If-None-Match": headers["etag"]})

    assert (status, again) == (200, 304)
    assert same == headers


def test_the_windows_of_try_show_the_chat_at_the_second_visit(window, walkthrough):
    """A page that the browser has kept lets the step's server stand in its windows."""
    page = window(walkthrough.page("en/step-3/try/"))
    page.goto(walkthrough.page("en/step-3/"))
    page.goto(walkthrough.page("en/step-3/try/"))
    press(page, "Run this step")
    expect(page.frame_locator("iframe >> nth=0").get_by_role("status")).to_have_text("Connected.")
    expect(page.frame_locator("iframe >> nth=1").get_by_role("status")).to_have_text("Connected.")


SOLUTION = ["mysite/asgi.py", "chat/routing.py", "chat/consumers.py", "chat/messages.py"]  # step 3


@pytest.fixture
def begun(walkthrough):
    """Step 3, begun anew."""
    walkthrough.classroom.make("step-3", "start")
    return walkthrough.classroom


def verdict(page):
    return page.locator(".verdict")


def expect_done(page):
    expect(page.locator(".verdict section").first).to_be_visible()
    expect(page.locator("[aria-busy]")).to_have_count(0)


def test_a_help_link_does_not_throw_the_results_away(window, walkthrough, begun):
    """On return from the note the results are there, a hint can be had, and a save is noticed."""
    page = window(walkthrough.page("en/step-3/check/"))
    page.get_by_label("on every save").check()
    expect_done(page)
    said = verdict(page).text_content()
    verdict(page).get_by_role("link").last.click()
    expect(page.locator(".note")).to_be_visible()
    page.go_back()
    expect(verdict(page)).to_have_text(said)
    expect(page.get_by_label("on every save")).to_be_checked()
    press(page, "Hint")
    expect(page.locator(".hints")).to_contain_text("Hint 1 of 3")
    begun.solution(step(3), *SOLUTION)
    expect(verdict(page)).to_contain_text("Step 3 passed.")


def test_what_was_changed_since_is_said(window, walkthrough, begun):
    """Results of a desk that is another by now are shown, in either language, as what they are."""
    page = window(walkthrough.page("en/step-3/check/"))
    press(page, "Check now")
    expect_done(page)
    begun.solution(step(3), *SOLUTION)
    page.goto(walkthrough.page("ar/step-3/check/"))
    expect(page.locator(".status")).to_have_text("هذه النتائج من قبل التغيير الأخير.")
    expect(verdict(page).locator("section")).to_be_visible()


def test_who_watches_goes_on_after_the_desk_was_another(window, walkthrough, begun):
    """Another step comes from the terminal, this one is begun again here: a save is checked."""
    page = window(walkthrough.page("en/step-3/check/"))
    page.get_by_label("on every save").check()
    expect_done(page)
    begun.make("step-4", "start")
    expect(page.get_by_role("link", name="4 · ")).to_be_visible()
    press(page, "Begin this step")
    page.get_by_role("dialog").get_by_role("button", name="Begin this step").click()
    expect_done(page)
    begun.solution(step(3), *SOLUTION)
    expect(verdict(page)).to_contain_text("Step 3 passed.")


def test_a_check_that_was_cut_off_is_done_again(window, classroom):
    """The walkthrough ends amid a check, and a click falls on deaf ears: both come to their end."""
    classroom.make("step-3", "start")
    classroom.solution(step(3), *SOLUTION)
    consumers = classroom.work / "chat" / "consumers.py"
    solution = consumers.read_text()
    consumers.write_text(solution.replace("message = parse_", "while True: message = parse_"))
    with Walkthrough(classroom.path) as first:
        page = window(first.page("en/step-3/check/"))
        press(page, "Check now")
        expect(page.locator(".results .passed").first).to_be_visible()
    expect(page.locator(".status")).to_contain_text("does not answer")
    consumers.write_text(solution)
    with (
        expect_glimpse(page.locator(".status"), "in the middle of this check"),
        Walkthrough(classroom.path, first.port),
    ):
        expect(verdict(page)).to_contain_text("Step 3 passed.")


def test_a_click_while_the_walkthrough_is_away_is_not_lost(window, classroom):
    """What was asked for meanwhile is done when it is back."""
    classroom.make("step-3", "start")
    with Walkthrough(classroom.path) as first:
        page = window(first.page("en/step-3/check/"))
        expect(page.locator(".here")).to_be_visible()
    expect(page.locator(".status")).to_contain_text("does not answer")
    press(page, "Check now")
    with Walkthrough(classroom.path, first.port):
        expect_done(page)
