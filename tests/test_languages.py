"""Nothing is said in one language only: by the code, by the commands, and by the texts beside it."""

import ast
import re
import socket
import tomllib
from collections import Counter
from itertools import chain

import pytest

from workbook.notes import opening
from workbook.steps import ROOT, all_steps
from workbook.web.phrases import PHRASES

ARABIC = re.compile("[\u0621-\u064a]")
CODE = re.compile("`[^`]+`")
MODULES = sorted((ROOT / "workbook").rglob("*.py"))
SCRIPTS = [path for path in (ROOT / "workbook").rglob("*.js") if path.parent.name != "vendor"]
PAGES = sorted([*(ROOT / "workbook").rglob("*.html"), *SCRIPTS])


def named(path):
    return path.relative_to(ROOT / "workbook").as_posix()


LETTERS = {  # English that names the Arabic letters themselves
    "type the Arabic ك, ه, ي or ى",
    "ي at the end of على, إلى or حتى",
    "write ى",
}


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_each_text_is_in_both_languages(path):
    """The first text has no Arabic, the second has; both have the same code and are filled alike."""
    for node in filter(is_bilingual, ast.walk(ast.parse(path.read_text("utf-8")))):
        texts = [literal(argument) for argument in node.args]
        if None not in texts:
            english, arabic = texts
            assert english in LETTERS or not ARABIC.search(english), english
            assert ARABIC.search(arabic), arabic
            assert code(english) == code(arabic), arabic
            assert filled_in(node.args[0]) == filled_in(node.args[1]), arabic


def test_each_phrase_is_said_and_each_that_is_said_is_there():
    """By its name, or by one that ends with what a script or a view fills in."""
    sources = [*PAGES, *(ROOT / "workbook" / "web").rglob("*.py")]
    text = "\n".join(path.read_text("utf-8") for path in sources)
    said = {*chain(*re.findall(r"\bsay\.(\w+)|PHRASES\[\"(\w+)\"\]", text))} - {""}
    begun = tuple(filter(None, re.findall(r"\bsay\[f?[`\"](\w*_)\$?\{", text)))

    assert said - {"lang", "dir"} <= PHRASES.keys()
    assert [name for name in PHRASES if name not in said and not name.startswith(begun)] == []


def is_bilingual(node):
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Bilingual"


GAP = "{}"  # what an f-string fills in


