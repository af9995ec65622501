"""What lets a site be kept in a browser: its manifests, and the worker with the lists of files."""

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from workbook.languages import READERS
from workbook.web.phrases import phrases
from workbook.web.preference import DIRECTIONS, spoken

WORKER = Path(__file__).with_name("worker.js")
# What a first visit fetches at once, and what nobody has before they ask for it.
FIRST = re.compile(r"index\.html|(en|ar|both)/(step-\d+/)?index\.html|static/(?!search)|figures/")
ASKED = re.compile(r".*/booklet/.+/index\.html")


def manifests() -> Iterator[tuple[str, str]]:
    """A file for each language: what a system calls the site that was installed from there."""
    for language in READERS:
        say = phrases(spoken(language))
        about = {
            "name": say["workbook"],
            "description": say["purpose"],
            "lang": spoken(language),
            "dir": DIRECTIONS[spoken(language)],
            "id": f"../{language}/",
            "start_url": f"../{language}/",
            "scope": "../",
            "display": "standalone",
            "background_color": "#ffffff",
            "theme_color": "#0f5f57",
            "icons": [{"src": "web/icon.svg", "sizes": "any", "type": "image/svg+xml"}],
        }
        yield f"static/manifest-{language}.webmanifest", written(about)


def worker(folder: Path) -> str:
    """The service worker's script for all that is in the folder now."""
    lists: dict[str, dict[str, str]] = {"FIRST": {}, "LATER": {}, "ASKED": {}}
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        name = path.relative_to(folder).as_posix()
        lists[shelf(name)][quote(re.sub("index.html$", "", name))] = digest(path.read_bytes())
    heads = [f"const {name} = {written(addresses)};\n" for name, addresses in lists.items()]
    return "".join(heads) + WORKER.read_text("utf-8")


def shelf(name: str) -> str:
    return "FIRST" if FIRST.match(name) else "ASKED" if ASKED.match(name) else "LATER"


def digest(content: bytes) -> str:
    return base64.b64encode(hashlib.sha256(content).digest()).decode()


def written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
