"""The notes replay into the steps, say the same in both languages, and tell to type what works."""

import doctest
import itertools
import re
import shlex
import shutil
import subprocess

import pytest

from tests.support.outworn import OUTWORN
from tests.support.projects import Classroom
from workbook.arguments import read
from workbook.errors import WorkbookError
from workbook.notes import note_path, page, passage
from workbook.proofreading import replay
from workbook.proofreading.findings import checks_of, pages_by_path
from workbook.steps import ROOT, all_steps

MERMAID = ROOT / "tools" / "vendor" / "mermaid" / "mermaid.tiny.js"
VARIABLE = re.compile("[A-Z_]+=")
NOT_EVERYWHERE = {"docker"}  # a way that a note mentions beside one that works everywhere
ATTENDED = {"run", "watch", "walkthrough", "bench", "matrix", "site"}  # they serve, or take minutes


def orders(page):
    """The commands of a page: words of make, and what they print, if the page shows it."""
    for block, below in zip(page.blocks, [*page.blocks[1:], page.blocks[-1]], strict=True):
        if block.kind == "fence" and block.info == "sh":
            shown = below.source if below.info == "text" else None
            for line in block.source.splitlines():
                words = shlex.split(line, comments=True)
                yield list(itertools.dropwhile(VARIABLE.match, words)), shown


def test_nothing_is_to_be_mended(workbook):
    """Replay, parity, links and spelling: the proofreader has nothing to say."""
    assert workbook("notes").stdout == "Nothing is to be mended.\n"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_check_leads_to_a_heading(language):
    """For each check of each suite, and so for its hints and mistakes, a note has a passage."""
    for step in all_steps():
        for check in checks_of(step):
            found = passage([check], step, language)
            assert found and f"/{language}/" in found.path, check


@pytest.mark.parametrize("path", pages_by_path())
def test_a_command_in_a_page_exists(path):
    """Every command that a page tells to type is one of make's or Python's, and takes its options."""
    for words, _ in orders(page(path)):
        if words[0] == "make":
            dry = subprocess.run(
                ["make", "-n", *words[1:]], cwd=ROOT, capture_output=True, text=True
            )
            *_, command = dry.stdout.splitlines()
            words = shlex.split(command)
        if words[1:3] == ["-m", "workbook"]:
            read(words[3:])  # refuses a wrong word
        else:
            assert words[0] in NOT_EVERYWHERE or shutil.which(words[0]), words


@pytest.mark.parametrize("step", all_steps(), ids=lambda step: step.slug)
def test_what_a_note_tells_to_type_prints_what_it_shows(step, classroom):
    """The commands that end by themselves are typed in a classroom, one after the other."""
    for (program, *words), shown in orders(page(note_path(step, "en"))):
        verbs = [word for word in words if "=" not in word]
        if program == "make" and verbs != ["test"] and not ATTENDED.intersection(verbs):
            done = classroom.make(*words)
            assert done.returncode in (0, 2) and "Traceback" not in done.stderr, done.stderr
            if shown:
                same = doctest.OutputChecker().check_output(shown, done.stdout, doctest.ELLIPSIS)
                assert same, f"{words} printed:\n{done.stdout}"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_diagrams_are_drawn(chromium, language):
    """Mermaid, which GitHub uses, draws every diagram of the notes."""
    tab = chromium.new_page()
    tab.add_script_tag(path=MERMAID)
    drawn = 0
    for path, each in pages_by_path().items():
        for block in each.blocks:
            if block.info == "mermaid" and f"/{language}/" in path:
                svg = tab.evaluate(
                    "async (text) => (await mermaid.render('drawn', text)).svg", block.source
                )
                assert "<svg" in svg and "Syntax error" not in svg, f"{path}:{block.line}"
                drawn += 1
    assert drawn >= 2 * len(all_steps())
    tab.close()


