"""What the proofreader finds, as a plain value."""

from dataclasses import dataclass

from workbook.languages import Bilingual


@dataclass(frozen=True)
class Finding:
    """Something in a page that has to be mended: where, what, and how."""

    path: str
    line: int
    fact: Bilingual
    mend: Bilingual
