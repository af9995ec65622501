"""The pages of a site, as the walkthrough itself renders them for a reader's own tab."""

import base64
import hashlib
from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.test import Client
from django.utils.safestring import mark_safe

import workbook.web.asgi  # noqa: F401  it sets Django up
from workbook.errors import WorkbookError
from workbook.languages import LANGUAGES, Bilingual
from workbook.site.addresses import file, links, relative
from workbook.web.assets import ASSETS
from workbook.web.booklet import ANSWERS
from workbook.web.phrases import phrases
from workbook.web.policy import IN_TAB, written
from workbook.web.preference import DIRECTIONS

ENTRANCE = "/"
LOST = "404.html"  # which servers of files give for what is not there


class Page(NamedTuple):
    """A page: its address in the walkthrough, and its HTML as the site has it."""

    address: str
    html: str

    @property
    def file(self) -> str:
        return file(self.address)


def pages(beginnings: Iterable[str] = (ENTRANCE,)) -> Iterator[Page]:
    """Each page that a link of another leads to, and what can be chosen on it."""
    client = Client(SERVER_NAME="localhost", **{IN_TAB: True})
    ahead = list(beginnings)
    found = {file(address) for address in ahead}
    while ahead:
        address = ahead.pop()
        html = rendered(client, address)
        yield Page(address, relative(html, address))
        for each in [*links(html, address), *choices(address)]:
            if file(each) not in found:
                found.add(file(each))
                ahead.append(each)


def rendered(client: Client, address: str) -> str:
    response = client.get(address)
    if response.status_code != 200:
        raise WorkbookError(
            Bilingual(
                f"A page of the site leads to {address}, where nothing is.",
                f"في الموقع رابط إلى {address}، ولا شيء هناك.",
            )
        )
    return str(response.content.decode())


def choices(address: str) -> Iterator[str]:
    """What the form of a booklet leads to, each with an address of its own."""
    if address.endswith("/booklet/"):
        for answers, teacher in product(ANSWERS, ["", "yes"]):
            asked = {"answers": answers, "teacher": teacher}
            yield f"{address}?{urlencode({name: each for name, each in asked.items() if each})}"


def lost() -> str:
    """The page for what is not there: all in one file, for nobody knows at which address."""
    script = (ASSETS / "web" / "js" / "lost.js").read_text("utf-8")
    style = (ASSETS / "web" / "css" / "lost.css").read_text("utf-8")
    both = [phrases(each) | {"lang": each, "dir": DIRECTIONS[each]} for each in LANGUAGES]
    about = {
        "both": both,
        "script": mark_safe(script),
        "style": mark_safe(style),
        "policy": written(
            {
                "default-src": "'none'",
                "script-src": own(script),
                "style-src": own(style),
                "connect-src": "'self'",
            }
        ),
    }
    return str(render_to_string("web/lost.html", about))


def own(text: str) -> str:
    """As a policy allows just this script or style to stand in the page."""
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
