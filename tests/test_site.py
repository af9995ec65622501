"""The workbook as files."""

import base64
import hashlib
import io
import json
import re
import shutil
import tarfile
import zipfile

import pytest

import workbook.web.asgi  # noqa: F401  it sets Django up
from workbook.errors import WorkbookError
from workbook.exercise.lesson import first_lesson
from workbook.languages import READERS
from workbook.site import fetching, library
from workbook.site.archive import packed
from workbook.site.search import indexes
from workbook.steps import step
from workbook.web import search
from workbook.web.assets import ASSETS

QUERIES = [
    "group",
    "Group_SEND channel",
    "self.channel_name",
    'group "message"',
    "async def",
    "e",
    "ws:// (",
    "1006",
    "القناة",
    "المَجـمُوعَه",
    "إلى الطبقة",
    "قناة layer",
    "no such words",
    " ",
]
FIND = """async ([script, indexes, queries, languages]) => {
    const { results } = await import(`data:text/javascript,${encodeURIComponent(script)}`);
    return queries.map((query) => languages.map((language) => results(indexes, query, language)));
}"""


@pytest.fixture
def empty_cache(tmp_path, monkeypatch):
    """A cache in which nothing is kept yet."""
    monkeypatch.setattr(fetching, "CACHE", tmp_path / "cache")
    return tmp_path / "cache"


@pytest.fixture
def registry(empty_cache, tmp_path, monkeypatch):
    """A registry with one small package, which the lock file of this test holds."""
    content, archive = b'{"name": "pyodide"}', io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w:gz") as opened:
        about = tarfile.TarInfo("package/package.json")
        about.size = len(content)
        opened.addfile(about, io.BytesIO(content))
    digest = base64.b64encode(hashlib.sha512(archive.getvalue()).digest()).decode()
    packages = {"node_modules/pyodide": {"version": "1.0.0", "integrity": f"sha512-{digest}"}}
    (tmp_path / "lock.json").write_text(json.dumps({"packages": packages}), "utf-8")
    monkeypatch.setattr(fetching, "LOCK", tmp_path / "lock.json")
    asked = []

    def npm(wanted, folder):
        asked.extend(each.asked for each in wanted)
        (folder / wanted[0].name).write_bytes(archive.getvalue())

    monkeypatch.setattr(fetching, "npm", npm)
    return asked


def test_the_lock_of_the_site_holds_each_package_to_the_byte_and_names_no_host():
    """Any registry may give the packages: their hashes decide."""
    text = fetching.LOCK.read_text("utf-8")
    locked = json.loads(text)["packages"]

    assert "://" not in re.sub(r'"(url|funding)": "[^"]+"', "", text)
    assert all("integrity" in each for path, each in locked.items() if path)
    assert {"pyodide"} == {*locked[""]["dependencies"]}


def test_the_wheels_of_the_tab_are_those_that_its_python_would_get():
    """Of two pinned versions of Django, the one for Python 3.14; what has no pure wheel is none."""
    pins = fetching.pinned()

    assert {"asgiref", "channels", "django", "pytest", "pytest-django", "sqlparse"} <= {*pins}
    assert pins["django"].name.startswith("django-6.")
    assert "cryptography" not in pins


def test_what_is_kept_is_not_fetched_again(registry):
    """A second build asks for nothing."""
    first = fetching.pyodide()

    assert fetching.pyodide() == first
    assert (first / "package.json").is_file()
    assert registry == ["pyodide@1.0.0"]


def test_a_kept_file_that_changed_is_mended(registry):
    """The archive is held to its hash at each build, and what was unpacked to the archive."""
    folder = fetching.pyodide()
    (folder / "package.json").write_text("other", "utf-8")
    fetching.locked("pyodide").path.write_bytes(b"other")

    assert (fetching.pyodide() / "package.json").read_text("utf-8") == '{"name": "pyodide"}'
    assert registry == ["pyodide@1.0.0"] * 2


def test_what_is_fetched_and_is_another_file_is_refused(empty_cache, monkeypatch):
    """Its hash is not the pinned one: it is neither kept nor used."""
    monkeypatch.setattr(
        fetching, "pip", lambda wanted, folder: (folder / wanted[0].name).write_bytes(b"other")
    )

    with pytest.raises(WorkbookError, match="is not the file that is pinned"):
        fetching.wheels(["sqlparse"])
    assert [path.name for path in empty_cache.iterdir()] == [".lock"]


