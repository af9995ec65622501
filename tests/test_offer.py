"""What is offered to whoever reads over the network: to work in a tab of their own."""

import gzip
import shutil

import pytest
from django.test import Client
from playwright.sync_api import expect

from tests.support.browsers import expect_accessible, press, where
from tests.support.projects import Classroom
from tests.support.servers import Network
from tests.test_policy import HERE, NETWORK, answer
from tests.test_tab import PATIENCE
from workbook.invocation import typed
from workbook.site import tab
from workbook.site.build import build
from workbook.web import offer

PAGE = "<!DOCTYPE html><title>Chat</title><h1>{}</h1>"


@pytest.fixture
def site(tmp_path, monkeypatch):
    """In place of a built site: a page, a script, what an interpreter loads, and a link out."""
    folder = lay(tmp_path / "site")
    (folder / "static").mkdir()
    (folder / "static" / "a.js").write_text("plain")
    (folder / "static" / "a.js.gz").write_bytes(gzip.compress(b"packed"))
    (folder / "python.wasm").write_text("some")
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "secret.txt").symlink_to(tmp_path / "secret.txt")
    monkeypatch.setattr(offer, "SITE", folder)
    return folder


def lay(folder):
    for name in ["index.html", "en/index.html", "en/step-3/check/index.html"]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(PAGE.format(name))
    return folder


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(("language", "words"), [("en", "Work in this tab"), ("ar", "اعمل في متص")])
def test_a_stranger_is_offered_the_same_page_in_a_tab(language, words):
    """In place of what is refused, among the parts of a step, and first of all on the contents."""
    for part in ["try", "check", "workbench"]:
        address = f"/{language}/step-3/{part}/"
        status, text, _ = answer(address, NETWORK)
        assert status == 403 and words in text and f'href="/site{address}"' in text
        assert f'href="/site{address}"' in answer(f"/{language}/step-3/", NETWORK)[1]
    assert f'href="/site/{language}/"' in answer(f"/{language}/", NETWORK)[1]


@pytest.mark.usefixtures("site")
def test_whoever_is_at_the_machine_is_led_to_its_own_parts():
    """Nothing is offered in place of what can be started here."""
    for address in ["/en/", "/en/step-3/", "/en/step-3/check/"]:
        assert "/site/" not in answer(address, HERE)[1]


def test_without_a_site_nothing_is_offered(tmp_path, monkeypatch):
    """And nothing is there."""
    monkeypatch.setattr(offer, "SITE", tmp_path)

    for address in ["/en/", "/en/step-3/", "/en/step-3/check/"]:
        assert "/site/" not in answer(address, NETWORK)[1]
    assert answer("/site/", NETWORK)[0] == 404


@pytest.mark.usefixtures("site")
def test_a_file_of_the_site_is_given_out_as_it_is():
    """A page says its own policy, so that only who may frame it is said here."""
    status, text, headers = answer("/site/en/step-3/check/", NETWORK)
    assert (status, text) == (200, PAGE.format("en/step-3/check/index.html"))
    assert headers["Content-Security-Policy"] == "frame-ancestors 'self'"
    assert answer("/site/en/step-3/check", NETWORK)[2]["Location"] == "/site/en/step-3/check/"
    assert answer("/site/static/a.js", NETWORK)[1] == "plain"
    headers = answer("/site/python.wasm", NETWORK)[2]
    assert headers["Content-Type"] == "application/wasm"


@pytest.mark.usefixtures("site")
def test_a_file_is_sent_compressed_as_it_lies_there():
    """It is not compressed again for each of thirty browsers."""
    client = Client(SERVER_NAME="localhost", REMOTE_ADDR=NETWORK)
    script = client.get("/site/static/a.js", headers={"Accept-Encoding": "gzip, br"})

    assert gzip.decompress(script.content) == b"packed"
    assert script.headers["Content-Encoding"] == "gzip"
    assert script.headers["Vary"] == "Accept-Encoding"


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize(
    "name",
    ["secret.txt", "../secret.txt", "%2e%2e/secret.txt", "/etc/passwd", "no", "\0", "n" * 999],
)
def test_what_is_not_in_the_site_is_not_given_out(name):
    """Neither what lies beside it, nor what a link in it leads to."""
    assert answer(f"/site/{name}", NETWORK)[0] == 404


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_the_site_is_only_read(method):
    """Nothing of it writes or starts anything on the machine that gives it out."""
    assert answer("/site/en/", NETWORK, method)[0] == 405


def test_whoever_serves_a_network_is_told_what_it_can_do(site):
    """Whether a site was built, and of other files than those that lie here now."""
    (site / offer.SOURCES).write_text(offer.sources())
    assert "can work too" in offer.says().en
    (site / offer.SOURCES).write_text("another build's")
    assert "other files" in offer.says().en and typed("site") in offer.says().ar
    shutil.rmtree(site)
    assert "can only read" in offer.says().en and typed("site") in offer.says().ar


@pytest.fixture
def stranger(chromium):
    """Another machine's browser: it knows the class's name, and no address of its own."""
    rules = f"--host-resolver-rules=MAP {Network.NAME} {Network.ADDRESS}"
    browser = chromium.browser_type.launch(**where(), args=[rules])
    yield browser.new_page(reduced_motion="reduce")
    browser.close()


def test_the_offer_leads_to_the_same_step_and_part(stranger, tmp_path):
    """From the page that is refused, on a telephone too; the page has nothing that axe finds."""
    classroom = Classroom(tmp_path)
    lay(tmp_path / "site")
    with Network(classroom.path) as network:
        for address in ["ar/", "en/step-3/check/"]:
            stranger.goto(network.page(address))
            expect_accessible(stranger)
        stranger.get_by_role("link", name="Work in this tab").click()

        expect(stranger).to_have_url(network.page("site/en/step-3/check/"))
        expect(stranger.get_by_role("heading")).to_have_text("en/step-3/check/index.html")


@pytest.mark.pages
def test_a_stranger_works_in_a_tab(stranger, tmp_path):
    """Python comes over plain HTTP from the walkthrough, and nothing is written on its machine."""
    classroom = Classroom(tmp_path)
    build(tmp_path / "site", tab.write)
    with Network(classroom.path) as network:
        stranger.goto(network.page("en/step-3/workbench/"))
        stranger.get_by_role("link", name="Work in this tab").click()
        stranger.set_default_timeout(PATIENCE)
        press(stranger, "Begin this step")

        text = stranger.locator(".text .cm-content")
        expect(text).to_contain_text("ProtocolTypeRouter", timeout=PATIENCE)
        press(stranger, "Check now")
        expect(stranger.locator(".verdict")).to_contain_text("Nobody answers", timeout=PATIENCE)
    assert not classroom.work.exists()
