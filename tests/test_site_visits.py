"""The built site as its readers have it: from a server of files, under a path of its own."""

import gzip
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote, unquote, urljoin

import pytest
from playwright.sync_api import expect

from tests.support.browsers import NARROW, WIDE, expect_accessible, press
from tests.support.sites import UNDER, serving
from workbook.errors import WorkbookError
from workbook.site import offline
from workbook.site.addresses import ADDRESS, SOCKET, TAG
from workbook.site.build import COMPRESSED, build
from workbook.steps import ROOT

pytestmark = pytest.mark.pages

SAMPLE = [
    "{}/",
    "{}/step-3/",
    "{}/step-4/code/",
    "{}/step-3/code/chat/consumers.py/",
    "{}/step-5/changes/",
    "{}/step-5/changes/view-split/",
    "{}/step-2/booklet/",
    "{}/step-2/presenter/",
    "{}/notes/glossary/",
    "{}/search/?q=group",
]
MARK = re.compile(r'\sid="([^"]*)"')
KEPT = "html[data-kept]"
STARTING = {"try", "check", "workbench"}


def some_bundle(folder):
    """In place of an interpreter, which these tests do not start."""
    folder.mkdir()
    (folder / "python.wasm").write_bytes(bytes(1000))


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("served") / UNDER / "site"
    folder.parent.mkdir(parents=True)
    build(folder, some_bundle)
    return folder


@pytest.fixture(scope="module")
def served(site):
    """The address of the site, from Python's own server of files."""
    with serving(site) as address:
        yield address


@pytest.fixture
def visit(chromium, served):
    """A reader who has only the site: what a page asks of others, and what it complains of."""
    contexts = []

    def open_page(address="", **options):
        context = chromium.new_context(**options)
        contexts.append(context)
        context.complaints = []
        context.route(
            lambda url: not url.startswith(served),
            lambda route: (context.complaints.append(route.request.url), route.abort()),
        )
        context.on("console", lambda message: context.complaints.append(message.text))
        context.on("weberror", lambda error: context.complaints.append(str(error.error)))
        page = context.new_page()
        page.goto(urljoin(served, address))
        return page

    yield open_page
    for context in contexts:
        context.close()


def html_files(site):
    return sorted(path for path in site.rglob("*.html") if path.is_file())


def test_every_link_leads_to_a_page_and_to_a_place_on_it(site):
    """Pages, files and anchors: on all pages, in all languages."""
    texts = {path: path.read_text("utf-8") for path in html_files(site)}
    places = {path: {*MARK.findall(text)} for path, text in texts.items()}
    dead = set()
    for path, text in texts.items():
        for tag in TAG.findall(text):
            for name, address in ADDRESS.findall(tag):
                if name == SOCKET or address.startswith(("http:", "https:")):
                    continue
                way, _, anchor = address.partition("#")
                target = (path.parent / unquote(way)).resolve() if way else path
                target = target / "index.html" if way.endswith("/") else target
                missing = unquote(anchor) and unquote(anchor) not in places.get(target, ())
                if not target.is_file() or missing:
                    dead.add((path.relative_to(site).as_posix(), address))

    assert not dead


def test_no_file_names_a_place_of_this_machine(site):
    """Neither a folder nor a server's address that belongs to whoever built it."""
    for path in site.rglob("*"):
        if path.is_file() and path.suffix in COMPRESSED:
            content = path.read_bytes()
            assert str(ROOT).encode() not in content, path
            assert not re.search(rb'(href|src|action)="(/|http://(127|local))', content), path


def test_every_page_says_its_policy_before_it_loads_anything(site):
    for path in html_files(site):
        head = path.read_text("utf-8").partition("</head>")[0]
        policy, first = (
            head.find("Content-Security-Policy"),
            re.search("<link|<script|<style", head),
        )
        assert 0 < policy < first.start(), path


