"""What an Arabic page avoids, so that it reads well and no browser turns it round."""

import re
from collections.abc import Iterator

from workbook.notes import Block, Page, words
from workbook.records import Finding

LETTER = "[\u0621-\u064a]"
RULES = {
    "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]": (
        "an invisible direction mark",
        "take it out; begin the sentence with an Arabic word instead",
    ),
    "[\ufb50-\ufdff\ufe70-\ufefc]": ("a presentation form", "type the plain letters"),
    "[\u06a9\u06c1\u06cc]": ("a Persian letter", "type the Arabic ك, ه, ي or ى"),
    "[\u0660-\u0669\u06f0-\u06f9]": ("an Eastern digit", "write 0 to 9"),
    f"(?<={LETTER})[,;?]": ("a Latin mark after an Arabic word", "write ، ؛ or ؟"),
    r"(?<=\s)[،؛؟]": ("a space before a mark", "take the space out"),
    r"(?<!\w)(?:علي|الي|حتي)(?!\w)": ("ي at the end of على, إلى or حتى", "write ى"),
}


def misspelt(page: Page) -> Iterator[Finding]:
    """Letters and marks that do not belong into Arabic, and blocks that begin with Latin."""
    for block in page.blocks:
        text = visible(block)
        for pattern, (what, mend) in RULES.items():
            if match := re.search(pattern, text):
                near = text[max(match.start() - 12, 0) : match.end() + 6]
                yield Finding(page.path, block.line, f"Here is {what}: {near!r}", mend)
        if starts_latin(block, text):
            yield Finding(
                page.path,
                block.line,
                f"This {block.kind} begins with Latin letters or code: its direction flips.",
                "begin with an Arabic word",
            )


def visible(block: Block) -> str:
    """What a reader sees of a block; of a listing nothing, which is the same in English."""
    if block.kind == "html_block":
        return re.sub(r"<!--.*?-->|<[^>]+>", "", block.source)
    return words(block.inline)


def starts_latin(block: Block, text: str) -> bool:
    """Whether the first thing that has a direction is Latin or code."""
    first = re.search(rf"{LETTER}|[A-Za-z]", text)
    leading = next((token for token in block.inline if token.content.strip()), None)
    coded = leading is not None and leading.type == "code_inline"
    return coded or bool(first and re.match("[A-Za-z]", first[0]))
