"""The walkthrough on a projector: its place, its sizes, and the ways in and out."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.browsers import expect_accessible, press

pytestmark = pytest.mark.pages

SCREEN = {"width": 1280, "height": 720}
FULL_HD = {"width": 1920, "height": 1080}


@pytest.fixture
def project(window, walkthrough):
    """Opens a page of the walkthrough, and puts it on the projector."""

    def open_page(path, screen=SCREEN):
        page = window(walkthrough.page(path), viewport=screen)
        page.keyboard.press("l")
        return page

    return open_page


def stage(page):
    return page.locator(".stage [role=status]")


def expect_stop(page, number):
    expect(stage(page)).to_contain_text(re.compile(rf"(?<!\d){number} / \d"))


def go_to(page, number):
    page.keyboard.press("o")
    page.get_by_label("Stop number").fill(str(number))
    page.keyboard.press("Enter")
    expect_stop(page, number)


def turn_to(page, key, address):
    """Goes by a key to another part, whose stage is there when it can be used."""
    page.keyboard.press(key)
    expect(page).to_have_url(re.compile(address))
    expect(page.locator("[data-projecting] .stage")).to_be_visible()


def shown(page):
    return page.locator(".shown").last


def test_the_projector_keeps_its_place(project, walkthrough):
    """After another part, the browser's Back and a reload, the page goes on at the same stop."""
    page = project("en/step-3/")
    go_to(page, 56)
    turn_to(page, "4", "/try/$")
    turn_to(page, "1", "/step-3/")
    expect_stop(page, 56)
    turn_to(page, "2", "/code/")
    page.go_back()
    expect_stop(page, 56)
    expect(page).to_have_url(walkthrough.page("en/step-3/#stop-56"))
    page.reload()
    expect_stop(page, 56)


def test_a_reload_shows_the_stop_and_not_where_the_page_was_scrolled_to(project):
    """The browser puts a page back only once it is read, when the stop stands there already."""
    page = project("en/step-3/")
    go_to(page, 14)
    page.evaluate("scrollTo({ top: document.body.scrollHeight, behavior: 'instant' })")
    expect(page.locator(".spoken")).not_to_be_in_viewport()
    page.reload()
    expect(page.locator(".spoken")).to_be_in_viewport(ratio=1)


def test_the_projector_keeps_its_place_in_the_other_language(project, walkthrough):
    """The same stop is shown in Arabic; its address alone leads there, too."""
    page = project("en/step-3/")
    go_to(page, 30)
    page.goto(walkthrough.page("ar/step-3/"))
    expect_stop(page, 30)
    page.keyboard.press("Escape")
    expect(page).to_have_url(walkthrough.page("ar/step-3/"))
    page.goto(walkthrough.page("en/step-3/"))
    page.goto(walkthrough.page("en/step-3/#stop-12"))
    page.reload()
    expect_stop(page, 12)


def test_a_heading_is_chosen_from_the_overview(project):
    """Home and End lead to the ends; the overview lists the headings, and leads to each."""
    page = project("en/step-3/")
    page.keyboard.press("End")
    count = int(stage(page).text_content().rpartition("/ ")[2])
    expect_stop(page, count)
    page.keyboard.press("Home")
    expect_stop(page, 1)
    press(page, "Overview")
    entries = page.get_by_role("dialog", name="Overview").get_by_role("listitem")
    expect_accessible(page)
    page.set_viewport_size(SCREEN)
    words = entries.nth(4).text_content().partition(" ")[2]
    entries.nth(4).get_by_role("button").click()
    expect(stage(page)).to_contain_text(words)


@pytest.mark.parametrize("screen", [SCREEN, FULL_HD], ids=["720p", "1080p"])
def test_code_and_diagrams_fill_the_screen(screen, project):
    """No column stays blank beside the code, and a diagram is as large as the screen allows."""
    page = project("en/step-3/code/chat/consumers.py", screen)
    box = page.locator(".source").bounding_box()
    assert box["x"] < screen["width"] / 8
    assert page.locator(".source pre").evaluate("pre => pre.scrollWidth <= pre.clientWidth")

    page = project("en/step-3/", screen)
    page.keyboard.press("o")
    drawn = page.locator(".note .row:has(.diagram)").first
    page.keyboard.press("Escape")
    while not drawn.evaluate("row => row.classList.contains('shown')"):
        page.keyboard.press("n")
    drawing = drawn.locator("svg").bounding_box()
    assert drawing["height"] > screen["height"] * 0.6 or drawing["width"] > screen["width"] * 0.7