def test_a_compressed_copy_is_the_file(site):
    """Beside each text; none beside what is compressed by itself."""
    copies = {path for path in site.rglob("*.gz") if path.is_file()}
    originals = {path for path in site.rglob("*") if path.suffix in COMPRESSED and path.is_file()}

    assert {path.with_name(f"{path.name}.gz") for path in originals} == copies
    for path in list(copies)[::50]:
        assert gzip.decompress(path.read_bytes()) == path.with_suffix("").read_bytes()


def test_another_build_has_the_same_bytes(site, tmp_path):
    """Whoever makes it: in another language, at another time of the day, without make."""
    script = "import sys; from pathlib import Path; from tests.test_site_visits import *\n"
    script += "build(Path(sys.argv[1]), some_bundle)"
    environment = {
        "PYTHONHASHSEED": "7",
        "TZ": "Asia/Aden",
        "WORKBOOK_LANG": "ar",
        "MAKELEVEL": "1",
    }
    other = tmp_path / "site"
    subprocess.run([sys.executable, "-c", script, other], cwd=ROOT, env=environment, check=True)

    assert contents(other) == contents(site)


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_folder_that_is_no_site_is_left_alone(tmp_path):
    """Whatever lies there is somebody's."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "mine").write_text("mine", "utf-8")

    with pytest.raises(WorkbookError, match="not a site of the workbook"):
        build(tmp_path / "site", some_bundle)
    assert (tmp_path / "site" / "mine").read_text("utf-8") == "mine"


@pytest.mark.parametrize("width", [WIDE, 390])
@pytest.mark.parametrize("language", ["en", "ar", "both"])
def test_a_page_asks_only_the_site_and_complains_of_nothing(visit, language, width):
    """A sample of each kind of page; none is wider than its screen, on a second visit either."""
    page = visit(viewport={"width": width, "height": 720})
    for address in SAMPLE * 2:
        page.goto(urljoin(page.url.partition("/site/")[0] + "/site/", address.format(language)))
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address

    assert page.context.complaints == []


@pytest.mark.gate
@pytest.mark.parametrize("language", ["en", "ar", "both"])
def test_no_page_complains(visit, served, site, language):
    """Each that is only read; what starts something wants an interpreter, which is not here."""
    page = visit()
    for path in html_files(site / language):
        if not STARTING.intersection(path.parts):
            folder = path.parent.relative_to(site).as_posix()
            page.goto(f"{served}{quote(folder)}/")
            assert page.context.complaints == [], folder


def test_a_switch_of_the_language_keeps_the_place_under_any_path(visit, served):
    """The script knows which folder is the language, wherever the site lies."""
    page = visit("en/step-3/")
    block = page.locator(".note > .row").nth(30)
    block.evaluate(
        "row => scrollBy({ top: row.getBoundingClientRect().top - 200, behavior: 'instant' })"
    )
    page.keyboard.press("a")

    expect(page).to_have_url(f"{served}ar/step-3/")
    expect(block).to_be_in_viewport()


def test_a_note_beside_the_editor_leads_on_as_on_its_own_page(visit, served, site):
    """What was written as seen from its page leads to the same from the workbench."""
    page = visit("en/step-4/workbench/")
    note = page.locator(".note-pane")
    note.locator("a[href*='glossary']").first.click()
    expect(note.locator("h1")).to_have_text("Glossary")
    found = note.locator("a").evaluate_all("links => links.map(({ href }) => href)")
    for address in {address.partition("#")[0] for address in found}:
        assert (site / unquote(address.removeprefix(served)) / "index.html").is_file(), address
    press(page, "Back to this step's note")

    expect(note.locator("h1")).to_have_text("A channel layer")


@pytest.mark.parametrize("address", ["", "ar/", "both/step-3/", "ar/search/?q=group", "404.html"])
def test_the_pages_of_a_site_are_accessible(visit, address):
    """axe finds nothing, in both schemes and at a telephone's width."""
    page = visit(address, reduced_motion="reduce")
    page.wait_for_load_state("networkidle")

    expect_accessible(page, widths=(WIDE, NARROW))


