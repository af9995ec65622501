"""The document that the suites run a page in does what a browser does."""

import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tools.document.__main__ import digest
from workbook.steps import all_steps

# In each somebody types into the field, presses the button, and then Enter in the field.
PAGES = sorted((Path(__file__).parent / "pages").glob("*.html"))
ADDRESS = "http://testserver:8123/chat/lobby/"
BEFORE = """<!DOCTYPE html><meta charset="utf-8"><title>A page</title><script>
const log = (...all) => document.querySelector("#log").append(all.join(" ") + ";");
</script>"""


@pytest.fixture(scope="module")
def page_of():
    """The page with this HTML, loaded into the document of the suites."""
    tests = str(all_steps()[0].path / "tests")
    sys.path.insert(0, tests)
    from webpage import Page

    sys.path.remove(tests)

    def page_of(html):
        request = SimpleNamespace(build_absolute_uri=lambda: ADDRESS)
        response = SimpleNamespace(
            content=html.encode(), charset="utf-8", wsgi_request=request, templates=[]
        )
        return Page(response)

    return page_of


def test_the_script_is_made_from_what_lies_here():
    """After a change in its sources it was made anew, for every step."""
    for step in all_steps():
        made = (step.path / "tests" / "document.js").read_text("utf-8")

        assert re.search(r"Made from (\w+)", made)[1] == digest()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_does_what_it_does_in_a_browser(path, page_of, chromium):
    """Its scripts write the same into its log, whatever somebody does at the page."""
    html = BEFORE + path.read_text("utf-8")

    assert in_the_document(page_of(html)) == in_a_browser(chromium, html)


def in_the_document(page):
    page.type("field", "hi")
    page.click("button")
    page.press("field", "Enter")
    return page.text("log").split(";")


def in_a_browser(chromium, html):
    with chromium.new_context() as context:
        page = context.new_page()
        page.route("**/*", lambda route: route.fulfill(body=html, content_type="text/html"))
        page.goto(ADDRESS)
        page.wait_for_function("() => !window.until || until()")
        page.type("#field", "hi")
        page.click("#button")
        page.press("#field", "Enter")
        return page.inner_text("#log").strip().split(";")
