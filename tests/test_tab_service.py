"""A project that is served in an interpreter of its own, as in a tab, by a Python apart."""

import json
import subprocess
import sys
import textwrap

from tests.support.projects import edited, snapshot
from workbook.exercise.mistakes import Edit
from workbook.steps import ROOT, step

BEGINNING = """
import json
import sys

sys.path.append({root!r})
from workbook.tab import loop

loop.install()
from workbook.tab.service import Service

told, heard, stdout = [], [], sys.stdout
service = Service({project!r}, told.append)


def turns():
    while (seconds := service.turn()) == 0:
        pass


def said(kind):
    return [each for message in told for each in json.loads(message).get(kind, [])]
"""
ROOM = "ws://127.0.0.1:8000/ws/chat/lobby/"


def outcome(project, script):
    """What the script has printed last, as JSON."""
    words = BEGINNING.format(root=str(ROOT), project=str(project)) + textwrap.dedent(script)
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True)
    assert done.stderr == ""
    return json.loads(done.stdout.splitlines()[-1])


def test_a_project_is_served_to_windows_and_tells_what_travels(tmp_path):
    """Two windows hear one message; the log has Daphne's lines, the wire what the layer did."""
    found = outcome(
        snapshot(step(4), tmp_path / "project"),
        f"""
        assert service.load()
        for name in "ab":
            service.enter(name, heard.append)
            service.take(name, {{"do": "open", "socket": name, "address": "{ROOM}", "subprotocols": []}})
        turns()
        service.take("a", {{"do": "send", "socket": "a", "data": '{{"message": "salam"}}', "size": 20}})
        turns()
        service.leave("b")
        turns()
        kinds = [kind for kind, *_ in said("facts")]
        calls = [fields for kind, _, _, fields in said("facts") if kind == "Called"]
        print(json.dumps([heard, said("lines"), kinds, calls[-2:]]), file=stdout)
        """,
    )
    heard, lines, kinds, calls = found

    messages = [each["about"] for each in heard if each["tell"] == "message"]
    assert [json.loads(each) for each in messages] == [{"message": "salam"}] * 2
    words = [line.split()[1] for line in lines]
    assert words == [*["HANDSHAKING"] * 2, *["CONNECT"] * 2, "DISCONNECT"]
    assert kinds.count("Frame") == 3
    assert kinds[-1] == "Called"
    assert [call["call"] for call in calls] == ["group_send", "group_discard"]
    assert calls[0]["members"] == 2


def test_what_cannot_be_loaded_says_so_in_the_log(tmp_path):
    """With Python's own words, and windows are not let in."""
    broken = Edit("chat/consumers.py", "class", "raise SystemExit(3)\n\n\nclass")
    found = outcome(
        edited(snapshot(step(4), tmp_path / "project"), [broken], []),
        """
        print(json.dumps([service.load(), said("lines")]), file=stdout)
        """,
    )

    assert found[0] is False
    assert found[1][-1] == "SystemExit: 3"
