"""Who may do what: strangers read, and only this machine's own pages start anything."""

from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address
from typing import Any, Literal

from channels.security.websocket import WebsocketDenier
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.http import ConditionalGetMiddleware
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

View = Callable[..., HttpResponse]
Engine = Literal["machine", "tab", ""]

CONTENT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
# What a page can say for itself: no header comes with a file. Who frames it, it cannot say.
FOR_A_TAB = {what: where for what, where in CONTENT.items() if what != "frame-ancestors"} | {
    "script-src": "'self' 'wasm-unsafe-eval'",
    "worker-src": "'self'",
    "frame-src": "'self'",
    "manifest-src": "'self'",
}
IN_TAB = "workbook.tab"  # in META: the page is for a site of files
ABOUT_THE_BODY = ("Content-Length", "Content-Type")


class SameHeaders(ConditionalGetMiddleware):
    """Middleware: "not modified" says with every header what the page itself would have said.

    A browser takes those headers over for the page that it has kept.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        answer = super().process_response(request, response)
        for name, value in response.headers.items():
            if name not in ABOUT_THE_BODY:
                answer.headers.setdefault(name, value)
        return answer


def content_security(get_response: View) -> View:
    """Middleware: a page loads what this site serves, and nothing written into the page runs."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.headers["Content-Type"].startswith("text/html"):
            response.headers.setdefault("Content-Security-Policy", written(CONTENT))
        patch_vary_headers(response, ["Accept-Encoding"])  # which says how it is sent
        return response

    return middleware


def written(content: dict[str, str]) -> str:
    return "; ".join(f"{what} {where}" for what, where in content.items())


def local_only(view: View) -> View:
    """A view that starts or checks something: refused to whoever reads over the network."""

    @wraps(view)
    def guarded(request: HttpRequest, **about: Any) -> HttpResponse:
        if not engine(request):
            return render(request, "web/refused.html", status=403)
        return view(request, **about)

    return guarded


def own_pages_only(application: Any) -> Any:
    """Sockets that start or check something: refused to the network and to other sites' pages."""

    async def guarded(scope: dict[str, Any], receive: Any, send: Any) -> None:
        allowed = is_loopback(scope["client"][0]) and is_same_origin(dict(scope["headers"]))
        await (application if allowed else WebsocketDenier())(scope, receive, send)

    return guarded


def is_here(request: HttpRequest) -> bool:
    """Whether somebody at this very machine asks: the desk and the progress are theirs alone."""
    return engine(request) == "machine"


def engine(request: HttpRequest) -> Engine:
    """Where what the page starts is run: here, in the reader's own tab or, for a stranger, nowhere.

    A header cannot make it a tab: what a browser sends has names of its own in META.
    """
    if IN_TAB in request.META:
        return "tab"
    return "machine" if is_loopback(request.META["REMOTE_ADDR"]) else ""


def is_loopback(address: str) -> bool:
    return ip_address(address.partition("%")[0]).is_loopback


def is_same_origin(headers: dict[bytes, bytes]) -> bool:
    """Whether a page of this very host and port asks: another server here has another port."""
    return headers.get(b"origin", b"").partition(b"://")[2] == headers.get(b"host")
