"""The walkthrough as its readers use it, in a real Chromium."""

import re
from html import unescape
from urllib.error import HTTPError
from urllib.parse import unquote, urldefrag, urljoin
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import expect

from tests.support.browsers import NARROW, expect_accessible
from tests.support.projects import Classroom
from tests.support.servers import Walkthrough, states
from workbook.diff import changes
from workbook.notes import opening
from workbook.steps import all_steps, step

ECHO_CONSUMER, CHANNEL_LAYER, ASYNC = step(3), step(4), step(5)
READING = [
    "",
    "step-3/",
    "step-3/booklet/",
    "step-4/code/chat/templates/chat/room.html",
    "step-1/changes/",
    "step-5/changes/?view=split",
    "notes/glossary/",
    "search/?q=group",
]


COPIED = "async (text) => (await navigator.clipboard.readText()) === text"
PAIRS = """() => [...document.querySelectorAll(".row")].filter((row) => row.children.length === 2).map((row) => {
    const [left, right] = [...row.children].map((side) => side.getBoundingClientRect());
    return [[...row.children].map((side) => side.lang), left.right <= right.left, left.top === right.top];
})"""


@pytest.fixture(scope="module")
def classroom(tmp_path_factory):
    """A learner's checkout, with step 5 on the desk."""
    classroom = Classroom(tmp_path_factory.mktemp("walkthrough"))
    assert classroom.make("step-5", "start").returncode == 0
    return classroom


@pytest.fixture(scope="module")
def walkthrough(classroom):
    with Walkthrough(classroom.path) as walkthrough:
        yield walkthrough


@pytest.fixture
def visit(window, walkthrough):
    """Opens a page; in the end nothing was asked of another machine, and nothing was refused."""
    strangers, complaints = [], []

    def open_page(path="", **options):
        page = window("about:blank", **options)
        page.on("request", lambda request: strangers.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(walkthrough.page(path))
        return page

    yield open_page
    assert [url for url in strangers if not url.startswith(walkthrough.page())] == []
    assert complaints == []


def test_the_entrance_leads_to_the_browsers_language_and_then_to_the_readers(visit, walkthrough):
    """A first visit goes by the browser, the next by what was read last."""
    page = visit(locale="ar")
    expect(page).to_have_url(walkthrough.page("ar/"))
    page.get_by_role("link", name="English", exact=True).click()
    expect(page).to_have_url(walkthrough.page("en/"))
    page.goto(walkthrough.page())
    expect(page).to_have_url(walkthrough.page("en/"))


def test_the_contents_show_every_step_and_where_to_go_on(visit):
    """Titles in the reader's language, and a way to the step on the desk."""
    page = visit("ar/")
    titles = [opening(step, "ar")[0] for step in all_steps()]
    expect(page.locator(".cards h2")).to_have_text(titles)
    page.locator(".current .go").click()
    expect(page.locator("h1")).to_have_text(opening(ASYNC, "ar")[0])


def test_the_contents_name_a_page_as_it_names_itself(visit):
    """The words of a link to a page beside the steps are that page's heading, in Arabic too."""
    page = visit("ar/")
    for words in page.locator(".pages a").all_text_contents():
        page.get_by_role("link", name=words, exact=True).click()
        expect(page.locator("h1")).to_have_text(words)
        page.go_back()


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_a_note_is_read_in_its_own_direction(language, direction, visit):
    page = visit(f"{language}/step-3/")
    expect(page.locator("html")).to_have_attribute("dir", direction)
    expect(page.locator("h1")).to_have_text(opening(ECHO_CONSUMER, language)[0])
    assert (
        page.locator("h1").evaluate("heading => getComputedStyle(heading).direction") == direction
    )
    for code in ["pre", ":not(pre) > code"]:
        look = "code => [getComputedStyle(code).direction, getComputedStyle(code).unicodeBidi]"
        assert page.locator(f"main {code}").first.evaluate(look) == ["ltr", "isolate"]


def test_both_languages_stand_side_by_side_and_a_listing_once(visit):
    """English beside its Arabic, at one height; what is the same in both is there but once."""
    page = visit("both/step-3/")
    pairs = page.evaluate(PAIRS)
    assert len(pairs) > 5
    assert all(languages == ["en", "ar"] and beside and level for languages, beside, level in pairs)
    listings = page.locator(".listing").count()
    page.get_by_role("link", name="English", exact=True).click()
    expect(page.locator(".listing")).to_have_count(listings)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "handshake"), ("ar", "المصافحة · handshake"), ("both", "handshake")],
)
def test_a_term_has_one_place_in_every_language(language, words, visit):
    """A link to it leads there, whether the terms are read in English, in Arabic or in both."""
    page = visit(f"{language}/notes/glossary/#handshake")
    expect(page.locator("#handshake")).to_have_text(words)
    expect(page.locator("h3#handshake")).to_be_in_viewport()


