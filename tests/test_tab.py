"""The workbook with nothing installed: the exercise in a browser's tab, from the built site."""

import pytest
from playwright.sync_api import expect

from tests.support.browsers import press
from tests.test_site_visits import UNDER, serving
from workbook.site import tab
from workbook.site.build import build

pytestmark = pytest.mark.gate  # an interpreter takes its time to come
PATIENCE = 120_000  # milliseconds for two interpreters on a busy machine


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The address of the whole site, with what its interpreters load."""
    folder = tmp_path_factory.mktemp("served") / UNDER / "site"
    folder.parent.mkdir(parents=True)
    build(folder, tab.write)
    with serving(folder) as address:
        yield address


@pytest.fixture
def bench(window, site):
    page = window(f"{site}en/step-3/workbench/")
    page.set_default_timeout(PATIENCE)
    expect(page.get_by_role("button", name="Begin this step")).to_be_visible(timeout=PATIENCE)
    press(page, "Begin this step")
    expect(page.locator(".text .cm-content")).to_contain_text("ProtocolTypeRouter")
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
