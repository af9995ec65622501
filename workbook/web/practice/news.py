"""When those who follow something look again."""

import asyncio
from contextlib import suppress

SOON = 0.1  # seconds


async def awaited(seconds: float = SOON, sign: asyncio.Event | None = None) -> None:
    """Waits for a moment, or until the sign of news is given."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await (sign or asyncio.Event()).wait()