def test_the_language_switch_stays_on_the_page(visit, walkthrough):
    """The same part of the same step, with the same view."""
    page = visit("en/step-4/changes/?view=split")
    page.get_by_role("link", name="العربية", exact=True).click()
    expect(page).to_have_url(walkthrough.page("ar/step-4/changes/?view=split"))


def test_every_link_leads_somewhere(walkthrough):
    """All that can be reached from the contents answers, and has the place that the link names."""
    pages, queue, wanted = {}, [walkthrough.page("en/"), walkthrough.page("ar/")], set()
    while queue:
        url = queue.pop()
        if url not in pages:
            pages[url] = unescape(urlopen(url).read().decode())
            for link in re.findall(r'<a [^>]*href="([^"]*)"', pages[url]):
                target, place = urldefrag(urljoin(url, link))
                if target.startswith(walkthrough.page()) and "/both/" not in target:
                    queue.append(target)
                    wanted.add((target, unquote(place)))

    assert len(pages) > 100
    places = {
        (url, place)
        for url, page in pages.items()
        for place in ["", *re.findall(r'id="([^"]*)"', page)]
    }
    assert wanted - places == set()


@pytest.mark.parametrize("language", ["en", "ar", "both"])
def test_a_command_of_a_note_leads_to_the_part_that_does_it(language, visit, walkthrough):
    """In the text and in a terminal's listing, in the language that is read."""
    page = visit(f"{language}/step-3/")
    for command, address in [
        ("make check", "step-3/check/"),
        ("make step-2 run PORT=8002", "step-2/try/"),
        ("make step-3 start", "step-3/check/"),
    ]:
        link = page.locator("main").get_by_role("link", name=command, exact=True).first
        link.click()
        expect(page).to_have_url(walkthrough.page(f"{language}/{address}"))
        page.go_back()
    expect(page.locator("main a a")).to_have_count(0)


def test_a_headings_link_is_copied(visit, walkthrough):
    """A click on the mark beside a heading copies its address."""
    page = visit("en/step-3/", permissions=["clipboard-read", "clipboard-write"])
    page.locator(".anchor").first.click()
    expect(page).to_have_url(re.compile(re.escape(walkthrough.page("en/step-3/#")) + "."))
    page.wait_for_function(COPIED, arg=page.url)


def test_a_file_is_shown_and_copied_to_the_letter(visit):
    """What the page shows and what the button copies is the file."""
    page = visit(
        "ar/step-4/code/chat/consumers.py", permissions=["clipboard-read", "clipboard-write"]
    )
    source = (CHANNEL_LAYER.path / "chat" / "consumers.py").read_text()
    assert page.locator(".source code").text_content() == source
    page.locator(".source .copy").click()
    page.wait_for_function(COPIED, arg=source)


def test_the_files_that_the_step_changes_are_marked(visit):
    page = visit("en/step-4/code/")
    marked = page.locator(".files li:has(.mark)")
    names = ["consumers.py changed", "groups.py new", "settings.py changed"]
    suite = ["conftest.py changed", "test_channel_layer.py new"]
    expect(marked.filter(visible=True)).to_have_text(names)
    page.locator(".files summary").click()
    expect(marked).to_contain_text([*names, *suite])


