"""A built site on a server of files, as others have one."""

import re
import subprocess
import sys
from contextlib import contextmanager
from urllib.parse import quote

UNDER = "a class/room"  # where the site lies on its server


@contextmanager
def serving(site):
    """Its address, from Python's own server of files."""
    top = site.parents[UNDER.count("/") + 1]
    command = [sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
    with subprocess.Popen(command, cwd=top, **pipes) as server:
        port = re.search(r"port (\d+)", server.stdout.readline())[1]
        try:
            yield f"http://127.0.0.1:{port}/{quote(UNDER)}/site/"
        finally:
            server.terminate()