def test_an_archive_is_the_same_each_time_and_has_each_content_once(tmp_path):
    """What several steps have in common is laid several times of one copy."""
    entries = [("one/a.txt", b"a" * 600), ("two/a.txt", b"a" * 600), ("two/b.txt", b"b")]
    packed(tmp_path / "first", entries)
    packed(tmp_path / "again", entries)

    assert (tmp_path / "first").read_bytes() == (tmp_path / "again").read_bytes()
    with tarfile.open(tmp_path / "first") as archive:
        assert [each.linkname for each in archive] == ["", "one/a.txt", ""]
        assert archive.extractfile("two/a.txt").read() == b"a" * 600


def test_the_library_has_what_is_imported_or_shown(tmp_path, monkeypatch):
    """Not what no tab imports, nor the sources of Pyodide's own, which come compiled."""
    names = ["logging/config.py", "pdb.py", "_pyodide/_base.py", "re/_parser.py", "wave.py"]
    with zipfile.ZipFile(tmp_path / library.FILE, "w") as archive:
        for name in names:
            archive.writestr(name, name)
    monkeypatch.setattr(fetching, "pyodide", lambda: tmp_path)

    found = [name for name, _ in library.sources()]
    assert found == ["logging/config.py", "pdb.py", "re/_parser.py"]


def test_without_npm_the_command_says_what_to_install(empty_cache, monkeypatch):
    """The sentence names the program, what brings it, and the command that comes next."""
    monkeypatch.setenv("PATH", "")

    with pytest.raises(WorkbookError, match="npm, which is not on this machine") as raised:
        fetching.pyodide()
    assert "Node.js" in raised.value.then.en and "site" in raised.value.then.ar


@pytest.mark.pages
def test_python_is_compiled_wherever_the_workbook_lies(npm, tmp_path, monkeypatch):
    """In a folder whose name has brackets, quotes, Arabic letters and signs of addresses."""
    folder = tmp_path / "مجلد دروس (1)" / 'it\'s "x"' / "50%20 #1?"
    shutil.copytree(fetching.pyodide(), folder)
    monkeypatch.setattr(fetching, "pyodide", lambda: folder)

    assert zipfile.is_zipfile(io.BytesIO(library.compiled()))


def test_a_compiler_that_fails_is_told_as_such():
    """Not as packages that could not be fetched."""
    told = library.not_compiled(
        "file:///a.mjs:1\n  throw new Error();\nSyntaxError: Unexpected token\n  at a\n\nNode.js v1\n"
    )

    assert told.what.en.endswith(": SyntaxError: Unexpected token")
    assert "Node.js" in told.then.en and "Node.js" in told.then.ar


@pytest.mark.parametrize("output", ["npm error code ENOTFOUND", "NewConnectionError: refused"])
def test_without_a_network_the_command_says_so(output):
    """Whichever of the two fetches."""
    assert "no way to the package index" in str(fetching.not_fetched(output))


def test_the_script_finds_what_the_server_finds(window):
    """The same passages in the same order with the same snippets, whatever is looked for."""
    known = dict(zip(["en", "ar"], [json.loads(text) for _, text in indexes()], strict=True))
    script = (ASSETS / "web" / "js" / "passages.js").read_text("utf-8")

    found = window("about:blank").evaluate(FIND, [script, known, QUERIES, list(READERS)])

    for query, answers in zip(QUERIES, found, strict=True):
        for language, answer in zip(READERS, answers, strict=True):
            expected = [
                (each.passage.language, each.passage.anchor, each.snippet)
                for each in search.results(query, language)
            ]
            assert [
                (each["language"], each["anchor"], [tuple(piece) for piece in each["snippet"]])
                for each in answer
            ] == expected, (query, language)


def test_the_first_lesson_is_the_same_each_time():
    """Its project is made anew with a key of its own, which the lesson does not show."""
    [one, other] = [first_lesson.__wrapped__(step(1)) for _ in range(2)]

    assert one == other
