"""The cookies of the tab's windows, which all share, as in a browser."""

import time
from email.utils import parsedate_to_datetime
from http.cookies import CookieError, Morsel, SimpleCookie
from typing import Any


class Cookies:
    """What servers have set; `kept` is what a page may keep over a restart."""

    def __init__(self, kept: dict[str, dict[str, Any]] | None = None) -> None:
        self.kept = kept or {}

    def take(self, set_cookie: str) -> None:
        """Takes one Set-Cookie of an answer."""
        try:
            morsels = SimpleCookie(set_cookie).values()
        except CookieError:
            return
        for morsel in morsels:
            self.put(morsel)

    def put(self, morsel: "Morsel[str]") -> None:
        path = morsel["path"] or "/"
        key = f"{morsel.key} {path}"
        end = expiry(morsel)
        self.kept.pop(key, None)
        if end is None or end > time.time():
            self.kept[key] = {
                "name": morsel.key,
                "value": morsel.coded_value,
                "path": path,
                "end": end,
                "hidden": bool(morsel["httponly"]),
            }

    def header(self, path: str) -> str:
        """What a request for this path carries."""
        return joined(self.of(path))

    def seen(self, path: str) -> str:
        """What a script of the page at this path may read."""
        return joined(each for each in self.of(path) if not each["hidden"])

    def of(self, path: str) -> list[dict[str, Any]]:
        """The cookies for a path; those of a longer path come first."""
        now = time.time()
        alive = [each for each in self.kept.values() if each["end"] is None or each["end"] > now]
        found = [each for each in alive if within(path, each["path"])]
        return sorted(found, key=lambda each: -len(each["path"]))


def expiry(morsel: "Morsel[str]") -> float | None:
    """The second in which it ends; None if it does not."""
    try:
        if morsel["max-age"]:
            return time.time() + int(morsel["max-age"])
        if morsel["expires"]:
            return parsedate_to_datetime(morsel["expires"]).timestamp()
    except ValueError:
        pass
    return None


def within(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder if folder.endswith("/") else f"{folder}/")


def joined(cookies: Any) -> str:
    return "; ".join(f"{each['name']}={each['value']}" for each in cookies)
