"""Read by any Python from 3.7, as `environment` is: no newer syntax, only the standard library."""

from typing import Union

from workbook.languages import Bilingual, bilingual


class WorkbookError(Exception):
    """What went wrong, and what comes next: a command, a sentence or, if nothing does, ""."""

    def __init__(self, what: Bilingual, then: Union[str, Bilingual] = "") -> None:
        super().__init__(what.en)
        self.what = what
        self.then = bilingual(then)