def literal(node):
    """The text of a literal; None if it is none."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(literal(part) or GAP for part in parts)
        case ast.Call(func=ast.Attribute(value=text, attr="format")):
            return literal(text)
    return None


def code(text):
    """The code and the named gaps in a text."""
    return Counter(CODE.findall(text) + re.findall(r"\{\w*\}", text))


def filled_in(node):
    """What the f-strings in a literal fill in, but for the words that differ by language."""
    parts = (ast.unparse(part) for part in ast.walk(node) if isinstance(part, ast.FormattedValue))
    return Counter(re.sub(r"\.(en|ar)\b|'[^']*'", "", part) for part in parts)


WORD = r"(?:[A-Za-z][a-z']*|\{\})"
SENTENCE = re.compile(rf"(?!{{}} {{}} {{}}){WORD}[,;:.]? {WORD}[,;:.]? {WORD}(?![\w=])")
NOT_SAID = {  # three words and more that are nothing of ours to say to a person
    r"argument (\S+): expected one argument": "argparse's, to be recognised",
    r"argument (\S+): ignored explicit argument": "argparse's, to be recognised",
    "No module named venv": "Python's, to be recognised",
    "Installing collected packages": "pip's, to be recognised",
    r"(.*)\n\[end of output\]": "pip's, to be recognised",
    "Go to line": "CodeMirror's, to be said in both languages",
    "replaced match on line $": "CodeMirror's, to be said in both languages",
    "No space left": "the system's, to be recognised",
    "there are no processes in a browser's tab": "an exception's, to a project",
    "You cannot use AsyncToSync in the same thread as an async event loop - just await the async "
    "function directly.": "asgiref's",
    "the loop waits for what nobody can do": "an exception's, which nobody can bring about",
    "RuntimeWarning: coroutine '[^']+' was never awaited": "Python's, to be recognised",
    "coroutine '{}' was never awaited": "Python's, as it says it unwatched",
    "No handler for message type": "Channels', to be recognised",
    "No handler for message type websocket.": "Channels', to be recognised",
    "Malformed type in message (leading underscore)": "Channels', to be recognised",
    "Incoming message has no 'type'": "Channels', to be recognised",
    "partially initialized module '([\\w.]+)'": "Python's, to be recognised",
    "ModuleNotFoundError: No module named '([\\w.]+)'": "Python's, to be recognised",
    "No module named '([\\w.]+)'": "Python's, to be recognised",
    "No module named '([\\w.]+)\\.(\\w+)'": "Python's, to be recognised",
    "unexpected keyword argument": "Python's, to be recognised",
    "unexpected keyword argument '(\\w+)'": "Python's, to be recognised",
    "module '([\\w.]+\\.\\w+)' has no attribute '(\\w+)'": "Python's, to be recognised",
    "object has no attribute '(\\w+)'": "Python's, to be recognised",
    "'NoneType' object is not callable": "Python's, to be recognised",
    "Object of type coroutine is not JSON serializable": "Python's, to be recognised",
    "BlockingError: Blocking call to ([\\w.]+)": "blockbuster's, to be recognised",
    "TimeoutError: the consumer was still busy": "a suite's, to be recognised",
    "no frame came": "a suite's, to be recognised",
    r"the WebSocket is that of the room (\S+)$": "a suite's, to be recognised",
    "the page opens no WebSocket": "a suite's, to be recognised",
    r"TypeError: cannot read property '\w+' of undefined": "JavaScript's, to be recognised",
    "Cannot handle message type {}!": "Daphne's, as the tab's server says it",
    "HTTP response has already been started": "Daphne's, as the tab's server says it",
    "Header '{}' expected to be `bytes`, but got `{}`": "Daphne's, as the tab's server says it",
    "HTTP response has not yet been started": "Daphne's, as the tab's server says it",
    "Exception inside application: %s": "Daphne's, as the tab's server says it",
    "500 Internal Server Error": "Daphne's, as the tab's server says it",
    "Exception inside application.": "Daphne's, as the tab's server says it",
    "'WebSocketProtocol' object has no attribute 'handshake_deferred'": "Daphne's, as the tab's server says it",
    "Socket has not been accepted, so cannot send over it": "Daphne's, as the tab's server says it",
    "{} - contains both bytes and text keys": "Daphne's, as the tab's server says it",
    "Attempt to send on a closed protocol": "Autobahn's, as the tab's server says it",
    "tried to send more than {} bytes": "Autobahn's, as the tab's server says it",
    "invalid close code {} (must be 1000 or from [3000, 4999])": "Autobahn's, as the tab's server says it",
    "Failed to fetch": "a browser's, as the tab's frame says it",
    "1 argument required, but only 0 present.": "a browser's, as the tab's frame says it",
    "WebSocket is closed before the connection is established.": "a browser's, as the tab's frame says it",
    "Connection closed before receiving a handshake response": "a browser's, as the tab's frame says it",
    "Error in connection establishment: net::ERR_CONNECTION_RESET": "a browser's, as the tab's frame says it",
    "script, link, img": "names of HTML's",
    "import sys; print(*sys.version_info[:2])": "a program",
    "from django.conf import settings; print(settings.DEBUG)": "a program",
    "python -m workbook {}": "a command",
    "make {} run SERVERS=2 LAYER=redis": "a command",
    "pages and not gate": "pytest's choice of tests",
    "HTTP {} {} {} [{}, {}]": "Daphne's, as the tab's server says it",
    "{} changed, reloading.": "Django's, as the tab's server says it",
    "new file mode 100644\n": "of a patch",
    "deleted file mode 100644\n": "of a patch",
    "{}\n\\ No newline at end of file\n": "of a patch",
    "Python {}, Django {}, {}": "names and versions",
    "{} {} at {}": "of a proof in parts.toml",
    "2px solid var(--link)": "CSS",
    "1px solid var(--border)": "CSS",
    "input, textarea, select, dialog, .editor": "names of HTML's",
}


@pytest.mark.parametrize("path", [*MODULES, *PAGES], ids=named)
def test_no_sentence_is_in_english_only(path):
    """No text has three words in a row, as a sentence has, but those in both languages."""
    assert [text for text in said_in(path) if text not in NOT_SAID] == []


def test_every_exception_is_needed():
    """What is excepted from the rule stands in the code."""
    found = {text for path in [*MODULES, *PAGES] for text in said_in(path)}
    assert set(NOT_SAID) - found == set()


MARKUP = re.compile(r"\{\{.*?\}\}|<style>.*?</style>|\{%.*?%\}|<[^>]*>", re.S)
ATTRIBUTE = re.compile(r'(?:aria-label|alt|placeholder|title)="([^"]*)"')


def said_in(path):
    """What has three words in a row in a module, a template or a script."""
    text = path.read_text("utf-8")
    if path.suffix == ".py":
        found = literals(ast.parse(text))
    elif path.suffix == ".html":
        found = MARKUP.sub("\n", text).split("\n") + ATTRIBUTE.findall(text)
    else:
        found = re.findall(r'"([^"\n]*)"', text)
    return list(filter(SENTENCE.search, found))


def literals(node):
    """The text literals in it, but for docstrings and what is in both languages."""
    if is_bilingual(node) or (isinstance(node, ast.Expr) and literal(node.value)):
        return
    if text := literal(node):
        yield text
    for child in ast.iter_child_nodes(node):
        if not (isinstance(node, ast.JoinedStr) and isinstance(child, ast.Constant)):
            yield from literals(child)


LESSON = ["", "help", "step-1", "step-3", "step-3 start", "check", "hint"]
LESSON += ["step-4 start", "solve", "check", "hint", "saved", "restore", ""]


def test_a_lesson_is_given_in_arabic(said):
    """From the menu to the pass, with hints, saves and the solution."""
    for command in LESSON:
        said(command)


def test_code_that_cannot_be_tried_is_explained_in_arabic(said, classroom):
    """It cannot be read, or it ends the whole process."""
    said("step-3 start")
    said("solve")
    consumers = classroom.work / "chat" / "consumers.py"
    right = consumers.read_text("utf-8")
    for wrong in ["self.accept(", "import os; os._exit(0)"]:
        consumers.write_text(right.replace("self.accept()", wrong), "utf-8")
        assert "✗" in said("check")


WRONG = [
    "jump", "step-9 run", "step-3 jump", "step-1 diff", "diff FROM=2", "diff FROM=two TO=3",
    "diff FROM=2 TO=9", "step-1 run PORT=0", "step-1 run SERVERS=9", "step-1 run HOST=192.0.2.1",
    "step-1 run PORT=65535 SERVERS=2", "step-3 run LAYER=redis", "step-4 test LAYER=disk",
    "check", "watch", "hint", "run", "diff", "solve", "restore", "restore SAVE=nothing",
    "notes TRANSLATED=nowhere.md",
]  # fmt: skip


@pytest.mark.parametrize("command", WRONG)
def test_a_wrong_word_is_answered_in_arabic(command, said):
    """What cannot be done, and where there is no desk, what needs one."""
    assert said(command).startswith("✗ ")


@pytest.mark.parametrize("command", ["--colour red", "step-3 run --port", "check --json=1"])
def test_a_wrong_option_is_answered_in_arabic(command, workbook, english):
    """Without make there are more ways to type one."""
    refused = workbook(*command.split(), WORKBOOK_LANG="ar")

    assert refused.returncode == 2
    assert ARABIC.search(refused.stderr)
    assert english(refused) == []


def test_a_busy_port_is_named_in_arabic(said):
    """So is the way on."""
    with socket.create_server(("127.0.0.1", 0)) as busy:
        assert "مشغول" in said(f"step-1 run PORT={busy.getsockname()[1]}")


def test_what_was_lost_is_named_in_arabic(said, classroom):
    """The desk without its mark, and a record of progress that cannot be read."""
    said("step-3 start")
    (classroom.work / ".step").unlink()
    (classroom.path / ".progress.json").write_text("nothing")

    assert ".step" in said("check")
    assert ".progress." in said("")


def test_the_proofreader_speaks_arabic(said, classroom):
    """What is to be mended in a damaged page, and how."""
    for language, old, new in [
        ("en", "\n## ", "\nThis is new.\n\n## "),
        ("en", "test_daphne_serves_the_project", "test_nothing"),
        ("ar", "؟", "?"),
        ("ar", "](glossary.md#asgi)", "](nowhere.md)"),
    ]:
        path = classroom.path / "notes" / language / "01_setup.md"
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")

    found = said("notes")

    assert re.search(r"^notes/ar/01_setup.md:\d+: .*وفي الصفحة الإنجليزية فقرة", found, re.M)
    assert "\n  → اكتب ، أو ؛ أو ؟\n" in found


@pytest.fixture
def said(classroom, english):
    """Types a command as a reader of Arabic does: something is said, and nothing in English."""

    def type_in(command):
        done = classroom.make(*command.split(), WORKBOOK_LANG="ar")
        assert "Traceback" not in done.stderr, done.stderr
        assert ARABIC.search(done.stdout + done.stderr)
        assert english(done) == []
        return done.stdout + done.stderr

    return type_in


@pytest.fixture
def english(openings):
    """The lines of a command's output with three words in a row, but for code and commands."""

    def is_english(line):
        for text in openings:
            line = line.replace(text, "")
        tokens = re.sub("`[^`]+`|→ (make|python) .*", "`", line).split()
        rows = zip(tokens, tokens[1:], tokens[2:], strict=False)
        return any(re.fullmatch(r"\W?[a-z']+ [a-z']+ [a-z']+\W*", " ".join(row)) for row in rows)

    def find(done):
        lines = (done.stdout + done.stderr).splitlines()
        return [line for line in lines if is_english(line) and not line.startswith("make: ***")]

    return find


@pytest.fixture(scope="module")
def openings():
    """The steps' titles and leads: they stand in both languages, whoever reads."""
    return [text for step in all_steps() for text in opening(step, "en")]


CATALOGUE = sorted((ROOT / "workbook" / "catalogue").rglob("[ehm]*.toml"))  # what speaks


@pytest.mark.parametrize("path", CATALOGUE, ids=named)
def test_the_catalogue_is_in_both_languages(path):
    """Each hint and each mistake has as many texts in Arabic as in English."""
    read = tomllib.loads(path.read_text("utf-8"))
    for entry in read.get("hint", read.values()):
        english, arabic = entry["en"], entry["ar"]
        if isinstance(english, dict):
            assert english.keys() == arabic.keys(), entry
            english, arabic = english.values(), arabic.values()
        assert len(english) == len(arabic) > 0, entry
        assert not any(ARABIC.search(CODE.sub("", text)) for text in english), entry
        assert all(ARABIC.match(text.strip()) for text in arabic), entry
