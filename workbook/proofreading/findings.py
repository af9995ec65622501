"""Reads the pages as a proofreader does."""

import ast
import builtins
import keyword
import re
from collections.abc import Iterator

from workbook.errors import WorkbookError
from workbook.exercise.mistakes import mistakes
from workbook.invocation import typed
from workbook.languages import LANGUAGES, Bilingual
from workbook.notes import Block, Page, note_path, page
from workbook.proofreading.links import GLOSSARY, LISTS, broken, unlinked
from workbook.proofreading.parity import compare, stale, stamped
from workbook.proofreading.records import Finding
from workbook.proofreading.replay import replay
from workbook.proofreading.spelling import misspelt
from workbook.proofreading.terms import given_up
from workbook.steps import ROOT, Step, all_steps, previous

NAME = re.compile(r"[^\W\d]\w*")
NO_CODE = re.compile(r"""\"{3}.*?\"{3}|"[^"]*"|'[^']*'|#.*""")


def everything() -> Iterator[Finding]:
    """Everything that has to be mended."""
    pages = pages_by_path()
    yield from broken(pages)
    yield from without_twin(pages)
    yield from given_up()
    for each in pages.values():
        yield from without_language(each)
    for english, arabic in twins(pages):
        yield from compare(english, arabic)
        yield from stale(english, arabic)
        yield from misspelt(arabic)
        if english.path.startswith("notes/") and english.path not in LISTS:
            yield from unlinked(english, pages[GLOSSARY])
    for step in all_steps():
        yield from unhelpful(pages[note_path(step, "en")], step)
        yield from unexplained(pages[note_path(step, "en")], step)
        for language in LANGUAGES:
            yield from replay(pages[note_path(step, language)], step)


def stamp(path: str) -> None:
    """Notes in an Arabic page that it translates the English one as it is now."""
    for english, arabic in twins(pages_by_path()):
        if arabic.path == path:
            text = (ROOT / path).read_text("utf-8")
            (ROOT / path).write_text(stamped(english, text), "utf-8", newline="\n")
            return
    raise WorkbookError(
        Bilingual(f"{path} translates no English page.", f"الملف {path} ليس ترجمة لصفحة إنجليزية."),
        typed("notes"),
    )


def pages_by_path() -> dict[str, Page]:
    """The pages for readers, by their path."""
    files = sorted([*ROOT.glob("*.md"), *(ROOT / "notes").rglob("*.md")])
    paths = [file.relative_to(ROOT).as_posix() for file in files]
    return {path: page(path) for path in paths}


def without_twin(pages: dict[str, Page]) -> Iterator[Finding]:
    """Pages of notes in one language only."""
    for this, that in [("/en/", "/ar/"), ("/ar/", "/en/")]:
        for path in pages:
            twin = path.replace(this, that)
            if twin not in pages:
                fact = Bilingual(
                    "The note is there in one language only.", "كُتب هذا الشرح بلغة واحدة فقط."
                )
                yield Finding(path, 1, fact, Bilingual(f"write {twin}", f"اكتب الملف {twin}"))


def twins(pages: dict[str, Page]) -> list[tuple[Page, Page]]:
    """Each page that is written in English with the one that says the same in Arabic."""
    names = {path: path.replace("/en/", "/ar/") for path in pages if "/en/" in path}
    names["README.md"] = "README.ar.md"
    return [(pages[english], pages[arabic]) for english, arabic in names.items() if arabic in pages]


def without_language(page: Page) -> Iterator[Finding]:
    """Listings without a language: they are laid out in the direction of their first letter."""
    fact = Bilingual("The listing has no language.", "لم تُذكر لغة هذه القطعة.")
    mend = Bilingual("write ```text", "اكتب ```text")
    for block in page.blocks:
        if block.kind == "fence" and not block.info:
            yield Finding(page.path, block.line, fact, mend)


def unhelpful(page: Page, step: Step) -> Iterator[Finding]:
    """Checks of the step that no heading helps with, and names that are nobody's."""
    checks = checks_of(step)
    known = {*checks, *(mistake.name for mistake in mistakes(step))}
    helped = [(name, heading.line) for heading in page.headings for name in heading.helps]
    for name, line in helped:
        if name not in known:
            fact = Bilingual(
                f"{name} is no check and no mistake.", f"ليس الاسم {name} لاختبار ولا لخطأ معروف."
            )
            yield Finding(page.path, line, fact, Bilingual("mend the name", "صحّح الاسم"))
    for check in checks:
        if sum(name == check for name, _ in helped) != 1:
            fact = Bilingual(
                f"Not exactly one heading helps with {check}.",
                f"يجب أن يكون للاختبار {check} قسم واحد، لا أقل ولا أكثر.",
            )
            mend = Bilingual(
                f"<!-- helps: {check} --> below the one that does",
                f"اكتب <!-- helps: {check} --> تحت قسم واحد يعين عليه",
            )
            yield Finding(page.path, 1, fact, mend)


def checks_of(step: Step) -> list[str]:
    """The names of the checks that the step brings."""
    suite = ast.parse((step.path / "tests" / f"{step.suite}.py").read_text("utf-8"))
    names = (node.name for node in suite.body if hasattr(node, "name"))
    return [name for name in names if name.startswith("test_")]


def unexplained(page: Page, step: Step) -> Iterator[Finding]:
    """Names that a listing of Python brings in and no sentence explains."""
    before = previous(step)
    code = [path.read_text("utf-8") for path in before.path.rglob("*.py")] if before else []
    known = {*NAME.findall("\n".join(code)), *keyword.kwlist, *keyword.softkwlist, *dir(builtins)}
    known.update(
        name for block in page.blocks for code in block.codes for name in NAME.findall(code)
    )
    mend = Bilingual("explain it below", "اشرحه تحت القطعة")
    for block in page.blocks:
        for name in sorted(brought_in(block) - known):
            fact = Bilingual(f"Nothing explains {name}.", f"لم يُشرح الاسم {name}.")
            yield Finding(page.path, block.line, fact, mend)
            known.add(name)


def brought_in(block: Block) -> set[str]:
    """The names in the lines of Python that a listing adds, without strings and comments."""
    if block.info.startswith("python file="):
        lines = block.source.splitlines()
    elif block.info == "diff" and re.search(r"^\+\+\+ .*\.py$", block.source, re.M):
        lines = re.findall(r"^\+(?!\+\+)(.*)", block.source, re.M)
    else:
        return set()
    return {name for line in lines for name in NAME.findall(NO_CODE.sub(" ", line))}
