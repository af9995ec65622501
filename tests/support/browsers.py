"""Chromium or Chrome, as installed on this machine, and what is asked of a page in it."""

import shutil
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

PATIENCE = 60_000  # milliseconds
WIDE, NARROW = 1280, 360  # pixels

expect.set_options(timeout=PATIENCE)


@contextmanager
def chromium():
    """A browser without a window; raises Playwright's Error if there is none."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**where())
        yield browser
        browser.close()


def where():
    """Where it is, as it is launched."""
    installed = shutil.which("chromium") or shutil.which("chromium-browser")
    return {"executable_path": installed} if installed else {"channel": "chrome"}


def press(page, words):
    page.get_by_role("button", name=words, exact=True).click()


@contextmanager
def expect_glimpse(locator, words):
    """During the block the words are shown there, if only for a moment."""
    shown = locator.evaluate_handle(
        """(element) => {
            const shown = [];
            const look = () => shown.push(element.textContent);
            const changes = { childList: true, characterData: true, subtree: true };
            new MutationObserver(look).observe(element, changes);
            return shown;
        }"""
    )
    frame = locator.element_handle().owner_frame()
    yield
    seen = "([shown, words]) => shown.some((text) => text.includes(words))"
    frame.wait_for_function(seen, arg=[shown, words], timeout=PATIENCE)


# A page of the walkthrough is told of it a little later; others have no theme of their own.
IN_SCHEME = "(scheme) => [scheme, undefined].includes(document.documentElement.dataset.theme)"


def expect_accessible(page, schemes=("light", "dark"), widths=(WIDE,)):
    """axe finds nothing wrong in these colours and widths, and a telephone's screen holds the page."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 720})
        for scheme in schemes:
            # A colour on its way to another one is neither.
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.wait_for_function(IN_SCHEME, arg=scheme)
            found = Axe().run(page)
            assert found.violations_count == 0, f"{scheme} {width}\n{found.generate_report()}"
    page.set_viewport_size({"width": NARROW, "height": 720})
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
