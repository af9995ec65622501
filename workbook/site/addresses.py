"""The addresses of a site: those of the walkthrough, as files, each relative to its page.

A page is a folder with an `index.html`. What stands behind a `?` in the walkthrough is a folder
too, unless it asks for what comes without it.
"""

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

USUAL = {("view", "unified"), ("answers", "none")}
FILES = ("/static/", "/figures/")  # in the walkthrough too
SOCKET = "data-socket"  # no page is there
TAG = re.compile(r"<[a-z][^>]*>")
ADDRESS = re.compile(r'(?<=\s)(href|src|action|data-socket|data-address)="([^"]*)"')


def links(html: str, page: str) -> Iterator[str]:
    """The walkthrough's pages that a page of it leads to."""
    for tag in TAG.findall(html):
        for name, written in ADDRESS.findall(tag):
            address = resolved(written, page)
            if name != SOCKET and not is_elsewhere(address) and not address.startswith(FILES):
                yield address.partition("#")[0]


def relative(html: str, page: str) -> str:
    """The page's HTML with each address in it relative; `page` is its own in the walkthrough."""

    def moved(found: re.Match[str]) -> str:
        address = resolved(found[2], page)
        return f'{found[1]}="{address if is_elsewhere(address) else way(address, page)}"'

    return TAG.sub(lambda tag: ADDRESS.sub(moved, tag[0]), html)


def resolved(written: str, page: str) -> str:
    return urljoin(page, written.replace("&amp;", "&"))


def is_elsewhere(address: str) -> bool:
    return bool(urlsplit(address).scheme)


def way(address: str, page: str) -> str:
    """From a page to an address; a place on the page itself is its anchor alone."""
    whole, mark, anchor = address.partition("#")
    here, there = placed(page), placed(whole)
    if here == there and mark:
        return mark + anchor
    found = posixpath.relpath(there, here)
    return (f"{found}/" if there.endswith("/") else found) + mark + anchor


def placed(address: str) -> str:
    """Where an address of the walkthrough is in the site: a folder, or a file."""
    about = urlsplit(address)
    if about.path.startswith(FILES) or about.path == "/":
        return about.path
    asked = [each for each in parse_qsl(about.query) if each not in USUAL]
    folders = [f"{name}-{value}" for name, value in sorted(asked)]
    return "/".join([about.path.removesuffix("/"), *folders, ""])


def file(address: str) -> str:
    """The file in the site's folder that is served there."""
    place = unquote(placed(address.partition("#")[0])).removeprefix("/")
    return f"{place}index.html" if place.endswith("/") or not place else place
