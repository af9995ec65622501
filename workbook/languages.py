"""The two languages of all that a person is told.

Read by any Python from 3.7, as `environment` is: no newer syntax, only the standard library.
"""

import os
from dataclasses import dataclass
from typing import Dict, List, Tuple, Union

LANGUAGES = ("en", "ar")
READERS: Dict[str, Tuple[str, ...]] = {"en": ("en",), "ar": ("ar",), "both": LANGUAGES}
VARIABLE = "WORKBOOK_LANG"


@dataclass(frozen=True)
class Bilingual:
    """A text in both languages; `code` stands in backticks."""

    en: str
    ar: str

    def __getitem__(self, language: str) -> str:
        return {"en": self.en, "ar": self.ar}[language]


def bilingual(words: Union[str, Bilingual]) -> Bilingual:
    """What reads the same in both languages, as a command or a name does, as a text in both."""
    return words if isinstance(words, Bilingual) else Bilingual(words, words)


def wanted() -> str:
    """The reader that the environment names, or ""; cli refuses one that is not among READERS."""
    return os.environ.get(VARIABLE, "").lower()


def readers() -> Tuple[str, ...]:
    """The languages of what names the workbook's parts: both, unless the environment names one."""
    return READERS.get(wanted(), LANGUAGES)


def said(text: Bilingual) -> List[str]:
    """The text for the terminal's reader: a line for each language that it differs in."""
    languages = READERS.get(wanted() or "en", LANGUAGES)
    return list(dict.fromkeys(text[each] for each in languages))
