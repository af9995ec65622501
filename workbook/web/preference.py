"""What a reader of the pages prefers: English, Arabic, or both side by side."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from workbook.languages import READERS, wanted

DIRECTIONS = {"en": "ltr", "ar": "rtl"}
LETTER = re.compile(r"[^\W\d_]")
ARABIC = re.compile("[\u0621-\u064a]")
COOKIE = "language"
YEAR = 365 * 24 * 60 * 60  # seconds


def shown(language: str) -> tuple[str, ...]:
    """What is shown of the notes: one language, or both."""
    return READERS[language]


def available(paths: dict[str, str], language: str) -> list[str]:
    """Which of a page's languages are shown; the page's first, if it is there in none of them."""
    return [each for each in shown(language) if each in paths] or list(paths)[:1]


def spoken(language: str) -> str:
    """The language of the headings and buttons around the notes."""
    return shown(language)[0]


def is_arabic(text: str) -> bool:
    """Whether the first letter is, which also gives a text its direction."""
    first = LETTER.search(text)
    return bool(first and ARABIC.match(first[0]))


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
    """The language of the last visit, or of the terminal, or the one the browser asks for first."""
    for chosen in [request.COOKIES.get(COOKIE), wanted()]:
        if chosen in READERS:
            return str(chosen)
    for asked in request.headers.get("Accept-Language", "").lower().split(","):
        if asked.strip()[:2] in DIRECTIONS:
            return str(asked.strip()[:2])
    return "en"
