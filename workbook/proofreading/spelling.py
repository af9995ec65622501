"""What an Arabic page avoids, so that it reads well and no browser turns it round."""

import re
from collections.abc import Iterator

from workbook.languages import Bilingual
from workbook.notes import Block, Page, words
from workbook.proofreading.records import Finding

LETTER = "[\u0621-\u064a]"
RULES = {
    "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]": (
        Bilingual("an invisible direction mark", "علامة اتجاه لا تُرى"),
        Bilingual(
            "take it out; begin the sentence with an Arabic word instead",
            "احذفها، وابدأ الجملة بكلمة عربية",
        ),
    ),
    "[\ufb50-\ufdff\ufe70-\ufefc]": (
        Bilingual("a presentation form", "حرف بصورة العرض (presentation form)"),
        Bilingual("type the plain letters", "اكتب الحروف المعتادة"),
    ),
    "[\u06a9\u06c1\u06cc]": (
        Bilingual("a Persian letter", "حرف فارسي"),
        Bilingual("type the Arabic ك, ه, ي or ى", "اكتب الحرف العربي: ك أو ه أو ي أو ى"),
    ),
    "[\u0660-\u0669\u06f0-\u06f9]": (
        Bilingual("an Eastern digit", "رقم مشرقي"),
        Bilingual("write 0 to 9", "اكتب الأرقام من 0 إلى 9"),
    ),
    f"(?<={LETTER})[,;?]": (
        Bilingual("a Latin mark after an Arabic word", "علامة ترقيم لاتينية بعد كلمة عربية"),
        Bilingual("write ، ؛ or ؟", "اكتب ، أو ؛ أو ؟"),
    ),
    r"(?<=\s)[،؛؟]": (
        Bilingual("a space before a mark", "مسافة قبل علامة ترقيم"),
        Bilingual("take the space out", "احذف المسافة"),
    ),
    r"(?<!\w)(?:علي|الي|حتي)(?!\w)": (
        Bilingual("ي at the end of على, إلى or حتى", "ياء في آخر «على» أو «إلى» أو «حتى»"),
        Bilingual("write ى", "اكتب ى"),
    ),
}
FLIPPED = Bilingual(
    "The block begins with Latin letters or code: its direction flips.",
    "يبدأ النص هنا بحروف لاتينية أو بشيفرة، فينقلب اتجاهه.",
)
BEGIN = Bilingual("begin with an Arabic word", "ابدأ بكلمة عربية")
KEPT = '<span dir="ltr">'
KEEP = Bilingual(f"write {KEPT} before it, and </span> after it", f"اكتب {KEPT} قبله و</span> بعده")
PAIRS = str.maketrans("()[]{}<>", ")(][}{><")


def misspelt(page: Page) -> Iterator[Finding]:
    """Letters and marks that do not belong into Arabic, and blocks that begin with Latin."""
    for block in page.blocks:
        text = visible(block)
        for pattern, (what, mend) in RULES.items():
            if match := re.search(pattern, text):
                near = text[max(match.start() - 12, 0) : match.end() + 6]
                fact = Bilingual(f"Here is {what.en}: {near!r}", f"هنا {what.ar}: {near!r}")
                yield Finding(page.path, block.line, fact, mend)
        if starts_latin(block, text):
            yield Finding(page.path, block.line, FLIPPED, BEGIN)
        for code in loose(block):
            fact = Bilingual(
                f"GitHub shows an end of {code} on its other side.",
                f"يعرض GitHub أحد طرفي {code} في الجهة الأخرى.",
            )
            yield Finding(page.path, block.line, fact, KEEP)


def visible(block: Block) -> str:
    """What a reader sees of a block; of a listing nothing, which is the same in English."""
    if block.kind == "html_block":
        return re.sub(r"<!--.*?-->|<[^>]+>", "", block.source)
    return words(block.inline)


def starts_latin(block: Block, text: str) -> bool:
    """Whether the first thing that has a direction is Latin or code."""
    first = re.search(rf"{LETTER}|[A-Za-z]", text)
    seen = (token for token in block.inline if token.type != "html_inline")
    leading = next((token for token in seen if token.content.strip()), None)
    coded = leading is not None and leading.type == "code_inline"
    return coded or bool(first and re.match("[A-Za-z]", first[0]))


def loose(block: Block) -> Iterator[str]:
    """Code and addresses that a sentence from the right turns, as GitHub isolates neither."""
    kept = False
    for token in block.inline:
        if token.type == "html_inline":
            kept = token.content == KEPT
        coded = token.type == "code_inline" or token.content.startswith("http")
        if coded and not kept and turns(token.content):
            yield token.content


def turns(code: str) -> bool:
    """Whether signs around its letters change places; with a space, where a line breaks in it."""
    around = re.fullmatch(r"([^A-Za-z]*)([A-Za-z].*?)([\W_]*)", code)
    if around is None or re.search(LETTER, code):
        return False
    before, after = around[1], around[3]
    return before != after.translate(PAIRS)[::-1] or bool(before and " " in code)