def test_a_range_of_lines_has_an_address(visit, walkthrough):
    """A click and a second one with Shift make the address, and the address shows the lines again."""
    page = visit("en/step-4/code/chat/consumers.py")
    page.locator("#L3 a").click()
    page.locator("#L7 a").click(modifiers=["Shift"])
    expect(page).to_have_url(walkthrough.page("en/step-4/code/chat/consumers.py#L3-L7"))
    page.reload()
    expect(page.locator(".chosen")).to_have_count(5)
    expect(page.locator(".chosen").first).to_have_id("L3")


@pytest.mark.parametrize("view", ["unified", "split"])
def test_the_changes_are_the_lesson(view, visit):
    """What goes and what comes, of every file of the lesson, line by line."""
    page = visit(f"en/step-5/changes/?view={view}")
    lesson = [change for change in changes(CHANNEL_LAYER.path, ASYNC.path) if change.is_lesson]
    lines = [line for change in lesson for line in change.lines]
    for sign, element in [("-", "del"), ("+", "ins")]:
        assert page.locator(f"{element}.line").all_text_contents() == [
            line[1:] for line in lines if line[0] == sign
        ]
    expect(page.locator("ins mark").first).to_have_text("AsyncWebsocketConsumer")


def test_what_is_left_to_do_shrinks_as_the_learner_writes(visit, classroom):
    """The desk against its step; another step's page does not ask for it."""
    page = visit("en/step-5/changes/")
    page.get_by_role("link", name="Left to do").click()
    expect(page.locator(".summary").first).to_contain_text("chat/consumers.py")
    before = (classroom.work / "chat" / "consumers.py").read_bytes()
    classroom.solution(ASYNC, "chat/consumers.py")
    page.reload()
    expect(page.locator(".patch")).to_have_count(0)
    (classroom.work / "chat" / "consumers.py").write_bytes(before)
    page.locator(".steps a").first.click()
    expect(page.get_by_role("link", name="Left to do")).to_have_count(0)


def test_search_finds_a_word_however_it_is_spelt(visit):
    """Without hamza, with a final ه and with marks; the result leads to its heading."""
    page = visit("ar/")
    page.keyboard.press("/")
    page.keyboard.type("المجموعه")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("q="))
    expect(page.locator(".results mark").first).to_have_text("المجموعة")
    found = page.locator(".results li").all_text_contents()
    page.locator("[name=q]").fill("المَجـمُوعَة")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("%D9%8E"))
    assert page.locator(".results li").all_text_contents() == found

    heading = page.locator(".results h2").first.text_content()
    page.locator(".results h2 a").first.click()
    expect(page.locator(":target")).to_have_text(heading)


@pytest.mark.parametrize(
    ("language", "forward", "back"),
    [("en", "ArrowRight", "ArrowLeft"), ("ar", "ArrowLeft", "ArrowRight")],
)
def test_the_projector_shows_one_thing_at_a_time(language, forward, back, visit):
    """Arrows follow the reading direction; what is shown is on the screen, and nothing else is."""
    page = visit(f"{language}/step-3/", viewport={"width": 1280, "height": 720})
    stage = page.get_by_role("status")
    page.keyboard.press("l")
    for key, place in [
        (forward, 2),
        (forward, 3),
        (back, 2),
        ("PageDown", 3),
        ("n", 4),
        ("p", 3),
        ("PageUp", 2),
    ]:
        page.keyboard.press(key)
        expect(stage).to_contain_text(f"{place} /")
    expect(page.locator(".shown").last).to_be_in_viewport(ratio=1)
    visible = "[...document.querySelectorAll('.row')].filter(row => getComputedStyle(row).visibility === 'visible').length"
    assert page.evaluate(visible) == page.locator(".row.shown").count()
    page.keyboard.press("Escape")
    expect(stage).to_have_count(0)
    expect(page.locator(".masthead")).to_be_visible()


def test_the_projector_goes_through_the_hunks(visit):
    page = visit("ar/step-4/changes/", viewport={"width": 1280, "height": 720})
    page.keyboard.press("l")
    shown = page.locator(".hunk.shown")
    expect(shown).to_have_count(1)
    first = shown.text_content()
    for _ in range(3):  # the first is higher than the screen
        page.keyboard.press("PageDown")
    expect(shown).to_have_count(1)
    expect(shown).not_to_have_text(first)


