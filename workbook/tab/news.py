"""When those who follow something look again, in an interpreter in which nothing comes by itself.

For a while after something was said to it they look as they do on a machine; then nobody looks
until somebody speaks again, and a page that lies there costs nothing.
"""

import asyncio
import time
from contextlib import suppress

SOON = 0.1  # seconds
AWAKE = 2  # seconds after somebody spoke in which things may still change

asleep: list[asyncio.Future[None]] = []
rest = 0.0  # the moment in which it begins


def wake() -> None:
    """Somebody has spoken."""
    global rest
    rest = time.monotonic() + AWAKE
    while asleep:
        if not (sleeper := asleep.pop()).done():
            sleeper.set_result(None)


def is_awake() -> bool:
    return time.monotonic() < rest


async def awaited(seconds: float = SOON, sign: asyncio.Event | None = None) -> None:
    """As `web.practice.news` has it."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await (sign or asyncio.Event()).wait()
    if not is_awake():
        asleep.append(asyncio.get_running_loop().create_future())
        await asleep[-1]