def test_the_size_is_the_screens_and_the_readers(project):
    """Type grows with the screen, and with a key; the next page has it as large."""
    size = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
    page = project("en/step-3/", FULL_HD)
    full = page.evaluate(size)
    page.set_viewport_size(SCREEN)
    usual = page.evaluate(size)
    assert full > 1.4 * usual
    page.keyboard.press("+")
    page.keyboard.press("+")
    larger = page.evaluate(size)
    assert larger > 1.1 * usual
    turn_to(page, "3", "/changes/")
    assert page.evaluate(size) == larger
    press(page, "Smaller")
    assert page.evaluate(size) < larger


def test_a_hunk_names_its_file(project):
    """Each hunk says which file it is of, and a new file has no empty half beside it."""
    page = project("en/step-3/changes/?view=split")
    names = page.locator(".patch h2").all_text_contents()
    expect(shown(page).locator(".of")).to_be_visible()
    assert shown(page).locator(".of").text_content() in " ".join(names)
    expect(page.locator(".whole .before").first).to_be_hidden()


def test_another_file_is_chosen_on_the_projector(project):
    page = project("en/step-3/code/chat/consumers.py")
    page.keyboard.press("o")
    page.get_by_role("dialog").get_by_role("link", name="chat/routing.py").click()
    expect(page.locator(".source figcaption")).to_have_text("chat/routing.py")
    expect(page.locator(".source")).to_be_visible()


def test_the_wheel_moves_by_stops(project):
    """A turn of the mouse's wheel never leaves the screen blank."""
    page = project("en/step-3/")
    page.mouse.move(600, 300)
    for number in [2, 3]:
        page.mouse.wheel(0, 100)
        expect_stop(page, number)
    page.mouse.wheel(0, -100)
    expect_stop(page, 2)
    expect(shown(page)).to_be_in_viewport(ratio=1)


def test_the_mouse_leads_onto_the_projector_and_out_of_it(window, walkthrough):
    """Without a key: on by a button, on and back by others, and out while a chat has the keys."""
    page = window(walkthrough.page("ar/step-3/try/"), viewport=SCREEN)
    press(page, "اعرض للصف")
    press(page, "شغّل هذه الخطوة")
    chat = page.frame_locator("iframe >> nth=0")
    expect(chat.get_by_role("status")).to_have_text("Connected.")
    chat.locator("#chat-message-input").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".masthead")).to_be_hidden()
    expect(page.locator(".log")).to_be_in_viewport(ratio=1)
    expect_accessible(page)
    press(page, "أنهِ العرض")
    expect(page.locator(".masthead")).to_be_visible()


def test_the_stages_buttons_lead_through_a_note(project):
    """A touch screen has no keys: the buttons go forward and back."""
    page = project("ar/step-4/")
    press(page, "إلى الأمام عند العرض")
    expect_stop(page, 2)
    press(page, "إلى الوراء عند العرض")
    expect_stop(page, 1)


@pytest.mark.parametrize("step", [2, 3, 4, 5])
def test_the_short_way_has_what_is_seen_or_asked(project, step):
    """About 25 stops instead of some 150: listings, tables, diagrams and questions."""
    page = project(f"en/step-{step}/")
    whole = int(stage(page).inner_text().split("/")[-1])
    press(page, "Short way")
    expect(page.get_by_role("button", name="Short way")).to_have_attribute("aria-pressed", "true")
    short = int(stage(page).inner_text().split("/")[-1])
    assert 15 <= short <= 40 < 100 < whole
    page.keyboard.press("ArrowRight")
    assert shown(page).locator("pre, table, svg, img, details").count()


def test_what_is_for_the_teacher_is_never_on_the_wall(project):
    """Neither its heading nor its plan has a stop."""
    page = project("en/step-3/")
    page.keyboard.press("o")
    expect(page.locator(".overview")).to_contain_text("Check yourself")
    expect(page.locator(".overview")).not_to_contain_text("For the teacher")


LIT_OF_ALL_STOPS = """() => {
    const place = () => document.querySelector(".stage [role=status] > :last-child").textContent.split(" / ");
    const forward = { code: "KeyN", key: "n", bubbles: true };
    const seen = {};
    do {
        const lit = [...document.querySelectorAll(".line.lit")].map((line) => line.textContent.trim());
        seen[place()[0]] = lit.join("\\n");
        document.body.dispatchEvent(new KeyboardEvent("keydown", forward));
    } while (place()[0] !== place()[1]);
    return Object.values(seen);
}"""


