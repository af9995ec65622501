"""The project's own Python, in `.venv`, and the packages in it.

Read by any Python from 3.7, as `__main__` is: no newer syntax, only the standard library.
"""

import os
import shutil
import subprocess
import sys
from typing import List, Optional

from workbook.errors import WorkbookError
from workbook.languages import Bilingual, bilingual, said

OLDEST = (3, 11)
KNOWN = ("3.13", "3.12", "3.11")
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
NO_NETWORK = ("NewConnectionError", "ConnectTimeout", "ProxyError", "NameResolution")
MEND = Bilingual("mend that and try again", "أصلح ذلك وأعد المحاولة")
NO_REASON = Bilingual("no reason was given", "لم يُذكر السبب")


def prepare(requirements: str, folder: str = VENV, base: Optional[str] = None) -> str:
    """The Python in `folder`, with what the file `requirements` pins installed.

    The first call makes the folder, with the Python `base` or this one; later ones return at once.
    Raises WorkbookError.
    """
    python = python_in(folder)
    if is_installed(folder, requirements):
        return python
    if not works(python, "-m", "pip", "--version"):
        make(folder, base or new_enough_python(folder))
    install(python, requirements, folder)
    return python


def python_in(folder: str) -> str:
    inside = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return os.path.join(folder, *inside)


def is_running(folder: str = VENV) -> bool:
    """Whether this very process runs in the environment in `folder`."""
    return os.path.realpath(sys.prefix) == os.path.realpath(folder)


def is_installed(folder: str, requirements: str) -> bool:
    """Whether all that the file pins is there: a copy of the file, made last, is the sign of it."""
    pinned = read(os.path.join(ROOT, requirements))
    return read(os.path.join(folder, requirements)) == pinned and (
        os.access(python_in(folder), os.X_OK)
    )


def read(path: str) -> Optional[str]:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError:
        return None


def works(python: str, *arguments: str) -> bool:
    """Whether the command is there and ends well; pyenv leaves some that only say they cannot."""
    try:
        return subprocess.run([python, *arguments], capture_output=True).returncode == 0
    except OSError:
        return False


def new_enough_python(folder: str) -> str:
    """This Python, or a newer one on the path where this one is too old."""
    if is_running(folder):
        raise WorkbookError(
            Bilingual("The environment is broken.", "بيئة المشروع معطوبة."),
            Bilingual(
                f"remove the folder {folder} and try again", f"احذف المجلد {folder} وأعد المحاولة"
            ),
        )
    if sys.version_info >= OLDEST:
        return sys.executable
    for version in KNOWN:
        python = shutil.which(f"python{version}")
        if python and works(python, "--version"):
            return python
    versions = (*sys.version_info[:2], *OLDEST)
    raise WorkbookError(
        Bilingual(
            "Python {}.{} is too old: the workbook needs {}.{} or newer.".format(*versions),
            "الإصدار Python {}.{} قديم، ويحتاج الدفتر إلى {}.{} أو أحدث.".format(*versions),
        ),
        Bilingual(
            "install it from https://www.python.org/downloads/ and try again",
            "ثبّته من https://www.python.org/downloads/ وأعد المحاولة",
        ),
    )


def make(folder: str, base: str) -> None:
    """Makes a virtual environment; what a broken one left in the folder is cleared."""
    name = os.path.basename(folder)
    say(Bilingual(f"Making {name} with {base}", f"تُنشأ البيئة {name} باستخدام {base}"))
    made = subprocess.run(
        [base, "-m", "venv", "--clear", folder],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        universal_newlines=True,
    )
    if made.returncode == 0:
        return
    if "ensurepip" in made.stdout or "No module named venv" in made.stdout:
        package = "python{}.{}-venv".format(*version_of(base))
        raise WorkbookError(
            Bilingual("This Python came without its venv module.", "ليس في Python هذه وحدة venv."),
            Bilingual(
                f"sudo apt install {package} (or your system's package like it), and try again",
                f"ثبّتها بالأمر sudo apt install {package} (أو بما يقابله في نظامك) وأعد المحاولة",
            ),
        )
    last = last_line(made.stdout)
    raise WorkbookError(
        Bilingual(f"The environment could not be made: {last.en}", f"تعذّر إنشاء البيئة: {last.ar}"),
        MEND,
    )


def version_of(python: str) -> List[str]:
    code = "import sys; print(*sys.version_info[:2])"
    return subprocess.check_output([python, "-c", code], universal_newlines=True).split()


def install(python: str, requirements: str, folder: str) -> None:
    """Installs what the file pins, a dot a package, and then leaves the sign that all is there."""
    pinned = os.path.join(ROOT, requirements)
    about = Bilingual(
        f"Installing the packages of {requirements}, once ",
        f"تُثبَّت حزم الملف {requirements} مرة واحدة ",
    )
    say(about, end="")
    command = [python, "-m", "pip", "install", "--disable-pip-version-check", "--retries", "2"]
    lines = []
    with subprocess.Popen(
        [*command, "-r", pinned],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        universal_newlines=True,
    ) as pip:
        for line in pip.stdout or ():
            lines.append(line)
            if line.startswith("Collecting "):
                say(bilingual("."), end="")
    say(bilingual(""))
    if pip.returncode:
        raise reason("".join(lines))
    shutil.copyfile(pinned, os.path.join(folder, requirements))


def reason(output: str) -> WorkbookError:
    """What made pip fail and what mends it, from its output."""
    if any(sign in output for sign in NO_NETWORK):
        return WorkbookError(
            Bilingual(
                "The packages could not be fetched: there is no way to the package index.",
                "تعذّر جلب الحزم: لا طريق إلى فهرس الحزم.",
            ),
            Bilingual(
                "connect this machine to the network for the first run, and try again",
                "صِل هذا الجهاز بالشبكة في التشغيل الأول وأعد المحاولة",
            ),
        )
    if "No space left" in output:
        return WorkbookError(
            Bilingual("The disk is full.", "القرص ممتلئ."),
            Bilingual(
                "make room (the packages need 300 MB) and try again",
                "أفسح مكانًا (تحتاج الحزم إلى 300 MB) وأعد المحاولة",
            ),
        )
    last = last_line(output)
    return WorkbookError(
        Bilingual(
            f"The packages could not be installed: {last.en}", f"تعذّر تثبيت الحزم: {last.ar}"
        ),
        MEND,
    )


def last_line(output: str) -> Bilingual:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR")]
    found = errors or lines
    return bilingual(found[-1]) if found else NO_REASON


def complain(error: WorkbookError) -> None:
    """What went wrong and what mends it, with signs that any terminal has."""
    for what in said(error.what):
        say(bilingual("x " + what))
    for then in said(error.then):
        say(bilingual("  -> " + then))


def say(text: Bilingual, end: str = "\n") -> None:
    sys.stderr.write("\n".join(said(text)) + end)
    sys.stderr.flush()
