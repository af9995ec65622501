import errno
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from workbook.errors import WorkbookError

EVERYWHERE = "0.0.0.0"


def require_free(host: str, port: int, suggest: Callable[[int], str]) -> None:
    """A WorkbookError if something listens there; `suggest` makes the command for a free port."""
    problem = trouble(host, port)
    if problem == "busy":
        free = next(other for other in range(port + 1, 65536) if not trouble(host, other))
        raise WorkbookError(f"Port {port} is busy.", suggest(free))
    if problem:
        raise WorkbookError(f"{host}:{port} cannot be served: {problem}.")


def trouble(host: str, port: int) -> str:
    """Why a server could not listen there; "" if it can."""
    with socket.socket() as listener:
        if os.name != "nt":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            return "busy" if error.errno == errno.EADDRINUSE else str(error.strerror)
    return ""


def serve(project: Path, host: str, port: int, announce: Callable[[list[str]], None]) -> int:
    """Migrates the project and serves it until it is stopped; its exit code.

    Calls `announce` with the pages' addresses as soon as the server answers.
    """
    environment = os.environ | {"ALLOWED_HOSTS": allowed_hosts(host)}
    migrate(project, environment)
    command = [sys.executable, "manage.py", "runserver", f"{host}:{port}"]
    with subprocess.Popen(command, cwd=project, env=environment) as server:
        try:
            if answers(server, names(host)[0], port):
                announce([f"http://{name}:{port}/chat/" for name in names(host)])
            return server.wait()
        except KeyboardInterrupt:
            server.wait()
            return 0
        finally:
            server.terminate()


def allowed_hosts(host: str) -> str:
    """Whom Django and the Origin check let in: the environment's own list, or this machine."""
    return os.environ.get("ALLOWED_HOSTS") or " ".join(
        ["localhost", "127.0.0.1", "[::1]", *names(host)]
    )


def names(host: str) -> list[str]:
    """The names by which a browser reaches a server that listens on `host`."""
    return ["127.0.0.1", *own_addresses()] if host == EVERYWHERE else [host]


def own_addresses() -> list[str]:
    """This machine's address in its network, if it is in one."""
    with socket.socket(type=socket.SOCK_DGRAM) as probe:
        try:
            # This looks up the route and sends nothing: the address is one kept for examples.
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return []
        return [probe.getsockname()[0]]


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
        raise WorkbookError(f"The project in {project.name} does not start. {word}")


def answers(server: subprocess.Popen[bytes], host: str, port: int) -> bool:
    """Waits until the server takes connections; False if it ended before."""
    while server.poll() is None:
        try:
            socket.create_connection((host, port), timeout=1).close()
            return True
        except OSError:
            time.sleep(0.05)
    return False