def lit(page):
    return [line.strip() for line in page.locator(".lit").all_text_contents()]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "receive is called"), ("ar", "الدالة receive")]
)
def test_a_sentence_stands_beside_the_code_that_it_explains(project, language, words):
    """Side by side, large, the line lit that it begins with; also when the page is opened again."""
    page = project(f"{language}/step-3/")
    page.goto(f"{page.url.partition('#')[0]}#stop-58")
    page.reload()
    expect(shown(page)).to_contain_text(words)
    assert not overlap(page.locator(".beside").bounding_box(), shown(page).bounding_box())
    assert lit(page) == ["def receive(self, text_data):"]
    expect(page.locator(".lit")).to_be_in_viewport(ratio=1)
    assert (
        page.locator(".beside pre").evaluate("pre => parseFloat(getComputedStyle(pre).fontSize)")
        >= 20
    )
    expect_accessible(page)


def overlap(one, other):
    return all(
        one[start] < other[start] + other[length] and other[start] < one[start] + one[length]
        for start, length in [("x", "width"), ("y", "height")]
    )


def test_the_lit_line_of_a_long_listing_is_in_sight(project):
    """The listing is higher than the screen: it stays, turned to the line that is spoken of."""
    page = project("en/step-3/")
    go_to(page, 125)
    expect(shown(page)).to_contain_text("return gives the message back")
    expect(page.locator(".lit")).to_be_in_viewport(ratio=1)
    page.keyboard.press("p")
    assert lit(page) == ["if len(message) > MAX_LENGTH:"]


def test_code_is_gone_through_before_its_sentences_come(project):
    """A listing that is higher than the screen is turned with the key that leads forward."""
    page = project("en/step-3/")
    go_to(page, 115)
    while "MAX_LENGTH is the limit" not in shown(page).inner_text():
        last = page.locator(".beside .line").last.bounding_box()
        page.keyboard.press("n")
    assert last["y"] < SCREEN["height"]


@pytest.mark.gate
@pytest.mark.parametrize("step", [3, 4])
def test_both_languages_light_the_same_lines(project, step):
    """Many sentences begin with code; in Arabic it stands behind a word for what it is."""
    english, arabic = (
        project(f"{each}/step-{step}/").evaluate(LIT_OF_ALL_STOPS) for each in ["en", "ar"]
    )
    pairs = [pair for pair in zip(english, arabic, strict=False) if any(pair)]
    assert len(pairs) > 20
    assert sum(one == other for one, other in pairs) >= 0.9 * len(pairs)


def test_a_narrow_screen_has_no_columns(project):
    page = project("en/step-3/", {"width": 1000, "height": 700})
    go_to(page, 58)
    expect(page.locator(".beside, .lit")).to_have_count(0)
    page.set_viewport_size(SCREEN)
    expect(page.locator(".beside")).to_be_visible()


def test_nothing_stays_beside_when_the_projector_is_left(project):
    """The note is as it was, and so is what is copied of a listing."""
    page = project("en/step-3/")
    listing = page.locator(".row.fence code").filter(has_text="websocket_urlpatterns = [").first
    before = listing.text_content()
    go_to(page, 34)
    expect(page.locator(".lit")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(".beside, .spoken, .lit, [data-beside]")).to_have_count(0)
    assert listing.text_content() == before


@pytest.mark.parametrize(
    ("page", "stop", "lit"),
    [
        ("en/step-3/", 14, ["AllowedHostsOriginValidator"]),
        ("ar/step-3/", 14, ["AllowedHostsOriginValidator"]),
        ("en/step-5/", 66, ["Daphne", "websocket.receive"]),
        ("ar/step-5/", 66, ["Daphne", "websocket.receive"]),
    ],
)
def test_a_drawing_stays_while_its_sentences_pass(project, page, stop, lit):
    """Beside them, or above them where it is flat; what the sentence names is lit."""
    page = project(page)
    page.goto(f"{page.url.partition('#')[0]}#stop-{stop}")
    page.reload()
    expect(page.locator("svg text.lit")).to_have_text(lit)
    drawing, sentence = page.locator(".beside .diagram"), page.locator(".spoken")
    expect(drawing).to_be_in_viewport(ratio=1)
    expect(sentence).to_be_in_viewport(ratio=1)
    assert not overlap(drawing.bounding_box(), sentence.bounding_box())


