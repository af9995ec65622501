import re

from workbook.steps import ROOT, Step

LANGUAGES = ("en", "ar")


def note_path(step: Step, language: str) -> str:
    """Where a step's note stands, from the repository's root."""
    return f"notes/{language}/{step.path.name}.md"


def opening(step: Step, language: str) -> tuple[str, str]:
    """A note's title and its first paragraph, which says what the step teaches."""
    title, lead, *_ = re.split(
        r"\n{2,}", (ROOT / note_path(step, language)).read_text("utf-8").strip()
    )
    return title.removeprefix("# "), " ".join(lead.split())
