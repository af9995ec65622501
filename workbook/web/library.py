"""Which pages of the notes there are."""

from workbook.notes import LANGUAGES
from workbook.steps import ROOT, all_steps

NOTES = ROOT / "notes"


def all_pages() -> dict[str, dict[str, str]]:
    """Each page's paths by language, by the page's name; "" is a page in both languages."""
    found: dict[str, dict[str, str]] = {}
    for file in sorted(NOTES.rglob("*.md"), reverse=True):
        folder = file.parent.name
        language = folder if folder in LANGUAGES else ""
        found.setdefault(file.stem, {})[language] = file.relative_to(ROOT).as_posix()
    return dict(sorted(found.items()))


def beside_the_steps() -> dict[str, dict[str, str]]:
    """The pages that are no step's note."""
    notes = {step.path.name for step in all_steps()}
    return {name: paths for name, paths in all_pages().items() if name not in notes}


def changed(path: str) -> int:
    """When a page was changed: what is kept of it is good until then."""
    return (ROOT / path).stat().st_mtime_ns
