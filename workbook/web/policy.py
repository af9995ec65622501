"""Who may do what: strangers read, and only this machine's own pages start anything."""

from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address
from typing import Any

from channels.security.websocket import WebsocketDenier
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

View = Callable[..., HttpResponse]

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


def content_security(get_response: View) -> View:
    """Middleware: a page loads what this site serves, and nothing written into the page runs."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", written(CONTENT))
        return response

    return middleware


def written(content: dict[str, str]) -> str:
    return "; ".join(f"{what} {where}" for what, where in content.items())


def local_only(view: View) -> View:
    """A view that starts or checks something: refused to whoever reads over the network."""

    @wraps(view)
    def guarded(request: HttpRequest, **about: Any) -> HttpResponse:
        if not is_loopback(request.META["REMOTE_ADDR"]):
            return render(request, "web/refused.html", status=403)
        return view(request, **about)

    return guarded


def is_loopback(address: str) -> bool:
    return ip_address(address.partition("%")[0]).is_loopback


class LoopbackOnly:
    """Refuses the sockets that come over the network."""

    def __init__(self, application: Any) -> None:
        self.application = application

    async def __call__(self, scope: Any, receive: Any, send: Any) -> Any:
        allowed = is_loopback(scope["client"][0])
        application = self.application if allowed else WebsocketDenier()
        return await application(scope, receive, send)


class SamePort:
    """Refuses the sockets of other sites on this machine: their Origin has another port."""

    def __init__(self, application: Any) -> None:
        self.application = application

    async def __call__(self, scope: Any, receive: Any, send: Any) -> Any:
        headers = dict(scope["headers"])
        allowed = headers[b"origin"].partition(b"://")[2] == headers.get(b"host")
        application = self.application if allowed else WebsocketDenier()
        return await application(scope, receive, send)
