"""The notes on one page for print, as the walkthrough serves them."""

import re
from html import unescape
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from tests.support.servers import Walkthrough
from workbook.notes import TEACHER, beside_the_steps, note_path, page
from workbook.steps import ROOT, all_steps, step

LANGUAGES = ["en", "ar"]
ECHO_CONSUMER = step(3)
QUESTION = re.compile(r"<summary>(.*?)</summary>(.*?)</details>", re.S)
PAGE_RULES = """() => {
    const [printed] = [...document.styleSheets].filter((sheet) => sheet.href.endsWith("print.css"));
    const pages = [...printed.cssRules[0].cssRules].filter((rule) => rule instanceof CSSPageRule);
    return pages.map((rule) => rule.cssText).join();
}"""
BOOKLETS = ["booklet/", "step-3/booklet/"]


@pytest.fixture(scope="module")
def walkthrough():
    with Walkthrough() as walkthrough:
        yield walkthrough


@pytest.fixture
def markup(walkthrough):
    """Asks for a page and gives what is in its main part."""

    def ask(path):
        served = urlopen(walkthrough.page(path)).read().decode()
        return served.partition("<main")[2].partition("</main>")[0]

    return ask


def words(html):
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def questions(booklet, language):
    """What its notes ask, and of each answer the longest piece that has no markup in it."""
    steps = [ECHO_CONSUMER] if "step" in booklet else all_steps()
    for each in steps:
        source = (ROOT / note_path(each, language)).read_text("utf-8")
        for question, answer in QUESTION.findall(source):
            yield question, max(re.split(r"[`*\[\]()\n]", answer), key=len).strip()


def ids(html):
    return [unescape(place) for place in re.findall(r' id="([^"]*)"', html)]


def targets(html):
    return [unescape(place) for place in re.findall(r'href="#([^"]*)"', html)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("booklet", BOOKLETS)
def test_a_handout_has_the_questions_and_neither_answers_nor_the_teachers_section(
    booklet, language, markup
):
    """What a learner is to find out, and what only a teacher needs, is not in it."""
    text = words(markup(f"{language}/{booklet}"))
    asked = list(questions(booklet, language))

    assert len(asked) >= 5
    assert [question for question, _ in asked if question not in text] == []
    assert [answer for _, answer in asked if answer in text] == []
    assert f" {TEACHER[language]} " not in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("booklet", BOOKLETS)
def test_the_answers_stand_below_their_questions_or_on_a_sheet(booklet, language, markup):
    """Each is there once; the sheet comes after the notes, with each question once more."""
    below = words(markup(f"{language}/{booklet}?answers=below"))
    notes, _, sheet = markup(f"{language}/{booklet}?answers=sheet").partition('id="answers"')

    for question, answer in questions(booklet, language):
        assert below.count(question) == words(sheet).count(question) == 1
        assert answer in below and answer in words(sheet) and answer not in words(notes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sections_for_the_teacher_are_there_when_asked_for(language, markup):
    """Every step has one, and the contents name it."""
    text = markup(f"{language}/booklet/?teacher=yes")

    assert len(re.findall(f"<h2 [^>]*>{TEACHER[language]}</h2>", text)) == len(all_steps())
    assert text.count(f">{TEACHER[language]}</a>") == len(all_steps())


@pytest.mark.parametrize("options", ["", "?answers=sheet&teacher=yes"])
@pytest.mark.parametrize("language", [*LANGUAGES, "both"])
@pytest.mark.parametrize("booklet", BOOKLETS)
def test_the_contents_lead_to_every_heading(booklet, language, options, markup):
    """And no link within the booklet leads to a place that is not there, or is there twice."""
    contents, _, notes = markup(f"{language}/{booklet}{options}").partition("</nav>")
    places, listed, linked = ids(notes), targets(contents), targets(notes)
    chapters = ids(" ".join(re.findall("<article [^>]*>", notes)))
    headings = ids(" ".join(re.findall("<h[23] id[^>]*>", notes)))

    assert [place for place in [*listed, *linked] if places.count(place) != 1] == []
    assert [place for place in chapters if place not in listed] == []
    assert language == "both" or [place for place in headings if place not in listed] == []


def test_all_notes_are_in_it_and_one_page_leads_to_another(markup):
    """A link from one note to another stays within the booklet; a command is nothing but text."""
    text = markup("en/booklet/")
    beside = [paths for name, paths in beside_the_steps().items() if name != "README"]
    pages = [note_path(each, "en") for each in all_steps()]
    pages += [paths.get("en") or paths[""] for paths in beside]

    assert [words(h1) for h1 in re.findall("<h1 id.*?</h1>", text)] == [
        page(path).headings[0].words for path in pages
    ]
    assert 'href="#glossary-consumer"' in text and "/notes/" not in text
    assert "/try/" not in text and "/check/" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contents_and_a_note_lead_to_their_booklets(language, window, walkthrough):
    """The whole from the contents and a step from its note, with a button that prints."""
    page = window(walkthrough.page(f"{language}/"))
    page.locator(".for-print a").click()
    expect(page).to_have_url(walkthrough.page(f"{language}/booklet/"))
    page.goto(walkthrough.page(f"{language}/step-3/"))
    page.locator(".for-print a").click()
    expect(page).to_have_url(walkthrough.page(f"{language}/step-3/booklet/"))

    page.evaluate("window.print = () => { document.title = 'printed'; }")
    page.locator("button.print").click()
    expect(page).to_have_title("printed")


def test_what_is_printed_is_chosen_on_the_page(window, walkthrough):
    """The form asks for it, and says what was asked for."""
    page = window(walkthrough.page("en/step-3/booklet/"))
    page.get_by_label("on a sheet at the end").check()
    page.get_by_label("With the sections for the teacher").check()
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#answers .question")).to_have_count(5)
    expect(page.get_by_label("on a sheet at the end")).to_be_checked()
    page.get_by_role("link", name="العربية", exact=True).click()
    expect(page.locator("#answers .question")).to_have_count(5)


def test_on_paper_a_booklet_is_its_notes(window, walkthrough):
    """No bars, no form, but numbers; a listing breaks between lines, and not from its sentence."""
    page = window(walkthrough.page("ar/step-3/booklet/"))
    page.emulate_media(media="print")
    for part in [".masthead", ".place", ".options", ".anchor", ".copy"]:
        expect(page.locator(part).first).to_be_hidden()
    look = "(element, name) => getComputedStyle(element)[name]"
    announced = page.locator(".paragraph:has(+ .fence)").first
    assert announced.evaluate(look, "breakAfter") == "avoid"
    assert page.locator(".listing pre").first.evaluate(look, "overflow") == "visible"
    assert "counter(page)" in page.evaluate(PAGE_RULES)
