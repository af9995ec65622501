"""What a stranger is offered: to work in their own tab, from the site that was built here.

The site is given out as it is: its pages and what their interpreters load are of one build, and
nothing is rendered, compressed or started for a stranger. Whoever never built it has nothing here.
"""

import hashlib
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import redirect

from workbook.diff import files
from workbook.invocation import typed
from workbook.languages import Bilingual
from workbook.steps import ROOT
from workbook.web import assets
from workbook.web.policy import engine

SITE = ROOT / "site"
UNDER = "site/"  # its address
SOURCES = "sources.txt"  # in it: what it was built of
OF_THE_SITE = ["notes", "steps", "workbook"]
PINS = ROOT / "requirements.txt"
TYPES = assets.TYPES | {
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript",
    ".txt": "text/plain",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
}
UNKNOWN = "application/octet-stream"
CONTENT = "frame-ancestors 'self'"  # the rest each page of a site says for itself


class Compression(GZipMiddleware):
    """Middleware: compresses what is made here; a file of the site comes as it lies there."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if request.path.startswith(f"/{UNDER}"):
            return response
        return super().process_response(request, response)


def says() -> Bilingual:
    """What whoever serves a network is told: whether it can work, and whether as it should."""
    if not is_built():
        return Bilingual(
            "Others in the network can only read. For each to work in a tab of their own, "
            f"build the site once: {typed('site')}",
            "يستطيع الآخرون في الشبكة أن يقرؤوا فقط. ولكي يعمل كل منهم في متصفحه، "
            f"ابنِ الموقع مرة واحدة: {typed('site')}",
        )
    if not is_current():
        return Bilingual(
            "Others in the network work with a site that was built of other files than these. "
            f"To build it anew: {typed('site')}",
            f"يعمل الآخرون في الشبكة بموقع بُني من ملفات غير هذه. لبنائه من جديد: {typed('site')}",
        )
    return Bilingual(
        "Others in the network can work too, each in a tab of their own browser.",
        "يستطيع الآخرون في الشبكة أن يعملوا أيضًا، كل منهم في متصفحه.",
    )


def instead(request: HttpRequest, address: str) -> str:
    """The same page in a stranger's own tab, or "": at this machine, or where none was built."""
    return f"/{UNDER.rstrip('/')}{address}" if not engine(request) and is_built() else ""


def is_built() -> bool:
    return (SITE / "index.html").is_file()


def is_current() -> bool:
    """Whether the site was built of what lies here now."""
    stamp = SITE / SOURCES
    return stamp.is_file() and stamp.read_text("utf-8").strip() == sources()


def sources() -> str:
    """The hash of all that the site is built of."""
    digest = hashlib.sha256()
    for top in OF_THE_SITE:
        for path, text in files(ROOT / top).items():
            digest.update(f"{top}/{path}\0{text}\0".encode(errors="surrogateescape"))
    digest.update(PINS.read_bytes())
    return digest.hexdigest()


def served(request: HttpRequest, name: str = "") -> HttpResponse:
    """A file of the site; a folder's is its page."""
    path = inside(name)
    if path.is_dir() and not request.path.endswith("/"):
        return redirect(f"{request.path}/")
    return answer(request, path / "index.html" if path.is_dir() else path)


def inside(name: str) -> Path:
    """What lies there in the site, and nowhere else."""
    try:
        path = (SITE / name).resolve()
        if path.exists() and path.is_relative_to(SITE.resolve()):
            return path
    except (OSError, ValueError):  # it cannot be a name
        pass
    raise Http404


def answer(request: HttpRequest, path: Path) -> HttpResponse:
    """The file, or the compressed copy beside it where the browser takes that."""
    copy = path.with_name(f"{path.name}.gz")
    packed = "gzip" in request.headers.get("Accept-Encoding", "") and copy.is_file()
    try:
        content = (copy if packed else path).read_bytes()
    except OSError:
        raise Http404 from None
    response = HttpResponse(content, content_type=TYPES.get(path.suffix, UNKNOWN))
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    if path.suffix == ".html":
        response.headers["Content-Security-Policy"] = CONTENT
    else:
        response.headers["Cache-Control"] = assets.FOR_A_VISIT
    return response