def test_the_entrance_leads_to_the_browsers_language_and_then_to_the_last_one(visit, served):
    """Until something was read, the browser says which; without a script there are links."""
    page = visit(locale="ar-EG")
    expect(page).to_have_url(f"{served}ar/")
    page.goto(f"{served}both/step-2/")
    page.goto(served)

    expect(page).to_have_url(f"{served}both/")
    plain = visit(java_script_enabled=False)
    plain.locator("main").get_by_role("link", name="العربية", exact=True).click()
    expect(plain).to_have_url(f"{served}ar/")


def test_what_is_chosen_for_a_booklet_has_an_address(visit, served):
    """The form leads there, and shows there what was chosen."""
    page = visit("en/step-2/booklet/")
    page.get_by_label("on a sheet").check()
    page.get_by_role("checkbox", name="teacher").check()
    press(page, "Show")

    expect(page).to_have_url(f"{served}en/step-2/booklet/answers-sheet/teacher-yes/")
    expect(page.get_by_label("on a sheet")).to_be_checked()
    page.get_by_label("left out").check()
    page.get_by_role("checkbox", name="teacher").uncheck()
    press(page, "Show")
    expect(page).to_have_url(f"{served}en/step-2/booklet/")


def test_a_choice_sent_before_its_script_has_come_leads_to_its_address(visit, served):
    """A press on a slow line; an address of the walkthrough's; what nobody offers is left out."""
    page = visit("en/step-2/booklet/?answers=sheet&teacher=yes")
    expect(page).to_have_url(f"{served}en/step-2/booklet/answers-sheet/teacher-yes/")
    page.goto(f"{served}en/step-2/booklet/answers-sheet/teacher-yes/?answers=none")
    expect(page).to_have_url(f"{served}en/step-2/booklet/")
    page.goto(f"{served}en/step-2/booklet/?answers=all&teacher=yes&from=mail")

    expect(page).to_have_url(f"{served}en/step-2/booklet/teacher-yes/")
    expect(page.get_by_role("checkbox", name="teacher")).to_be_checked()


def test_the_search_leads_to_the_passage_in_the_readers_language(visit, served):
    """From the field of any page; a switch of the language keeps what was looked for."""
    page = visit("en/step-3/code/")
    page.get_by_role("searchbox").fill("group_add")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{served}en/search/?q=group_add")
    expect(page.locator(".results mark").first).to_have_text("group_add")
    page.get_by_role("link", name="العربية", exact=True).click()

    expect(page).to_have_url(f"{served}ar/search/?q=group_add")
    page.locator(".results h2 a").first.click()
    page.wait_for_url(re.compile(f"{served}ar/.*#"))
    expect(page.locator(":target")).to_be_visible()
    page.goto(f"{served}en/search/?q=%3Cb%3Enowhere")
    expect(page.locator(".nothing")).to_have_text("Nothing was found for <b>nowhere.")


def test_the_site_is_read_without_a_network_after_the_first_visit(site, chromium):
    """All that was not visited yet, too: read, search, code; the server is gone."""
    context = chromium.new_context()
    with serving(site) as address:
        page = context.new_page()
        page.goto(f"{address}en/step-3/")
        expect(page.locator(KEPT)).to_be_attached()
    context.set_offline(True)
    for path in ["ar/step-5/", "both/step-4/code/chat/consumers.py/", "en/step-2", ""]:
        page.goto(f"{address}{path}")
        expect(page.locator("h1").first).to_be_attached()
    page.goto(f"{address}en/search/?q=group")

    expect(page.locator(".results li").first).to_be_visible()
    assert page.evaluate("fetch('../../tab/python.wasm').then(({ status }) => status)") == 200
    context.close()


