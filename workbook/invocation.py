"""How a command is typed here: with make, if that was done, or without it."""

import os
import re

FLAGS = ("JSON", "TRACEBACK", "WIRE")  # options without a value, where there is no make


def typed(words: str) -> str:
    """These words of make, as they are typed here."""
    if with_make():
        return f"make {words}".strip()
    flags = re.sub(rf"\b({'|'.join(FLAGS)})=1", lambda name: option(name[1]), words)
    options = re.sub(r"\b([A-Z]+)=", lambda name: f"{option(name[1])} ", flags)
    return f"python -m workbook {options}".strip()


def option(name: str) -> str:
    """An option of make's, such as PORT, as it is typed here."""
    return name if with_make() else f"--{name.lower()}"


def with_make() -> bool:
    return "MAKELEVEL" in os.environ
