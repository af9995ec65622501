"""The project's own Python, in `.venv`, and the packages in it.

Read by any Python 3, as `__main__` is: no newer syntax, and nothing but the standard library.
"""

import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
KNOWN = ("3.13", "3.12", "3.11")
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Unprepared(Exception):
    """The packages cannot be had: `what` is missing, and `mend` brings it."""

    def __init__(self, what, mend):
        super().__init__(what)
        self.what = what
        self.mend = mend


def prepare(requirements, folder=os.path.join(ROOT, ".venv"), base=None):
    """The Python in `folder`, with what the file `requirements` pins installed.

    The first call makes the folder, with the Python `base` or this one; later calls return at once.
    Raises Unprepared.
    """
    python = python_in(folder)
    if installed(folder, requirements):
        return python
    if not works(python, "-m", "pip", "--version"):
        make(folder, base or new_enough_python(folder))
    install(python, requirements, folder)
    return python


def python_in(folder):
    inside = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return os.path.join(folder, *inside)


def is_running(python):
    """Whether this very process runs in the environment of `python`."""
    return os.path.realpath(sys.prefix) == os.path.realpath(os.path.dirname(os.path.dirname(python)))


def installed(folder, requirements):
    """Whether the file's packages were installed in full: a copy of it is then kept beside them."""
    return read(os.path.join(folder, requirements)) == read(os.path.join(ROOT, requirements)) and (
        os.access(python_in(folder), os.X_OK)
    )


def read(path):
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError:
        return None


def works(python, *arguments):
    """Whether the command is there and ends well; pyenv leaves commands that only say where Python is not."""
    try:
        return subprocess.run((python,) + arguments, capture_output=True).returncode == 0
    except OSError:
        return False


def new_enough_python(folder):
    """This Python, or a newer one on the machine where this one is too old."""
    if is_running(python_in(folder)):
        raise Unprepared("The Python in .venv is broken.", "remove the folder .venv and try again")
    if sys.version_info >= OLDEST:
        return sys.executable
    for version in KNOWN:
        python = shutil.which("python" + version)
        if python and works(python, "--version"):
            return python
    raise Unprepared(
        "Python %d.%d is too old: the workbook needs %d.%d or newer." % (sys.version_info[:2] + OLDEST),
        "install it from https://www.python.org/downloads/ and try again",
    )


def make(folder, base):
    """A virtual environment at `folder`; what a broken one left there is cleared."""
    say("Making %s with %s" % (os.path.basename(folder), base))
    made = subprocess.run(
        [base, "-m", "venv", "--clear", folder],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        universal_newlines=True,
    )
    if made.returncode:
        if "ensurepip" in made.stdout or "No module named venv" in made.stdout:
            package = "python%d.%d-venv" % version_of(base)
            raise Unprepared(
                "This Python came without its venv module.",
                "sudo apt install %s (or your system's package of that kind), and try again" % package,
            )
        raise Unprepared(
            "The folder .venv could not be made: %s" % last_line(made.stdout),
            "mend that and try again",
        )


def version_of(python):
    code = "import sys; print(*sys.version_info[:2])"
    return tuple(map(int, subprocess.check_output([python, "-c", code]).split()))


def install(python, requirements, folder):
    """Installs what the file pins, a dot a package, and keeps a copy of the file as the sign that all is there."""
    say("Installing the packages of %s, once " % requirements, end="")
    pip = [python, "-m", "pip", "install", "--disable-pip-version-check", "--retries", "2"]
    process = subprocess.Popen(
        pip + ["-r", os.path.join(ROOT, requirements)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        universal_newlines=True,
    )
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line.startswith("Collecting "):
            say(".", end="")
    say("")
    if process.wait():
        raise Unprepared(*reason("".join(lines)))
    shutil.copyfile(os.path.join(ROOT, requirements), os.path.join(folder, requirements))


def reason(output):
    """What made pip fail and what mends it, from its output."""
    if any(sign in output for sign in ("NewConnectionError", "ConnectTimeout", "ProxyError", "NameResolution")):
        return (
            "The packages could not be fetched: there is no way to the package index.",
            "connect this machine to the network for the first run, and try again",
        )
    if "No space left" in output:
        return "The disk is full.", "make room (the packages need 300 MB) and try again"
    return "The packages could not be installed: %s" % last_line(output), "mend that and try again"


def last_line(output):
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith("ERROR")]
    return (errors or lines or ["no reason was given"])[-1]


def say(text, end="\n"):
    sys.stderr.write(text + end)
    sys.stderr.flush()
