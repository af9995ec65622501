"""Serves a project on ports of this machine, as its learner would."""

import errno
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from ipaddress import ip_address
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

from workbook import limits, wired
from workbook.errors import WorkbookError
from workbook.guardian import guarded
from workbook.languages import Bilingual, bilingual
from workbook.wire.listener import Wire
from workbook.wired import NO_RELOADER

LOOPBACK = "127.0.0.1"
EVERYWHERE = "0.0.0.0"
PORT = 8000  # unless another is wanted
GLANCE = 0.05  # seconds between two looks at the servers
BUSY = Bilingual("busy", "مشغول")
NO_ADDRESS = Bilingual("this machine has no such address", "ليس لهذا الجهاز هذا العنوان")
TROUBLES = {
    errno.EADDRINUSE: BUSY,
    errno.EADDRNOTAVAIL: NO_ADDRESS,
    errno.EACCES: Bilingual("only an administrator may", "لا يُسمح بذلك إلا لمدير النظام"),
}


def require_free(host: str, ports: range, suggest: Callable[[int], str]) -> None:
    """A WorkbookError if something listens there; `suggest` makes the command for free ports."""
    for port in ports:
        problem = trouble(host, port)
        if problem == BUSY:
            others = (range(first, first + len(ports)) for first in range(port + 1, 65536))
            free = next(each for each in others if not any(trouble(host, port) for port in each))
            raise WorkbookError(
                Bilingual(f"Port {port} is busy.", f"المنفذ {port} مشغول."), suggest(free[0])
            )
        if problem:
            raise WorkbookError(
                Bilingual(
                    f"{host}:{port} cannot be served: {problem.en}.",
                    f"لا يستطيع الخادم أن يعمل على العنوان {host}:{port}. السبب: {problem.ar}.",
                )
            )


def trouble(host: str, port: int) -> Bilingual | None:
    """Why a server could not listen there; None if it can."""
    with socket.socket() as listener:
        if os.name != "nt":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OverflowError:
            return Bilingual("the last port is 65535", "آخر المنافذ هو 65535")
        except socket.gaierror:
            return NO_ADDRESS
        except OSError as error:
            return TROUBLES.get(error.errno or 0, bilingual(str(error.strerror)))
    return None


def free_port() -> int:
    """A port of loopback on which nothing listens."""
    return free_ports(1)[0]


def free_ports(number: int) -> list[int]:
    """So many of them."""
    with ExitStack() as block:
        listeners = [block.enter_context(socket.socket()) for _ in range(number)]
        for listener in listeners:
            listener.bind((LOOPBACK, 0))
        return [listener.getsockname()[1] for listener in listeners]


def serve(
    project: Path,
    host: str,
    ports: range,
    environment: dict[str, str],
    announce: Callable[[list[list[str]]], None],
    stale: Callable[[], bool] = lambda: False,
    wire: Wire | None = None,
) -> int:
    """Migrates the project and serves it on each port until one of the servers ends; its exit code.

    Calls `announce` with the pages' addresses, by server, as soon as all of them answer. Once
    `stale` says so all servers begin anew, and their pages connect again. `wire` is told of what
    travels.
    """
    limits.take_descriptors()
    environment = settled(environment, host)
    if is_open(host):
        require_no_debug(project, environment)
    migrate(project, environment)
    code = None
    try:
        while code is None:
            with serving(project, host, ports, environment, wire) as servers:
                if all(map(answers, servers, [names(host)[0]] * len(ports), ports)):
                    announce(
                        [[f"http://{name}:{port}/chat/" for name in names(host)] for port in ports]
                    )
                code = first_exit(servers, stale)
    except KeyboardInterrupt:
        return 0
    return code