DAMAGES = {  # page, what of it is changed into what, and what the proofreader then says of which page
    "a listing that is not the step's": (
        "notes/en/02_room_view.md", "def room(request, room_name)", "def room(request, name)",
        "notes/en/02_room_view.md:.*chat/views.py",
    ),
    "a listing that is not the English one": (
        "notes/ar/01_setup.md", "def index(request)", "def index(page)",
        "notes/ar/01_setup.md:.*The listing is another one",
    ),
    "a listing that does not apply": (
        "notes/ar/03_echo_consumer.md", " django_asgi_app = get_asgi_application()", " app = None",
        "notes/ar/03_echo_consumer.md:.*The listing does not apply",
    ),
    "a name that nothing explains": (
        "notes/en/05_async.md", "```python", "```python file=chat/surprise.py\nwonder = 1\n```\n\n```python",
        "notes/en/05_async.md:.*Nothing explains wonder",
    ),
    "a sentence that was not translated": (
        "notes/en/04_channel_layer.md", "\n## ", "\nThis is new.\n\n## ",
        "notes/ar/04_channel_layer.md:.*in English it is a paragraph",
    ),
    "a sentence that was changed": (
        "README.md", "and talk", "and be silent", "README.ar.md:1: The English of this section",
    ),
    "a check that nothing helps with": (
        "notes/en/03_echo_consumer.md", "test_the_connection_is_accepted", "test_nothing",
        "notes/en/03_echo_consumer.md:.*test_nothing is no check",
    ),
    "a link to no page": (
        "notes/en/glossary.md", "(#websocket)", "(nowhere.md)",
        "notes/en/glossary.md:.*There is no notes/en/nowhere.md",
    ),
    "a link to no heading": (
        "notes/ar/glossary.md", "(#event)", "(#nothing)", "notes/ar/glossary.md:.*no heading #nothing",
    ),
    "a link to elsewhere": (
        "README.md", "(LICENSE)", "(https://elsewhere.example/)", "README.md:.*not among",
    ),
    "a term without its link": (
        "notes/en/01_setup.md", "](glossary.md#asgi)", "](glossary.md#frame)",
        "notes/en/01_setup.md:.*The term ASGI",
    ),
    "a listing without a language": (
        "notes/en/README.md", "\n## ", "\n```\nnothing\n```\n\n## ", "notes/en/README.md:.*no language",
    ),
    "a Latin mark": ("notes/ar/01_setup.md", "؟", "?", "notes/ar/01_setup.md:.*a Latin mark"),
    "an Eastern digit": ("notes/ar/01_setup.md", "1", "١", "notes/ar/01_setup.md:.*Eastern digit"),
    "a direction mark": ("notes/ar/05_async.md", "، ", "،\u200f ", "notes/ar/05_async.md:.*direction mark"),
    "a paragraph that begins with Latin": (
        "notes/ar/05_async.md", "\n\n", "\n\nPython ", "notes/ar/05_async.md:3.*its direction flips",
    ),
    "a word given up, in the glossary": (
        "notes/ar/glossary.md", "، ", "، الكوكيز، ", "notes/ar/glossary.md:.*«الكوكيز»",
    ),
    "a word given up, in a known mistake": (
        "workbook/catalogue/01_setup/mistakes.toml", 'ar.what = "', 'ar.what = "هذا فاشل: ',
        "workbook/catalogue/01_setup/mistakes.toml:.*«فاشل»",
    ),
    "a word given up, in a hint": (
        "workbook/catalogue/05_async/hints.toml", "الصنف الأب", "الصنف الأساسي",
        "workbook/catalogue/05_async/hints.toml:.*«الصنف الأساسي»",
    ),
    "a word given up, in a check's line": (
        "steps/04_channel_layer/tests/test_channel_layer.py", "الإطار غير الصالح", "الإطار الخاطئ",
        "steps/04_channel_layer/tests/test_channel_layer.py:.*«بالإطار الخاطئ»",
    ),
    "a word given up, on a page of the walkthrough": (
        "workbook/web/phrases.py", "الشروح", "الملاحظات", "workbook/web/phrases.py:.*«الملاحظات»",
    ),
    "a word given up, in the terminal": (
        "workbook/menu.py", "في مجلد التمرين", "على المكتب", "workbook/menu.py:.*«المكتب»",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def proofread(tmp_path_factory):
    """What the proofreader says when all of it was damaged at once."""
    classroom = Classroom(tmp_path_factory.mktemp("damaged"))
    for name in ["README.md", "README.ar.md", "LICENSE"]:
        shutil.copy(ROOT / name, classroom.path)
    for path, old, new, _ in DAMAGES.values():
        text = (classroom.path / path).read_text("utf-8")
        assert old in text, (path, old)
        (classroom.path / path).write_text(text.replace(old, new, 1), "utf-8")
    (classroom.path / "README.xx.md").write_text("\n".join(OUTWORN), "utf-8")
    return classroom.make("notes").stdout


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_proofreader_finds(damage, proofread):
    """What was damaged is found, with its page and line."""
    assert re.search(rf"^{DAMAGES[damage][-1]}", proofread, re.M), proofread


@pytest.mark.parametrize("line", OUTWORN)
def test_the_proofreader_refuses_an_expression_that_was_given_up(line, proofread):
    """A page that has each of them gets a finding in the line of each, and the decided word."""
    number = list(OUTWORN).index(line) + 1
    fact = re.escape(f"README.xx.md:{number}: Here is «{OUTWORN[line]}»: ")

    assert re.search(rf"^{fact}.+\n  → write .+$", proofread, re.M), proofread


def test_a_missing_git_is_named(tmp_path, monkeypatch):
    """Where a listing is a patch and there is no git, it says so, in a sentence."""
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(WorkbookError, match="There is no git on this machine"):
        replay.run(["git", "apply", "-"], tmp_path)