def test_a_newer_build_is_there_at_the_next_visit(site, chromium, tmp_path):
    """The pages of a visit are of one build; what the older one had is kept no longer."""
    copy = tmp_path / UNDER / "site"
    shutil.copytree(site, copy, ignore=shutil.ignore_patterns("*.gz"))
    context = chromium.new_context()
    with serving(copy) as address:
        page = context.new_page()
        page.goto(f"{address}en/")
        expect(page.locator(KEPT)).to_be_attached()
        rebuild(copy)
        page.reload()
        assert "Another" not in page.locator("h1").text_content()
        expect(page.locator(KEPT)).to_be_attached()  # at work, the older worker makes no room
        page.evaluate(INSTALLED)
        page.close()
        page = context.new_page()
        page.goto(f"{address}en/")

        expect(page.locator("h1")).to_have_text("Another")
        expect(page.locator(KEPT)).to_be_attached()
        assert page.evaluate(COUNTED) == [1, 1]
    context.close()


INSTALLED = """async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    while (!registration.waiting) {
        await new Promise((resolve) => registration.installing.addEventListener("statechange", resolve, { once: true }));
    }
}"""
COUNTED = """async () => {
    const names = await caches.keys();
    const kept = await (await caches.open(names[0])).keys();
    return [names.length, kept.filter(({ url }) => url.includes("/site/en/?")).length];
}"""


def rebuild(site):
    page = site / "en" / "index.html"
    text = page.read_text("utf-8")
    page.write_text(re.sub("<h1>.*?</h1>", "<h1>Another</h1>", text), "utf-8")
    for name in ["worker.js", "404.html", ".nojekyll"]:
        (site / name).unlink()
    (site / "worker.js").write_text(offline.worker(site), "utf-8")


def test_over_plain_http_the_pages_are_read_all_the_same(visit):
    """There a browser offers no worker: nothing is kept, and nothing is complained of."""
    page = visit()
    page.context.add_init_script("delete Navigator.prototype.serviceWorker")
    page.goto(page.url)
    page.get_by_role("link", name="The first consumer").first.click()

    expect(page.get_by_role("heading", name="The first consumer").first).to_be_visible()
    assert page.context.complaints == []


@pytest.mark.parametrize("language", ["en", "ar", "both"])
def test_a_system_can_install_it_in_the_readers_language(visit, served, language):
    """The browser finds nothing wrong with the manifest, and what it names is there."""
    page = visit(f"{language}/step-1/")
    found = page.context.new_cdp_session(page).send("Page.getAppManifest")
    manifest = json.loads(found["data"])

    assert found["errors"] == []
    assert urljoin(found["url"], manifest["start_url"]) == f"{served}{language}/"
    assert urljoin(found["url"], manifest["scope"]) == served
    assert page.request.get(urljoin(found["url"], manifest["icons"][0]["src"])).ok
    assert page.context.complaints == []


def test_what_is_not_there_leads_to_the_contents(visit, served, site):
    """A host gives the same page at any address: it finds the site above it."""
    page = visit()
    page.context.route("**/no/such/page", lambda route: route.fulfill(path=Path(site, "404.html")))
    page.goto(f"{served}en/step-1/no/such/page")
    page.get_by_role("link", name="المحتويات").click()

    expect(page).to_have_url(f"{served}ar/")


@pytest.mark.parametrize(
    ("language", "words"), [("en", "cannot run Python"), ("ar", "لا يستطيع هذا المتصفح")]
)
@pytest.mark.parametrize("part", ["workbench", "check"])
def test_a_browser_without_webassembly_is_told_so(visit, served, language, words, part):
    """Whatever it is that Python needs there; the page is read all the same."""
    page = visit(reduced_motion="reduce")
    page.add_init_script("delete globalThis.WebAssembly")
    page.goto(f"{served}{language}/step-3/{part}/")

    expect(page.locator(".of-tab")).to_contain_text(words)
    expect_accessible(page)
    expect(page.locator(KEPT)).to_be_attached()


def test_an_interpreter_that_does_not_come_can_be_asked_for_again(visit):
    """This site has none: it is said, each press asks anew, and no editor takes what none saves."""
    page = visit("en/step-3/workbench/")
    expect(page.locator(".papers .text")).to_be_hidden()
    for _ in range(2):
        expect(page.locator(".of-tab")).to_contain_text("did not come into this tab whole")
        with page.expect_request("**/machine.js"):
            press(page, "Try again")
