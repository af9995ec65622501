"""The parts of an address that stand for something of the workbook's."""

from pathlib import PurePosixPath
from posixpath import dirname, join, normpath
from typing import Any

from django.urls import register_converter, reverse

from workbook.diff import files
from workbook.errors import WorkbookError
from workbook.languages import READERS
from workbook.steps import Step, all_steps, step


class LanguageConverter:
    regex = "|".join(READERS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class StepConverter:
    """`step-3` in an address is the step itself in a view."""

    regex = r"step-[0-9]+"

    def to_python(self, value: str) -> Step:
        try:
            return step(int(value.removeprefix("step-")))
        except WorkbookError:
            raise ValueError(value) from None

    def to_url(self, value: Step) -> str:
        return value.name


register_converter(LanguageConverter, "language")
register_converter(StepConverter, "step")

BEYOND = "beyond"  # the page that comes after the last step's note
STARTING = ("try", "check", "workbench")  # parts that a stranger has not
LANGUAGE = "<language:language>/"
STEP = f"{LANGUAGE}<step:step>/"


def within(link: str, path: str, language: str, book: tuple[str, ...] = ()) -> str:
    """Where a link of a page of the notes leads in the walkthrough, or in a book of pages."""
    if link.startswith(("http:", "https:")):
        return link
    target, mark, anchor = link.partition("#")
    page = normpath(join(dirname(path), target)) if target else path
    if page in book:
        return f"#{inside(page, anchor)}"
    return address(page, language) + mark + anchor if target else link


def inside(path: str, anchor: str) -> str:
    """The anchor of a heading in a book, where other pages have headings of the same name."""
    return "-".join(filter(None, [PurePosixPath(path).stem, anchor]))


def figure(source: str, path: str) -> str:
    """Where a page's picture is served from."""
    file = PurePosixPath(normpath(join(dirname(path), source)))
    return str(reverse("figure", args=[file.relative_to("notes/figures").as_posix()]))


def address(path: str, language: str) -> str:
    """The page that shows a file of the repository; what has none is shown by the contents."""
    file = PurePosixPath(path)
    known = {each.path.name: each for each in all_steps()}
    if file.parts[0] == "notes" and file.stem in known:
        return to("read", language, step=known[file.stem])
    if file.parts[0] == "notes" and file.suffix == ".md":
        return to("page", language, name=file.stem)
    if file.parts[0] == "steps" and len(file.parts) > 1 and file.parts[1] in known:
        step, inside = known[file.parts[1]], "/".join(file.parts[2:])
        if inside in files(step.path):
            return to("file", language, step=step, path=inside)
        return to("code", language, step=step)
    return to("contents", language)


def step_of(path: str) -> Step | None:
    """The step that a page of the notes is on."""
    name = PurePosixPath(path).stem
    return next((each for each in all_steps() if each.path.name == name), None)


def to(view: str, language: str, **about: Any) -> str:
    """The address of a page, by its name in urls.py."""
    return str(reverse(view, kwargs={"language": language, **about}))
