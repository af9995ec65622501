"""Whether an Arabic page says what its English one says."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest

from workbook.invocation import typed
from workbook.languages import Bilingual, bilingual
from workbook.notes import HEADINGS, HELPS, STAMP, Block, Page, shared
from workbook.proofreading.records import Finding

KINDS = {
    **{
        name: Bilingual(f"a heading of level {level}", f"قسم من المستوى {level}")
        for level, name in enumerate(HEADINGS, 1)
    },
    "paragraph": Bilingual("a paragraph", "فقرة"),
    "fence": Bilingual("a listing", "قطعة شيفرة"),
    "html_block": Bilingual("a piece of HTML", "قطعة HTML"),
    "bullet_list": Bilingual("a list", "قائمة"),
    "ordered_list": Bilingual("a numbered list", "قائمة مرقّمة"),
    "list_item": Bilingual("an item of a list", "بند في قائمة"),
    "table": Bilingual("a table", "جدول"),
    "tr": Bilingual("a row of a table", "صفّ في جدول"),
    "th": Bilingual("a cell of a table's head", "خلية في رأس جدول"),
    "td": Bilingual("a cell of a table", "خلية في جدول"),
}
ORDER = Bilingual(
    "give both the same blocks in the same order", "اجعل القطع في الصفحتين واحدة وبالترتيب نفسه"
)


def compare(english: Page, arabic: Page) -> Iterator[Finding]:
    """Where the two pages part, block by block; nothing behind a block of another kind."""
    for ours, theirs in zip_longest(shared(english), shared(arabic)):
        if ours is None or theirs is None or shape(ours) != shape(theirs):
            line = (theirs or arabic.blocks[-1]).line
            yield Finding(arabic.path, line, parted(name(ours), name(theirs)), ORDER)
            return
        mend = Bilingual(
            f"make it agree with {english.path}, line {ours.line}",
            f"طابق السطر {ours.line} من الملف {english.path}",
        )
        for fact in differences(ours, theirs):
            yield Finding(arabic.path, theirs.line, fact, mend)


def shape(block: Block) -> tuple[str, int]:
    return block.kind, block.level


def parted(ours: Bilingual, theirs: Bilingual) -> Bilingual:
    return Bilingual(
        f"Here is {theirs.en}; in English it is {ours.en}.",
        f"هنا {theirs.ar}، وفي الصفحة الإنجليزية {ours.ar}.",
    )


def name(block: Block | None) -> Bilingual:
    """What a finding calls a block: its kind and line."""
    if block is None:
        return Bilingual("the end", "نهاية الصفحة")
    kind = KINDS.get(block.kind, bilingual(block.kind))
    return Bilingual(f"{kind.en} (line {block.line})", f"{kind.ar} (السطر {block.line})")


def differences(ours: Block, theirs: Block) -> Iterator[Bilingual]:
    """What one block has and its twin has not, a sentence each."""
    if ours.kind == "fence" and (ours.info, skeleton(ours)) != (theirs.info, skeleton(theirs)):
        yield Bilingual(
            "The listing is another one.", "تختلف هذه القطعة عن نظيرتها في الصفحة الإنجليزية."
        )
    if ours.kind == "html_block" and tags(ours) != tags(theirs):
        yield Bilingual(
            "The HTML is another one.", "تختلف شيفرة HTML هنا عن التي في الصفحة الإنجليزية."
        )
    for what, wanted, found in [
        (Bilingual("code", "الشيفرة"), Counter(ours.codes), Counter(theirs.codes)),
        (Bilingual("link", "الروابط"), Counter(neutral(ours)), Counter(neutral(theirs))),
    ]:
        for token in (wanted - found).elements():
            yield Bilingual(f"The {what.en} {token} is missing.", f"ينقص من {what.ar}: {token}.")
        for token in (found - wanted).elements():
            yield Bilingual(
                f"The {what.en} {token} is not in the English.",
                f"ليس في الصفحة الإنجليزية من {what.ar}: {token}.",
            )


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
    command = typed(f"notes TRANSLATED={arabic.path}")
    mend = Bilingual(f"translate it anew, then {command}", f"أعد الترجمة، ثم نفّذ الأمر {command}")
    found = [STAMP.fullmatch(block.source) for block in arabic.blocks]
    noted = next((match[1].split() for match in found if match), None)
    if noted is None:
        fact = Bilingual(
            "The page does not say which English it translates.",
            "لا تذكر الصفحة أي نص إنجليزي تترجمه.",
        )
        yield Finding(arabic.path, 1, fact, mend)
        return
    fact = Bilingual("The English of this section was changed.", "تغيّر النص الإنجليزي لهذا القسم.")
    for section, now, then in zip_longest(sections(arabic), hashes(english), noted):
        if now != then:
            line = (section or arabic.blocks)[0].line
            yield Finding(arabic.path, line, fact, mend)


def stamped(english: Page, arabic: str) -> str:
    """The Arabic text with the stamp of the English that it translates as its last line."""
    return f"{STAMP.sub('', arabic).rstrip()}\n\n<!-- translates: {' '.join(hashes(english))} -->\n"


def hashes(page: Page) -> list[str]:
    """A hash for each section, over its words; the rest is compared to the letter anyway."""
    texts = (
        "\n".join(block.source for block in section if is_prose(block))
        for section in sections(page)
    )
    return [hashlib.sha256(text.encode()).hexdigest()[:8] for text in texts]


def is_prose(block: Block) -> bool:
    """Whether it is a translator's to translate: no listing, and no comment for the engine."""
    return block.kind != "fence" and not HELPS.match(block.source)


def sections(page: Page) -> list[list[Block]]:
    """What stands before the first second-level heading, and each of these with what follows it."""
    found: list[list[Block]] = [[]]
    for block in shared(page):
        if block.kind == "h2":
            found.append([])
        found[-1].append(block)
    return found
