"""What a reader of the pages prefers: English, Arabic, or both side by side."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from workbook.languages import READERS, wanted
from workbook.web.policy import engine

DIRECTIONS = {"en": "ltr", "ar": "rtl"}
COOKIE = "language"
YEAR = 365 * 24 * 60 * 60  # seconds


def shown(language: str) -> tuple[str, ...]:
    """What is shown of the notes: one language, or both."""
    return READERS[language]


def spoken(language: str) -> str:
    """The language of the headings and buttons around the notes."""
    return shown(language)[0]


def remember(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Middleware: keeps the language of the page that was read last for the next visit."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        language = request.resolver_match and request.resolver_match.kwargs.get("language")
        if language and language != request.COOKIES.get(COOKIE):
            response.set_cookie(COOKIE, language, max_age=YEAR, samesite="Lax", httponly=True)
        return response

    return middleware


def preferred(request: HttpRequest) -> str:
    """The language of the last visit, or of the terminal, or the one the browser asks for first.

    A page for a reader's own tab is the same wherever it is made.
    """
    of_terminal = "" if engine(request) == "tab" else wanted()
    for chosen in [request.COOKIES.get(COOKIE), of_terminal]:
        if chosen in READERS:
            return str(chosen)
    for asked in request.headers.get("Accept-Language", "").lower().split(","):
        if asked.strip()[:2] in DIRECTIONS:
            return str(asked.strip()[:2])
    return "en"
