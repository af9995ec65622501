"""The walkthrough's pages when they are opened again, in the same browser."""

from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest
from playwright.sync_api import expect

from tests.support.browsers import expect_accessible, expect_glimpse, press
from tests.support.servers import Walkthrough
from workbook.diff import changes
from workbook.steps import step

pytestmark = pytest.mark.pages

ABOUT_THE_BODY = {"content-type", "content-length", "date", "server"}


def headers_of(browser, url, **asked):
    """The answer's status and its headers, but for those that tell of its body."""
    try:
        answer = browser.open(Request(url, headers=asked))
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
    browser, url = build_opener(HTTPCookieProcessor()), walkthrough.page(path)
    browser.open(url).close()  # brings the cookie, whose end is told by the second it is given
    status, headers = headers_of(browser, url)
    again, same = headers_of(browser, url, **{"If-None-Match": headers["etag"]})

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
    verdict(page).locator(".links a").first.click()
    expect(page.locator(".note")).to_be_visible()
    page.go_back()
    expect(verdict(page)).to_have_text(said)
    expect(page.get_by_label("on every save")).to_be_checked()
    press(page, "Hint")
    expect(page.locator(".hints")).to_contain_text("Hint 1 of 3")
    begun.solution(step(3), *SOLUTION)
    expect(verdict(page)).to_contain_text("Step 3 passed.")


def test_the_results_of_a_desk_that_is_put_away_go_with_it(window, walkthrough, begun):
    """Begun again in the terminal: nothing of what lies there now was checked."""
    page = window(walkthrough.page("en/step-3/check/"))
    press(page, "Check now")
    expect_done(page)
    begun.make("step-3", "start")
    expect(verdict(page)).to_be_empty()
    expect(page.locator(".results li")).to_have_count(0)
    expect(page.get_by_role("button", name="Hint")).to_be_disabled()


def test_what_was_changed_since_is_said(window, walkthrough, begun):
    """Results of a desk that is another by now are shown, in either language, as what they are."""
    page = window(walkthrough.page("en/step-3/check/"))
    press(page, "Check now")
    expect_done(page)
    begun.solution(step(3), *SOLUTION)
    page.goto(walkthrough.page("ar/step-3/check/"))
    expect(page.locator(".status")).to_have_text("هذه نتائج ما قبل التغيير الأخير.")
    expect(verdict(page).locator("section").first).to_be_visible()


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


NO_CLIPBOARD = """
window.board = navigator.clipboard;
Object.defineProperty(navigator, "clipboard", { value: undefined });
"""
COPIED = "async (text) => (await window.board.readText()) === text"
FONT_SIZE = "element => parseFloat(getComputedStyle(element).fontSize)"


def test_code_is_copied_over_http(window, walkthrough):
    """A browser gives a page from the network no clipboard: the button copies all the same."""
    page = window("about:blank", permissions=["clipboard-read", "clipboard-write"])
    page.add_init_script(NO_CLIPBOARD)
    for _ in range(2):
        page.goto(walkthrough.page("en/step-4/code/chat/consumers.py"))
        page.locator(".source .copy").click()
        source = (step(4).path / "chat" / "consumers.py").read_text()
        page.wait_for_function(COPIED, arg=source)


def test_the_place_of_a_mistake_can_be_opened(window, walkthrough, begun):
    """The line is shown among its neighbours, and links open it in an editor of this machine."""
    begun.solution(step(3), *SOLUTION)
    consumers = begun.work / "chat" / "consumers.py"
    consumers.write_text(consumers.read_text().replace("def receive", "def recive"))
    page = window(walkthrough.page("en/step-3/check/"))
    press(page, "Check now")
    expect_done(page)
    line = page.locator(".excerpt mark")
    expect(line).to_contain_text("def recive")
    number = line.get_attribute("data-number")
    page.reload()
    links = verdict(page).locator(".editors a")
    addresses = [
        f"vscode://file{consumers}:{number}",
        f"pycharm://open?file={consumers}&line={number}",
    ]
    expect(links).to_have_count(2)
    assert [link.get_attribute("href") for link in links.all()] == addresses


def test_a_pass_looks_like_one(window, walkthrough, begun):
    """What lies beyond has a heading of its own and is nowhere red; the way on is a button."""
    begun.solution(step(3), *SOLUTION)
    (begun.work / "chat" / "messages.py").write_text(UNCHECKED)
    page = window(walkthrough.page("en/step-3/check/"))
    press(page, "Check now")
    expect(verdict(page)).to_contain_text("Step 3 passed.")
    expect_done(page)
    page.reload()
    extras = page.get_by_role("list", name="Beyond the documentation's code")
    expect(extras.get_by_role("listitem").filter(has_text="not yet")).to_have_count(1)
    expect(page.get_by_role("list", name="The checks").locator(".blamed")).to_have_count(0)
    expect(verdict(page).get_by_role("link", name="4 · ")).to_be_visible()
    expect_accessible(page)


UNCHECKED = """import json


class BadMessage(ValueError):
    pass


def parse_message(text_data):
    return json.loads(text_data)["message"]
"""


def test_after_the_last_step_comes_what_is_beyond(window, walkthrough):
    """Whoever has passed step 5 is led on."""
    classroom = walkthrough.classroom
    classroom.make("step-5", "start")
    classroom.solution(step(5), *[change.path for change in changes(step(4).path, step(5).path)])
    page = window(walkthrough.page("ar/step-5/check/"))
    page.locator(".now").click()
    expect_done(page)
    page.reload()
    verdict(page).locator(".passed .next + .links a").click()
    expect(page).to_have_url(walkthrough.page("ar/notes/beyond/"))


