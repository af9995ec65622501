"""The project's own Python, in `.venv`, and the packages in it.

Read by any Python from 3.7, as `__main__` is: no newer syntax, only the standard library.
"""

import errno
import os
import re
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager
from typing import Any, Dict, Iterator, List, Optional

from workbook import lock
from workbook.errors import WorkbookError
from workbook.languages import Bilingual, bilingual, said

OLDEST = (3, 11)
KNOWN = ("3.15", "3.14", "3.13", "3.12", "3.11")
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
FULL = "No space left"
NO_NETWORK = ("NewConnectionError", "ConnectTimeout", "ProxyError", "NameResolution")
MEND = Bilingual("mend that and try again", "أصلح ذلك وأعد المحاولة")
LOG = "install.log"  # in the environment: what pip said when it failed
FOR_PIP = {"PIP_USER": "0"}  # its settings may have it otherwise, which no environment allows
ASIDES = ("hint:", "note:", "[notice]", "warning:")  # what pip says after an error, and is none
NO_REASON = Bilingual("no reason was given", "لم يُذكر السبب")


def prepare(requirements: str, folder: str = VENV, base: Optional[str] = None) -> str:
    """The Python in `folder`, with what the file `requirements` pins installed.

    The first call makes the folder, with the Python `base` or this one; later ones return at once.
    One command at a time makes and installs: another waits. Raises WorkbookError.
    """
    if is_installed(folder, requirements):
        return python_in(folder)
    try:
        os.makedirs(os.path.dirname(folder), exist_ok=True)
        with lock.held(lock_of(folder), say_waiting) as held:
            if not is_installed(folder, requirements):
                heal(folder, base, held)
                install(requirements, folder, held)
    except OSError as error:
        raise trouble(error) from None
    return python_in(folder)


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


def lock_of(folder: str) -> str:
    """The lock's file, beside what the folder really is: links that lead to one share it."""
    return (os.path.realpath(folder) if os.path.exists(folder) else folder) + ".lock"


def say_waiting() -> None:
    say(
        Bilingual(
            "Another terminal is installing; this one goes on as soon as that is done.",
            "تثبّت طرفية أخرى الحزم الآن، وتكمل هذه حالما تنتهي.",
        )
    )


def heal(folder: str, base: Optional[str], held: int) -> None:
    """Makes the environment, or makes it anew if it was only half made or has no pip.

    As long as that takes, the lock's file is not empty: a size needs no room on a full disk.
    """
    half_made = os.fstat(held).st_size > 0
    if half_made or not works(python_in(folder), "-m", "pip", "--version"):
        require_no_link(folder)
        os.ftruncate(held, 1)
        make(folder, base or new_enough_python(folder), held)
        os.ftruncate(held, 0)


def require_no_link(folder: str) -> None:
    """A WorkbookError if the folder is a link: what it leads to may be another's."""
    if os.path.islink(folder):
        name, target = os.path.basename(folder), os.path.realpath(folder)
        raise WorkbookError(
            Bilingual(
                f"{name} is a link to {target}, where no whole environment is.",
                f"المجلد {name} رابط إلى {target}، وليست هناك بيئة كاملة.",
            ),
            Bilingual(
                f"take the link away (what it leads to stays) and try again: rm '{folder}'",
                f"أزل الرابط وحده، ويبقى ما يشير إليه، وأعد المحاولة: rm '{folder}'",
            ),
        )


def new_enough_python(folder: str) -> str:
    """This Python, the one that it was made with, or a newer one on the path."""
    if sys.version_info >= OLDEST:
        made_with = getattr(sys, "_base_executable", None) if is_running(folder) else None
        return made_with or sys.executable
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


def make(folder: str, base: str, held: int) -> None:
    """Makes a virtual environment; what a broken one left in the folder is cleared."""
    name = os.path.basename(folder)
    about = Bilingual(f"Making {name} with {base} ", f"تُنشأ البيئة {name} باستخدام {base} ")
    os.environ.setdefault("AUTOBAHN_USE_NVX", "0")  # where it has no wheel, it needs no compiler
    with dots(about), begun([base, "-m", "venv", "--clear", folder], held) as made:
        output = made.stdout.read() if made.stdout else ""
    if made.returncode == 0:
        return
    if "ensurepip" in output or "No module named venv" in output:
        package = "python{}.{}-venv".format(*version_of(base))
        raise WorkbookError(
            Bilingual("This Python came without its venv module.", "ليس في Python هذه وحدة venv."),
            Bilingual(
                f"sudo apt install {package} (or your system's package like it), and try again",
                f"ثبّتها بالأمر sudo apt install {package} (أو بما يقابله في نظامك) وأعد المحاولة",
            ),
        )
    if FULL in output:
        raise disk_full()
    last = last_error(output)
    raise WorkbookError(
        Bilingual(f"The environment could not be made: {last.en}", f"تعذّر إنشاء البيئة: {last.ar}"),
        MEND,
    )


