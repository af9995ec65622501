"""Chromium or Chrome, as installed on this machine."""

import shutil
from contextlib import contextmanager

from playwright.sync_api import sync_playwright


@contextmanager
def chromium():
    """A browser without a window; raises Playwright's Error if there is none."""
    installed = shutil.which("chromium") or shutil.which("chromium-browser")
    where = {"executable_path": installed} if installed else {"channel": "chrome"}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**where)
        yield browser
        browser.close()
