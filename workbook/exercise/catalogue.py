"""Reads the catalogue's files, and refuses what its README does not know."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from workbook.errors import WorkbookError
from workbook.languages import Bilingual
from workbook.steps import Step

T = TypeVar("T", str, list[object], dict[str, object])
CATALOGUE = Path(__file__).parent.parent / "catalogue"
KINDS: dict[type, Bilingual] = {
    str: Bilingual("It has to be a text.", "لا بد أن تكون القيمة نصًا."),
    list: Bilingual("It has to be a list.", "لا بد أن تكون القيمة قائمة."),
    dict: Bilingual("It has to be a table.", "لا بد أن تكون القيمة جدولًا."),
}
EMPTY = Bilingual("It is empty.", "لا شيء فيه.")


def file(step: Step, name: str) -> Path:
    """The step's file of that name; a WorkbookError that names it, if there is none."""
    path = CATALOGUE / step.path.name / name
    if not path.is_file():
        raise refused(shown(path), Bilingual("There is no such file.", "هذا الملف غير موجود."))
    return path


def read(path: Path) -> "Value":
    """All that stands in a file."""
    try:
        return Value(shown(path), "", tomllib.loads(path.read_text("utf-8")))
    except ValueError as error:
        fact = Bilingual(f"It cannot be read: {error}.", f"تتعذر قراءته: {error}.")
        raise refused(shown(path), fact) from None


def shown(path: Path) -> str:
    return f"workbook/catalogue/{path.parent.name}/{path.name}"


@dataclass(frozen=True)
class Value:
    """What stands in a file under a key, such as `accept-missing.made.edits#2.old`.

    The items of a list count from 1. A value of another kind than is asked for is refused.
    """

    file: str
    key: str
    content: object

    def table(self, needed: Sequence[str], allowed: Sequence[str] = ()) -> dict[str, "Value"]:
        """The values of a table that has the needed keys, and no others but the allowed."""
        values = self.values()
        for key in needed:
            if key not in values:
                raise self.missing(key)
        for key, value in values.items():
            if key not in (*needed, *allowed):
                raise value.refused(Bilingual("No such key is known.", "هذا المفتاح غير معروف."))
        return values

    def values(self) -> dict[str, "Value"]:
        """The values of a table whose keys may be any."""
        return {key: self.under(key, value) for key, value in self.of(dict).items()}

    def under(self, key: str, content: object = None) -> "Value":
        return Value(self.file, f"{self.key}.{key}" if self.key else key, content)

    def items(self) -> list["Value"]:
        """The items of a list, of which there is at least one."""
        if not self.of(list):
            raise self.refused(EMPTY)
        return [
            Value(self.file, f"{self.key}#{count}", item)
            for count, item in enumerate(self.of(list), start=1)
        ]

    def texts(self) -> tuple[str, ...]:
        return tuple(item.text() for item in self.items())

    def text(self) -> str:
        """A text that says something."""
        if not self.string().strip():
            raise self.refused(EMPTY)
        return self.string()

    def string(self) -> str:
        """A text, which may be empty."""
        return self.of(str)

    def pattern(self) -> re.Pattern[str]:
        """A regular expression, for which `^` and `$` are the ends of a line."""
        try:
            return re.compile(self.text(), re.MULTILINE)
        except re.error as error:
            fact = Bilingual(
                f"It is no regular expression: {error}.", f"ليس تعبيرًا نمطيًا: {error}."
            )
            raise self.refused(fact) from None

    def of(self, kind: type[T]) -> T:
        if not isinstance(self.content, kind):
            raise self.refused(KINDS[kind])
        return self.content

    def missing(self, key: str) -> WorkbookError:
        return self.under(key).refused(Bilingual("It is missing.", "هذا المفتاح ناقص."))

    def refused(self, fact: Bilingual) -> WorkbookError:
        return refused(f"{self.file}, {self.key}" if self.key else self.file, fact)


def refused(place: str, fact: Bilingual) -> WorkbookError:
    return WorkbookError(
        Bilingual(f"{place}: {fact.en}", f"الموضع {place}: {fact.ar}"),
        Bilingual(
            "workbook/catalogue/README.md says how it is written",
            "بيان الصيغة في الملف workbook/catalogue/README.md",
        ),
    )