def test_the_last_hint_is_not_offered_again(window, walkthrough, begun):
    """After the third of three there is nothing to press; its code is as small as other code."""
    page = window(walkthrough.page("ar/step-3/check/"))
    page.locator(".now").click()
    expect_done(page)
    page.reload()
    button = page.locator("button.hint")
    for number in [1, 2, 3]:
        button.click()
        expect(page.locator(".hints")).to_contain_text(f"{number} من 3")
    expect(button).to_be_disabled()
    assert page.locator(".hints pre").first.evaluate(FONT_SIZE) < 16


def test_the_log_is_small_in_arabic_too(window, walkthrough):
    """The server's log has the size of code in either language."""
    sizes = [
        window(walkthrough.page(f"{language}/step-3/try/")).locator(".log").evaluate(FONT_SIZE)
        for language in ["en", "ar"]
    ]
    assert sizes[0] == sizes[1]


def test_the_language_switch_keeps_the_place(window, walkthrough):
    """By a click or by a key, the block that was read is where it was on the screen."""
    page = window(walkthrough.page("en/step-3/"))
    rows = page.locator(".note > .row")
    block, top = page.evaluate(FIRST_BLOCK)
    page.keyboard.press("a")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    page.wait_for_function(IS_AT, arg=[block, top])
    page.get_by_role("link", name="EN + ع", exact=True).evaluate("link => link.click()")
    expect(page).to_have_url(walkthrough.page("both/step-3/"))
    page.wait_for_function(IS_AT, arg=[block, top])
    assert rows.nth(block).is_visible()


FIRST_BLOCK = """async () => {
    await document.fonts.ready;
    scrollTo({ top: document.body.scrollHeight / 2, behavior: "instant" });
    const rows = [...document.querySelectorAll(".note > .row")];
    const head = document.querySelector("main").getBoundingClientRect().top + scrollY;
    const block = rows.findIndex((row) => row.getBoundingClientRect().bottom > head);
    return [block, rows[block].getBoundingClientRect().top];
}"""
IS_AT = """([block, top]) => {
    const row = document.querySelectorAll(".note > .row")[block];
    return row && Math.abs(row.getBoundingClientRect().top - top) < 2;
}"""


def test_the_end_of_a_note_leads_on(window, walkthrough):
    """To Try, to Check and to the next note; the bar at the top is in sight all the way."""
    page = window(walkthrough.page("en/step-4/"))
    page.reload()
    onward = page.get_by_role("navigation", name="From here on")
    onward.scroll_into_view_if_needed()
    expect(page.locator(".masthead")).to_be_in_viewport(ratio=1)
    expect(onward.get_by_role("link")).to_have_count(4)
    onward.get_by_role("link", name="Next: 5 · ").click()
    expect(page).to_have_url(walkthrough.page("en/step-5/"))
    page.get_by_role("navigation", name="From here on").get_by_role("link", name="Next: ").click()
    expect(page).to_have_url(walkthrough.page("en/notes/beyond/"))


def test_keys_of_one_letter_can_be_switched_off(window, walkthrough):
    """Letters and digits do nothing then, here and at the next visit; the arrows and Esc still do."""
    page = window(walkthrough.page("en/step-3/"))
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Letters, digits and signs are keys").uncheck()
    press(page, "Close")
    page.goto(walkthrough.page("en/step-4/"))
    for key in ["1", "2", "d", "a", "l"]:
        page.keyboard.press(key)
    expect(page).to_have_url(walkthrough.page("en/step-4/"))
    expect(page.locator("[data-projecting]")).to_have_count(0)
    press(page, "Present")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".stage [role=status]")).to_contain_text("2 / ")
    page.keyboard.press("Escape")
    expect(page.locator("[data-projecting]")).to_have_count(0)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page_has_a_title_of_its_own(language, window, walkthrough):
    """No two pages are called alike, and none begins with a sign."""
    page, titles = window("about:blank"), []
    for path in [
        "",
        "notes/glossary/",
        "notes/beyond/",
        "search/",
        "search/?q=group",
        "step-3/",
        "x/",
    ]:
        page.goto(walkthrough.page(f"{language}/{path}"))
        titles.append(page.title())

    assert len({*titles}) == len(titles)
    assert not [title for title in titles if title.startswith("·")]


def test_try_says_what_will_be_there(window, walkthrough):
    """Before a start, and without JavaScript, which leaves nothing to press."""
    page = window(walkthrough.page("ar/step-5/try/"))
    expect(page.get_by_text("تُفتح هنا نافذتان")).to_be_visible()
    page = window(walkthrough.page("en/step-5/try/"), java_script_enabled=False)
    expect(page.get_by_text("Two windows open here")).to_be_visible()
    for button in page.locator("section.try button").all():
        expect(button).to_be_disabled()


def test_the_chosen_part_is_told_apart_in_forced_colours(window, walkthrough):
    """Only the part that is read has a line below it."""
    page = window(walkthrough.page("en/step-3/"), forced_colors="active")
    colours = "links => links.map((link) => getComputedStyle(link).borderBlockEndColor)"
    chosen, *others = page.locator(".parts a").evaluate_all(colours)
    assert chosen not in others
