"""Whether every link of the pages leads somewhere."""

import re
from collections.abc import Iterator
from posixpath import dirname, join, normpath

from workbook.languages import Bilingual
from workbook.notes import HEADINGS, Block, Page
from workbook.notes import page as read
from workbook.proofreading.records import Finding
from workbook.steps import ROOT

INDEX = "notes/en/README.md"
GLOSSARY = "notes/en/glossary.md"
LISTS = {INDEX, GLOSSARY, "notes/en/load.md"}  # read here and there, and not from the top
LIST = Bilingual(f"list it in {INDEX}", f"أضفه إلى الملف {INDEX}")
MEND = Bilingual("mend the link", "أصلح الرابط")


def broken(pages: dict[str, Page]) -> Iterator[Finding]:
    """Links to no file, to no heading, or to an outer page that the index does not list."""
    listed = [link for block in pages[INDEX].blocks for link in block.links if is_outer(link)]
    for page in pages.values():
        for block in page.blocks:
            for link in block.links:
                if is_outer(link):
                    if link not in listed:
                        yield Finding(page.path, block.line, unlisted(link), LIST)
                elif problem := dead_end(page, link, pages):
                    yield Finding(page.path, block.line, problem, MEND)


def is_outer(link: str) -> bool:
    return link.startswith(("http:", "https:")) and "127.0.0.1" not in link


def unlisted(link: str) -> Bilingual:
    return Bilingual(
        f"The link {link} is not among the official documentation.",
        f"ليس الرابط {link} من روابط التوثيق الرسمي المذكورة.",
    )


def dead_end(page: Page, link: str, pages: dict[str, Page]) -> Bilingual | None:
    """Why an inner link leads nowhere; None if it leads somewhere."""
    if link.startswith("http"):
        return None
    target, _, anchor = link.partition("#")
    path = normpath(join(dirname(page.path), target)) if target else page.path
    if not (ROOT / path).exists():
        return Bilingual(f"There is no {path}.", f"لا يوجد الملف {path}.")
    if anchor and anchor not in anchors(pages.get(path) or read(path)):
        return Bilingual(
            f"There is no heading #{anchor} in {path}.",
            f"لا يوجد القسم #{anchor} في الملف {path}.",
        )
    return None


def anchors(page: Page) -> list[str]:
    return [heading.anchor for heading in page.headings]


def unlinked(page: Page, glossary: Page) -> Iterator[Finding]:
    """The glossary's terms that an English note uses for the first time without a link."""
    terms = [heading for heading in glossary.headings if heading.level == 3]
    terms.sort(key=lambda heading: len(heading.words), reverse=True)  # "channel" is in others too
    seen = set()
    for block in page.blocks:
        prose = "" if block.kind in HEADINGS else plain(block)
        for term in terms:
            pattern = rf"(?<![\w-]){re.escape(term.words)}(?:s|es)?(?![\w-])"
            prose, count = re.subn(pattern, " ", prose)
            if count and term.words not in seen:
                seen.add(term.words)
                link = f"glossary.md#{term.anchor}"
                if link not in block.links:
                    mend = Bilingual(f"link it to {link}", f"اجعل له رابطًا إلى {link}")
                    yield Finding(page.path, block.line, first_use(term.words), mend)


def first_use(term: str) -> Bilingual:
    return Bilingual(
        f"The term {term} is used for the first time.", f"يظهر المصطلح {term} هنا لأول مرة."
    )


def plain(block: Block) -> str:
    """A block's words but for its code."""
    return "".join(token.content if token.type == "text" else " " for token in block.inline)
