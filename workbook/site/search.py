"""The search of a site: the passages that the walkthrough searches, for a script of the page."""

import json
from collections.abc import Iterator
from typing import Any

from workbook.languages import LANGUAGES
from workbook.notes import all_pages, changed
from workbook.web.addresses import address
from workbook.web.search import Passage, of_page


def indexes() -> Iterator[tuple[str, str]]:
    """A file for each language: its pages, in the same order in each."""
    for language in LANGUAGES:
        pages = [page(paths[language], language) for paths in all_pages().values()]
        text = json.dumps(pages, ensure_ascii=False, separators=(",", ":"))
        yield f"static/search-{language}.json", text


def page(path: str, language: str) -> dict[str, Any]:
    """A page of the notes; its address is the part that each language has."""
    passages = of_page(path, language, changed(path))
    return {
        "address": address(path, language).removeprefix(f"/{language}/"),
        "title": passages[0].title,
        "passages": [entry(passage) for passage in passages],
    }


def entry(passage: Passage) -> dict[str, str]:
    return {
        "anchor": passage.anchor,
        "heading": passage.heading,
        "text": passage.text,
        "code": passage.code,
    }