def test_a_printed_note_is_a_handout(visit):
    """No bars, buttons or marks on paper, nothing for the teacher, and dark is for screens."""
    page = visit("en/step-3/", color_scheme="dark")
    page.emulate_media(media="print")
    for part in [".masthead", ".place", ".outline", ".anchor", ".copy", ".of-teacher"]:
        expect(page.locator(part).first).to_be_hidden()
    expect(page.locator(".note")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(34, 38, 42)"


def test_the_theme_is_kept(visit, walkthrough):
    """What was chosen holds on the next page, against the system's wish."""
    page = visit("en/", color_scheme="light")
    page.get_by_role("button", name="Dark").click()
    page.goto(walkthrough.page("ar/step-3/"))
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 24, 27)"


def test_all_can_be_read_without_javascript(visit):
    """Notes, code, changes and the search; what needs a script is not offered."""
    page = visit("en/step-3/", java_script_enabled=False)
    expect(page.locator(".theme")).to_be_hidden()
    page.get_by_role("link", name="Changes").click()
    page.get_by_role("link", name="Side by side").click()
    expect(page.locator("ins.line").first).to_be_visible()
    page.get_by_role("link", name="Code", exact=True).click()
    page.locator(".files").get_by_role("link", name="routing.py").click()
    expect(page.locator(".source")).to_contain_text("websocket_urlpatterns")
    page.locator("[name=q]").fill("consumer")
    page.locator("[name=q]").press("Enter")
    expect(page.locator(".results mark").first).to_be_visible()


@pytest.mark.pages
@pytest.mark.parametrize("path", READING)
def test_the_pages_are_accessible(path, visit, walkthrough):
    """axe finds nothing wrong, and nothing is wider than a telephone."""
    page = visit(f"both/{path}", viewport={"width": NARROW, "height": 720})
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW
    for language, scheme in [("en", "light"), ("ar", "dark")]:
        page.goto(walkthrough.page(f"{language}/{path}"))
        expect_accessible(page, schemes=[scheme])


def status(url, **headers):
    try:
        with urlopen(Request(url, headers=headers)) as answer:
            return answer.status
    except HTTPError as error:
        with error:
            return error.code


@pytest.mark.parametrize(
    "path",
    [
        "en/step-3/code/../../../../pyproject.toml",
        "en/step-3/code/%2e%2e/%2e%2e/pyproject.toml",
        "en/step-3/code/..%2f04_channel_layer/manage.py",
        "en/step-3/code//etc/passwd",
        "en/step-3/code/chat/__pycache__/",
        "en/notes/..%2f..%2fREADME/",
        "static/..%2fsettings.py",
        "en/step-9/",
        "fr/",
    ],
)
def test_nothing_but_the_workbook_can_be_read(path, walkthrough):
    """What is looked up is looked up among the files of the step, and never joined to a folder."""
    assert status(walkthrough.page(path)) == 404


def test_another_host_name_is_refused(walkthrough):
    """So that no stranger's name can be pointed at this machine."""
    assert status(walkthrough.page("en/"), Host="example.com") == 400
    assert status(walkthrough.page("en/"), Host=f"localhost:{walkthrough.port}") == 200


@pytest.mark.parametrize("hosts", ["*", "chat.example"])
def test_the_walkthrough_has_its_own_list_of_hosts(hosts):
    """What the environment has for another project neither opens it to strangers nor closes it."""
    with Walkthrough(ALLOWED_HOSTS=hosts) as walkthrough:
        assert status(walkthrough.page("en/"), Host="chat.example") == 400
        assert status(walkthrough.page("en/")) == 200
        with walkthrough.socket("en/step-4/try/") as page:
            page.send("snapshot")
            assert "running" in states(page)


def test_a_page_may_load_only_what_is_the_walkthroughs(walkthrough):
    headers = urlopen(walkthrough.page("en/step-3/")).headers

    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_a_busy_port_is_named_with_a_free_one(classroom, walkthrough):
    """The error is a line, and the next one a command that works."""
    done = classroom.make("walkthrough", f"PORT={walkthrough.port}")

    assert done.returncode == 2
    assert f"Port {walkthrough.port} is busy." in done.stderr
    assert re.search(r"make walkthrough PORT=\d+", done.stderr)
