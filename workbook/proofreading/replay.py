"""Types a note's listings into the project that its step starts from."""

import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from workbook.diff import FileChange, changes
from workbook.errors import WorkbookError
from workbook.exercise.desk import begin
from workbook.invocation import typed
from workbook.languages import Bilingual
from workbook.notes import Block, Page
from workbook.proofreading.records import Finding
from workbook.steps import Step


def replay(page: Page, step: Step) -> Iterator[Finding]:
    """What keeps the listings of the step's note from making the step, to the byte."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder, "project")
        begin(step, project)
        command = typed(f"{step.name} diff")
        mend = Bilingual(f"compare with {command}", f"قارن بما يعرضه الأمر {command}")
        for block in page.blocks:
            if problem := type_in(block, project):
                fact = Bilingual(
                    f"The listing does not apply: {problem}", f"تعذّر تطبيق هذه القطعة: {problem}"
                )
                yield Finding(page.path, block.line, fact, mend)
                return
        for change in changes(project, step.path):
            if change.is_lesson:
                yield Finding(page.path, listed(page, change.path), leftover(change), mend)


def type_in(block: Block, project: Path) -> str:
    """Does what a listing says; why it could not, or ""."""
    match block.info.split():
        case [_, target] if target.startswith("file="):
            path = project / target.removeprefix("file=")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.source, "utf-8", newline="\n")
        case ["diff"]:
            return run(["git", "apply", "--whitespace=nowarn", "-"], project, block.source)
        case ["sh", "project"]:
            commands = [shlex.split(line) for line in block.source.splitlines()]
            problems = (run(command, project) for command in commands)
            return next(filter(None, problems), "")
    return ""


def run(command: list[str], project: Path, words: str = "") -> str:
    """Runs a command in the project, its environment activated; its complaint, if it fails."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    # Inside another repository's folder git would pass over what it is given.
    environment = os.environ | {"PATH": path, "GIT_CEILING_DIRECTORIES": str(project.parent)}
    try:
        done = subprocess.run(
            command,
            cwd=project,
            env=environment,
            input=words,
            capture_output=True,
            encoding="utf-8",
        )
    except FileNotFoundError:
        raise WorkbookError(
            Bilingual(
                f"There is no {command[0]} on this machine, and the listings need it.",
                f"لا يوجد {command[0]} على هذا الجهاز، وتحتاج إليه القطع التي في الشروح.",
            ),
            Bilingual("install it and try again", "ثبّته وأعد المحاولة"),
        ) from None
    return done.stderr.strip().replace("\n", "; ") if done.returncode else ""


def listed(page: Page, path: str) -> int:
    """The line of the last listing that writes the file; 1 if none does."""
    lines = [
        block.line
        for block in page.blocks
        if block.info.endswith(f" file={path}")
        or (block.info == "diff" and f"+++ b/{path}\n" in block.source)
    ]
    return lines[-1] if lines else 1


def leftover(change: FileChange) -> Bilingual:
    """How a file that was typed in differs from the step's."""
    path = change.path
    if change.before is None:
        return Bilingual(f"No listing makes {path}.", f"لا توجد قطعة تنشئ الملف {path}.")
    if change.after is None:
        return Bilingual(
            f"{path} is left over: the step has no such file.",
            f"الملف {path} زائد، فهو ليس من ملفات الخطوة.",
        )
    first = next(line for line in change.lines if line[0] in "+-")
    line = first[1:].strip()
    if first[0] == "+":
        return Bilingual(f"{path} lacks the line: {line}", f"ينقص الملف {path} هذا السطر: {line}")
    return Bilingual(f"{path} has a line too many: {line}", f"في الملف {path} سطر زائد: {line}")
