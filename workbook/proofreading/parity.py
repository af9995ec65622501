"""Whether an Arabic page says what its English one says."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest

from workbook.invocation import typed
from workbook.notes import STAMP, Block, Page, shared
from workbook.records import Finding


def compare(english: Page, arabic: Page) -> Iterator[Finding]:
    """Where the two pages part, block by block; nothing behind a block of another kind."""
    for ours, theirs in zip_longest(shared(english), shared(arabic)):
        if ours is None or theirs is None or shape(ours) != shape(theirs):
            line = (theirs or arabic.blocks[-1]).line
            fact = f"Here is {name(theirs)}; in English it is {name(ours)}"
            yield Finding(arabic.path, line, fact, "give both the same blocks in the same order")
            return
        for fact in differences(ours, theirs):
            mend = f"make it agree with {english.path}, line {ours.line}"
            yield Finding(arabic.path, theirs.line, fact, mend)


def shape(block: Block) -> tuple[str, int]:
    return block.kind, block.level


def name(block: Block | None) -> str:
    """What a finding calls a block: its kind and line."""
    return f"{block.kind.replace('_', ' ')} (line {block.line})" if block else "the end"


def differences(ours: Block, theirs: Block) -> Iterator[str]:
    """What one block has and its twin has not, a sentence each."""
    if ours.kind == "fence" and (ours.info, skeleton(ours)) != (theirs.info, skeleton(theirs)):
        yield "The listing is another one."
    if ours.kind == "html_block" and tags(ours) != tags(theirs):
        yield "The HTML is another one."
    for what, wanted, found in [
        ("code", Counter(ours.codes), Counter(theirs.codes)),
        ("link", Counter(neutral(ours)), Counter(neutral(theirs))),
    ]:
        for token in (wanted - found).elements():
            yield f"The {what} {token} is missing."
        for token in (found - wanted).elements():
            yield f"The {what} {token} is not in the English."


def skeleton(fence: Block) -> str:
    """What is the same in every language: not the words of a diagram, nor what a comment says."""
    spoken = {"mermaid": r'"[^"\n]*"|: .*$| as .*$', "sh": " *#.*$"}
    return re.sub(spoken.get(fence.info, "$^"), "", fence.source, flags=re.M)


def tags(block: Block) -> list[str]:
    return re.findall(r"<!--.*?-->|</?\w[^>]*>", block.source.replace(' dir="rtl"', ""))


def neutral(block: Block) -> list[str]:
    """The block's links, with the page's language taken out."""
    return [
        link.replace("/ar/", "/en/").replace("README.ar.md", "README.md") for link in block.links
    ]


def stale(english: Page, arabic: Page) -> Iterator[Finding]:
    """The sections whose English was changed since they were translated."""
    mend = f"translate it anew, then {typed(f'notes TRANSLATED={arabic.path}')}"
    found = [STAMP.fullmatch(block.source) for block in arabic.blocks]
    noted = next((match[1].split() for match in found if match), None)
    if noted is None:
        yield Finding(arabic.path, 1, "The page does not say which English it translates.", mend)
        return
    for section, now, then in zip_longest(sections(arabic), hashes(english), noted):
        if now != then:
            line = (section or arabic.blocks)[0].line
            yield Finding(arabic.path, line, "The English of this section was changed.", mend)


def stamped(english: Page, arabic: str) -> str:
    """The Arabic text with the stamp of the English that it translates as its last line."""
    return f"{STAMP.sub('', arabic).rstrip()}\n\n<!-- translates: {' '.join(hashes(english))} -->\n"


def hashes(page: Page) -> list[str]:
    """A hash for each section, over its words; listings are compared to the letter anyway."""
    texts = (
        "\n".join(block.source for block in section if block.kind != "fence")
        for section in sections(page)
    )
    return [hashlib.sha256(text.encode()).hexdigest()[:8] for text in texts]


def sections(page: Page) -> list[list[Block]]:
    """What stands before the first second-level heading, and each of these with what follows it."""
    found: list[list[Block]] = [[]]
    for block in shared(page):
        if block.kind == "h2":
            found.append([])
        found[-1].append(block)
    return found
