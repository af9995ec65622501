"""The walkthrough's pages when they are opened again, in the same browser."""

from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import expect

from tests.support.browsers import press
from tests.support.projects import Classroom
from tests.support.servers import Walkthrough

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
