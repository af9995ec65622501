import errno
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from workbook.errors import WorkbookError

LOOPBACK = ("127.0.0.1", "localhost")
EVERYWHERE = "0.0.0.0"


def serve(project: Path, host: str, port: int, announce) -> int:
    """Migrates the project and serves it until it is stopped; its exit code.

    Calls `announce` with the pages' addresses as soon as the server answers.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    environment = os.environ | {"ALLOWED_HOSTS": allowed_hosts(host)}
    migrate(project, environment)
    with subprocess.Popen(
        [sys.executable, "manage.py", "runserver", f"{host}:{port}"], cwd=project, env=environment
    ) as server:
        try:
            if answers(server, host, port):
                announce([f"http://{name}:{port}/chat/" for name in pages(host)])
            return server.wait()
        except KeyboardInterrupt:
            server.wait()
            return 0
        finally:
            server.terminate()


def require_free(host: str, port: int, suggest) -> None:
    """A WorkbookError if something listens there; its next command is what `suggest` makes of a free port."""
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
            return "busy" if error.errno == errno.EADDRINUSE else error.strerror
    return ""


def allowed_hosts(host: str) -> str:
    """What Django and the Origin check let in: the environment's own list, or the names of this machine."""
    return os.environ.get("ALLOWED_HOSTS") or " ".join([*LOOPBACK, "[::1]", *pages(host)])


def pages(host: str) -> list[str]:
    """The names by which a browser reaches a server that listens on `host`."""
    return ["127.0.0.1", *own_addresses()] if host == EVERYWHERE else [host]


def own_addresses() -> list[str]:
    """This machine's address in its network, if it is in one."""
    with socket.socket(type=socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # a datagram socket only looks up the route: nothing is sent
        except OSError:
            return []
        return [probe.getsockname()[0]]


def migrate(project: Path, environment) -> None:
    """Makes the project's database; a WorkbookError with Django's last word if it cannot."""
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=project, env=environment, capture_output=True, text=True,
    )
    if done.returncode:
        word = done.stderr.strip().rpartition("\n")[2]
        raise WorkbookError(f"The project in {project.name} does not start: {word}")


def answers(server: subprocess.Popen, host: str, port: int) -> bool:
    """Waits until the server takes connections; False if it ended before."""
    while server.poll() is None:
        try:
            socket.create_connection((host, port), timeout=1).close()
            return True
        except OSError:
            time.sleep(0.05)
    return False