def version_of(python: str) -> List[str]:
    code = "import sys; print(*sys.version_info[:2])"
    return subprocess.check_output([python, "-c", code], universal_newlines=True).split()


def install(requirements: str, folder: str, held: int) -> None:
    """Installs what the file pins, and then leaves the sign that all is there, a copy of it."""
    pinned, sign = os.path.join(ROOT, requirements), os.path.join(folder, requirements)
    open(sign, "w").close()  # what was there before is no longer so, if this is interrupted
    command = [python_in(folder), "-m", "pip", "install", "--disable-pip-version-check"]
    lines = []
    about = Bilingual(
        f"Fetching the packages of {requirements}, once ",
        f"تُجلب حزم الملف {requirements} مرة واحدة ",
    )
    with dots(about), begun([*command, "--retries", "2", "-r", pinned], held) as pip:
        for line in pip.stdout or ():
            lines.append(line)
            if line.startswith("Installing collected packages"):
                say(bilingual(""))
                say(Bilingual("Installing them ", "تُثبَّت الحزم "), end="")
    if pip.returncode:
        raise not_installed("".join(lines), folder)
    shutil.copyfile(pinned, sign)


@contextmanager
def dots(about: Bilingual) -> Iterator[None]:
    """Says what is done and, as long as the block does it, a dot a second."""
    say(about, end="")
    done = threading.Event()

    def go_on() -> None:
        while not done.wait(1):
            say(bilingual("."), end="")

    going = threading.Thread(target=go_on, daemon=True)
    going.start()
    try:
        yield
    finally:
        done.set()
        going.join()
        say(bilingual(""))


def begun(command: List[str], held: int) -> "subprocess.Popen[str]":
    """Starts a command that holds the lock as well: it may outlive whoever is killed."""
    options: Dict[str, Any] = {} if os.name == "nt" else {"pass_fds": [held]}
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        universal_newlines=True,
        errors="replace",
        env={**os.environ, **FOR_PIP},
        **options,
    )


def not_installed(output: str, folder: str) -> WorkbookError:
    """What made pip fail and what mends it; all that pip said is kept."""
    log = os.path.join(folder, LOG)
    try:
        with open(log, "w", encoding="utf-8") as file:
            file.write(output)
    except OSError:
        pass  # on a full disk, which is what the message says
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
    if FULL in output:
        return disk_full()
    last = last_error(output)
    return WorkbookError(
        Bilingual(
            f"The packages could not be installed: {last.en}", f"تعذّر تثبيت الحزم: {last.ar}"
        ),
        Bilingual(
            f"mend that and try again; all that pip said is in {log}",
            f"أصلح ذلك وأعد المحاولة، وكل ما قاله pip محفوظ في {log}",
        ),
    )


def last_error(output: str) -> Bilingual:
    """The last error that is told, and the exception that it came from in a build."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    told = [line for line in lines if not line.lower().startswith(ASIDES)]
    errors = [line for line in told if line.startswith("ERROR")]
    found = errors or told
    if not found:
        return NO_REASON
    built = re.findall(r"(.*)\n\[end of output\]", "\n".join(lines))
    return bilingual(f"{found[-1]} ({built[-1]})" if built else found[-1])


def trouble(error: OSError) -> WorkbookError:
    """What the system refused, where the environment should be."""
    if error.errno == errno.ENOSPC:
        return disk_full()
    return WorkbookError(
        Bilingual(f"The environment could not be made: {error}", f"تعذّر إنشاء البيئة: {error}"),
        MEND,
    )


def disk_full() -> WorkbookError:
    return WorkbookError(
        Bilingual("The disk is full.", "القرص ممتلئ."),
        Bilingual(
            "make room (the packages need 300 MB) and try again",
            "أفسح مكانًا (تحتاج الحزم إلى 300 MB) وأعد المحاولة",
        ),
    )


def complain(error: WorkbookError) -> None:
    """What went wrong and what mends it, with signs that any terminal has."""
    for what in said(error.what):
        say(bilingual("x " + what))
    for then in said(error.then):
        say(bilingual("  -> " + then))


def say(text: Bilingual, end: str = "\n") -> None:
    sys.stderr.write("\n".join(said(text)) + end)
    sys.stderr.flush()
