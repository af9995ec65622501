"""The styles, scripts and fonts of the pages, and the figures of the notes."""

from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse

from workbook.steps import ROOT

ASSETS = Path(__file__).parent / "static"
FIGURES = ROOT / "notes" / "figures"
# Not what the system says: on Windows it may call a script plain text, and browsers refuse that.
TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
FOR_A_VISIT = "max-age=60"


def asset(request: HttpRequest, name: str) -> HttpResponse:
    """A font never changes; of anything else the next page of a visit does not ask again."""
    response = file_in(ASSETS, name)
    kept = "max-age=31536000, immutable" if name.endswith(".woff2") else FOR_A_VISIT
    response.headers["Cache-Control"] = kept
    return response


def figure(request: HttpRequest, name: str) -> HttpResponse:
    return file_in(FIGURES, name)


def file_in(folder: Path, name: str) -> HttpResponse:
    """One file, looked up among all that are there."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.*")}
    if name not in files or files[name].suffix not in TYPES:
        raise Http404
    return HttpResponse(files[name].read_bytes(), content_type=TYPES[files[name].suffix])
