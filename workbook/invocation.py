import os
import re


def typed(words: str) -> str:
    """How these words of make are typed here: with make, if that was done, or without it."""
    if "MAKELEVEL" in os.environ:
        return f"make {words}".strip()
    options = re.sub(r"\b([A-Z]+)=", lambda name: f"--{name[1].lower()} ", words)
    return f"python -m workbook {options}".strip()