def test_a_long_sentence_below_a_drawing_is_gone_through(project):
    """In large type it is higher than what the drawing leaves: forward leads to its end first."""
    page = project("en/step-5/")
    go_to(page, 68)
    for _ in range(6):
        page.keyboard.press("+")
    end = page.locator(".spoken").evaluate_handle("(sentence) => sentence")
    bottom = "(sentence) => sentence.getBoundingClientRect().bottom"
    assert end.evaluate(bottom) > SCREEN["height"]
    while end.evaluate(bottom) > SCREEN["height"]:
        page.keyboard.press("n")
        expect_stop(page, 68)
    expect(page.locator(".beside .diagram")).to_be_in_viewport(ratio=1)


@pytest.fixture
def bench(project, walkthrough):
    """The workbench of step 3, begun anew, on the projector."""
    walkthrough.classroom.make("step-3", "start")
    walkthrough.stop("step-3")
    page = project("en/step-3/workbench/")
    expect(editor(page)).to_contain_text("ProtocolTypeRouter")
    return page


def editor(page):
    return page.locator(".text .cm-content")


def size(locator):
    """How high its type is on the screen; a window of the chat is enlarged as a whole."""
    return locator.evaluate("(element) => parseFloat(getComputedStyle(element).fontSize)")


LEAST = 20  # pixels, to be read from the last row at 1280 x 720


def test_a_key_lets_a_part_of_the_workbench_fill_the_screen(bench):
    """The editor, the chat and the wire, each large enough for the last row."""
    bench.keyboard.press("e")
    expect(editor(bench)).to_be_visible()
    expect(bench.locator(".note-pane")).to_be_hidden()
    assert bench.locator(".text").bounding_box()["width"] > 0.9 * SCREEN["width"]
    assert size(editor(bench)) >= LEAST

    bench.keyboard.press("h")
    press(bench, "Run this step")
    chat = bench.frame_locator("iframe >> nth=0")
    expect(chat.get_by_role("status")).to_have_text("Connected.")
    zoom = bench.locator("iframe").first.evaluate(
        "(frame) => parseFloat(getComputedStyle(frame).zoom)"
    )
    chat.locator("#chat-message-input").fill("hello")
    assert zoom * size(chat.locator("#chat-log")) >= LEAST
    assert bench.locator("iframe").first.bounding_box()["height"] > 0.6 * SCREEN["height"]
    chat.locator("#chat-message-input").press("Enter")

    bench.get_by_role("group", name="Fills the screen").get_by_role("button", name="Chat").focus()
    bench.keyboard.press("w")
    record = bench.locator(".records li").filter(has_text="hello").last
    expect(record).to_be_in_viewport()
    expect(bench.locator(".windows")).to_be_hidden()
    assert size(record.locator("code").first) >= LEAST
    assert size(bench.locator(".lanes")) >= LEAST
    assert bench.locator(".records").bounding_box()["height"] > 0.75 * SCREEN["height"]
    expect_accessible(bench)


def test_parts_stand_beside_each_other_and_are_there_again(bench):
    """By Shift and a key, or by the buttons; one is always left, also on the second visit."""
    shown = bench.get_by_role("group", name="Fills the screen").locator("[aria-pressed=true]")
    expect(shown).to_have_text(["Note", "Code"])
    bench.keyboard.press("w")
    bench.keyboard.press("Shift+H")
    expect(shown).to_have_text(["Chat", "The wire"])
    press(bench, "Chat")
    press(bench, "The wire")
    expect(shown).to_have_text(["The wire"])
    press(bench, "Code")
    bench.reload()
    expect(shown).to_have_text(["Code", "The wire"])
    expect(editor(bench)).to_contain_text("ProtocolTypeRouter")
    expect_accessible(bench)


def test_the_editor_keeps_its_letters_and_escape_leads_out(bench):
    """What is typed is text; the first Escape gives the keys back, and the second ends."""
    editor(bench).click()
    bench.keyboard.press("Control+End")
    bench.keyboard.type("# new")
    expect(editor(bench)).to_contain_text("# new")
    expect(editor(bench)).to_be_visible()
    bench.keyboard.press("Escape")
    bench.keyboard.press("n")
    expect(editor(bench)).to_be_hidden()
    expect(bench.locator(".note-pane")).to_be_visible()
    bench.keyboard.press("Escape")
    expect(bench.locator(".stage")).to_be_hidden()
    expect(editor(bench)).to_be_visible()


def test_the_workbench_never_shows_what_is_for_the_teacher(bench):
    """Its note has the section, which the projector leaves out."""
    section = bench.locator(".note-pane .of-teacher").first
    expect(section).to_be_hidden()
    bench.keyboard.press("l")
    expect(section).to_be_visible()
