"""Draws the diagrams of the notes. Run by `python -m tools.diagrams`.

A drawing is named after its source, so that a page always shows the drawing of what it says;
those that no page asks for any more are deleted.
"""

from pathlib import Path

from tests.support.browsers import chromium
from workbook.notes import all_pages, page
from workbook.web.listings import DIAGRAMS, drawing

HERE = Path(__file__).parent
MERMAID = HERE / "vendor" / "mermaid" / "mermaid.tiny.js"
STYLES = HERE.parent / "workbook" / "web" / "static" / "web" / "css" / "tokens.css"
FONTS = '"IBM Plex Sans", "IBM Plex Sans Arabic"'
# Each colour stands for what it is for, and becomes the class of that name.
ROLES = {
    "text": "#000001",
    "line": "#000002",
    "box": "#000003",
    "edge": "#000004",
    "note": "#000005",
    "paper": "#000006",
}


def main():
    wanted = {drawing(source): source for source in sources()}
    DIAGRAMS.mkdir(parents=True, exist_ok=True)
    for file in DIAGRAMS.glob("*.svg"):
        if file not in wanted:
            file.unlink()
    draw({file: source for file, source in wanted.items() if not file.exists()})


def sources():
    """The source of every diagram in the notes."""
    for paths in all_pages().values():
        for path in paths.values():
            for block in page(path).blocks:
                if block.info == "mermaid":
                    yield block.source


def draw(missing):
    with chromium() as browser:
        window = browser.new_page()
        window.goto(STYLES.as_uri())  # a page from the same folder, so that it gets the fonts
        window.set_content(f'<link rel="stylesheet" href="{STYLES.as_uri()}">')
        window.add_script_tag(path=MERMAID)
        window.add_script_tag(path=HERE / "diagrams.js")
        window.evaluate(
            "fonts => Promise.all(['400', '600'].map(w => document.fonts.load(`${w} 15px ${fonts}`, 'aا')))",
            FONTS,
        )
        roles = {f"rgb(0, 0, {number})": role for number, role in enumerate(ROLES, start=1)}
        for file, source in missing.items():
            # A page is a column, and in Arabic it is read from the right: from the top suits both.
            downwards = source.replace("flowchart LR", "flowchart TD", 1)
            svg = window.evaluate("draw", [f"d{file.stem}", downwards, options(), roles])
            file.write_text(svg + "\n", "utf-8")
            print(file.name)
        browser.close()


def options():
    return {
        "startOnLoad": False,
        "securityLevel": "strict",
        "htmlLabels": False,
        "flowchart": {
            "htmlLabels": False,
            "padding": 12,
            "nodeSpacing": 32,
            "rankSpacing": 44,
            "wrappingWidth": 220,
            "subGraphTitleMargin": {"top": 4, "bottom": 14},
        },
        "sequence": {
            "mirrorActors": False,
            "width": 164,
            "height": 48,
            "actorMargin": 24,
            "diagramMarginX": 4,
            "wrap": True,
            "messageFontSize": 15,
            "actorFontSize": 15,
        },
        "fontFamily": FONTS,
        "theme": "base",
        "themeVariables": {
            "fontFamily": FONTS,
            "fontSize": "15px",
            "background": ROLES["paper"],
            "textColor": ROLES["text"],
            "primaryColor": ROLES["box"],
            "primaryTextColor": ROLES["text"],
            "primaryBorderColor": ROLES["edge"],
            "lineColor": ROLES["line"],
            "arrowheadColor": ROLES["line"],
            "edgeLabelBackground": ROLES["paper"],
            "nodeTextColor": ROLES["text"],
            "clusterBkg": ROLES["paper"],
            "clusterBorder": ROLES["line"],
            "titleColor": ROLES["text"],
            "actorBkg": ROLES["box"],
            "actorBorder": ROLES["edge"],
            "actorTextColor": ROLES["text"],
            "actorLineColor": ROLES["line"],
            "signalColor": ROLES["line"],
            "signalTextColor": ROLES["text"],
            "noteBkgColor": ROLES["note"],
            "noteTextColor": ROLES["text"],
            "noteBorderColor": ROLES["line"],
        },
    }


if __name__ == "__main__":
    main()
