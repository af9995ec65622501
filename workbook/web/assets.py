"""The styles, scripts and fonts of the pages."""

from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse

ASSETS = Path(__file__).parent / "static"
# Not what the system says: on Windows it may call a script plain text, and browsers refuse that.
TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}


def asset(request: HttpRequest, name: str) -> HttpResponse:
    """One file, looked up among all of them; a font never changes, the others may at any time."""
    files = {path.relative_to(ASSETS).as_posix(): path for path in ASSETS.rglob("*.*")}
    if name not in files or files[name].suffix not in TYPES:
        raise Http404
    response = HttpResponse(files[name].read_bytes(), content_type=TYPES[files[name].suffix])
    kept = "max-age=31536000, immutable" if files[name].suffix == ".woff2" else "no-cache"
    response.headers["Cache-Control"] = kept
    return response