@contextmanager
def serving(
    project: Path,
    host: str,
    ports: Sequence[int],
    environment: dict[str, str],
    wire: Wire | None,
    with_log: bool = False,
    **options: Any,
) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Serves the project on each port until the block ends; the options are Popen's.

    `wire` is told of what travels, and `with_log` is what it asks of their environment.
    """
    with ExitStack() as block:
        yield [
            block.enter_context(
                guarded(
                    command(host, port, wire is not None),
                    cwd=project,
                    env=environment | (wire.variables(number, with_log) if wire else {}),
                    **options,
                )
            )
            for number, port in enumerate(ports, 1)
        ]


def command(host: str, port: int, on_the_wire: bool = False) -> list[str]:
    """Serves the project it is run in; for a network within limits, and without the reloader.

    The reloader reads every file each second, and ends the server when it cannot open one.
    """
    script = wired.__file__ if on_the_wire else limits.__file__ if is_open(host) else "manage.py"
    options = [NO_RELOADER] if is_open(host) else []
    return [sys.executable, script, "runserver", *options, f"{host}:{port}"]


def is_open(host: str) -> bool:
    """Whether others than this machine reach a server that listens there."""
    try:
        return not ip_address(host).is_loopback
    except ValueError:
        return host != "localhost"


def first_exit(processes: list[subprocess.Popen[bytes]], stale: Callable[[], bool]) -> int | None:
    """Waits until one of them ends; its exit code, or None if they are stale before."""
    while not stale():
        for process in processes:
            if (code := process.poll()) is not None:
                return code
        time.sleep(GLANCE)
    return None


def settled(environment: dict[str, str], host: str) -> dict[str, str]:
    """The environment in which the project has its own settings, and answers under its names.

    For a network DEBUG is off and the key is random, unless the environment has them.
    """
    wanted = {"ALLOWED_HOSTS": " ".join(allowed_hosts(host))}
    if is_open(host):
        wanted |= {"DEBUG": "false", "SECRET_KEY": token_urlsafe()}
    own = {name: environment.get(name) or value for name, value in wanted.items()}
    return environment | own | {"DJANGO_SETTINGS_MODULE": "mysite.settings"}


def allowed_hosts(host: str) -> list[str]:
    """Whom Django and the Origin check let in: this machine, by all its names."""
    return ["localhost", LOOPBACK, "[::1]", *names(host)]


def names(host: str) -> list[str]:
    """The names by which a browser reaches a server that listens on `host`."""
    return [LOOPBACK, *own_addresses()] if host == EVERYWHERE else [host]


def own_addresses() -> list[str]:
    """This machine's address in its network, if it is in one."""
    with socket.socket(type=socket.SOCK_DGRAM) as probe:
        try:
            # This looks up the route and sends nothing: the address is one kept for examples.
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return []
        return [probe.getsockname()[0]]


def require_no_debug(project: Path, environment: dict[str, str]) -> None:
    """A WorkbookError if the project has DEBUG on although the environment has it off."""
    look = [sys.executable, "-c", "from django.conf import settings; print(settings.DEBUG)"]
    found = subprocess.run(look, cwd=project, env=environment, capture_output=True, text=True)
    if environment["DEBUG"] == "false" and found.stdout == "True\n":
        raise WorkbookError(
            Bilingual(
                f"The settings in {project.name} have DEBUG on for good: "
                "a page that fails would show the network the inside of the project.",
                f"الإعداد DEBUG في المجلد {project.name} مفعَّل دائمًا، "
                "فكل صفحة يقع فيها خطأ تعرض على الشبكة ما في داخل المشروع.",
            ),
            Bilingual(
                "let the environment decide, as the note of step 1 shows",
                "دع البيئة تقرّر كما يبيّن شرح الخطوة 1",
            ),
        )


def migrate(project: Path, environment: dict[str, str]) -> None:
    """Makes the project's database; a WorkbookError with Django's last word if it cannot."""
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        word = done.stderr.strip().rpartition("\n")[2]
        raise WorkbookError(
            Bilingual(
                f"The project in {project.name} does not start. {word}",
                f"لا يعمل المشروع الذي في المجلد {project.name}. {word}",
            ),
            said_to_debug(),
        )


def said_to_debug() -> Bilingual | str:
    """Where the project was told about DEBUG, if it was; "" if not."""
    if not (value := os.environ.get("DEBUG")):
        return ""
    return Bilingual(
        f"DEBUG={value} stands in your environment; without it: unset DEBUG",
        f"في بيئتك DEBUG={value}، ويزيله الأمر unset DEBUG",
    )


def answers(server: subprocess.Popen[bytes], host: str, port: int) -> bool:
    """Waits until the server takes connections; False if it ended before."""
    while server.poll() is None:
        try:
            socket.create_connection((host, port), timeout=1).close()
            return True
        except OSError:
            time.sleep(GLANCE)
    return False
