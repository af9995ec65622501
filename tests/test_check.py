"""`make check` and what it says."""

import json
import os
import re
import subprocess
import sys

import pytest

from tests.support.lacking import MEMORY, STARTER, kept, skip
from tests.support.ports import free_port
from tests.support.servers import eventually
from workbook.steps import all_steps, step


def begin(classroom, number):
    """Puts an exercise with its solution on the desk, ready to be spoilt; the desk."""
    return classroom.solve(step(number))


def spoil(path, old, new):
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))


@pytest.mark.parametrize("each", all_steps(), ids=lambda each: each.name)
def test_an_exercise_from_beginning_to_end(each, classroom):
    """At the start a check fails with exit code 1; with the solution all pass with 0."""
    classroom.make(each.name, "start")
    started = classroom.make("check")
    assert "✗" in started.stdout
    assert "Error 1" in started.stderr
    assert "passed" not in classroom.make().stdout

    classroom.make("solve")
    solved = classroom.make("check")
    assert solved.returncode == 0
    assert f"Step {each.number} passed." in solved.stdout
    assert f"notes/en/{each.path.name}.md" in solved.stdout
    assert (f"make step-{each.number + 1} start" in solved.stdout) == (each.number < 5)
    assert re.search(rf"{each.name} .* passed with the solution", classroom.make().stdout)


def test_one_failure_is_explained_and_the_others_wait(classroom):
    """The first failure is marked, explained and placed; what follows from it is folded."""
    spoil(begin(classroom, 3) / "chat" / "consumers.py", "self.accept()", "pass")

    said = classroom.make("check").stdout

    assert said.count("✗") == 1
    assert "✗ The browser's connection is accepted." in said
    assert "never accepted" in said
    place = r"→ work/chat/consumers.py, line \d+"
    assert re.search(rf'{place} · notes/en/03_echo_consumer.md, "Accept the connection"\n', said)
    assert "Traceback" not in said
    assert "tests/conftest.py" in classroom.make("check", "TRACEBACK=1").stdout


@pytest.mark.skipif(sys.platform != "linux", reason=kept(MEMORY))
def test_what_eats_memory_is_ended_and_said(classroom):
    """A list that grows without end fails its check, long before the machine has no more."""
    accepting = "        await self.accept()\n"
    growing = "        kept = []\n        while True:\n            kept.append('x' * 10_000_000)\n"
    spoil(begin(classroom, 5) / "chat" / "consumers.py", accepting, growing + accepting)

    assert "It took more memory than a check may: 1 GB." in classroom.make("check").stdout


@pytest.mark.parametrize("language", ["ar", "both"])
def test_it_speaks_the_readers_language(language, classroom):
    """WORKBOOK_LANG chooses Arabic, or both."""
    spoil(begin(classroom, 3) / "chat" / "consumers.py", "self.accept()", "pass")

    said = classroom.make("check", WORKBOOK_LANG=language).stdout

    assert "✗" in said and "يُقبَل اتصال المتصفح." in said
    assert "notes/ar/03_echo_consumer.md، «اقبل الاتصال»" in said
    assert ("The browser's connection is accepted." in said) == (language == "both")


def test_an_unknown_language_is_refused(classroom):
    begin(classroom, 1)
    refused = classroom.make("check", WORKBOOK_LANG="fr")

    assert "Error 2" in refused.stderr
    assert "en, ar or both" in refused.stderr


def test_records_for_other_tools(classroom):
    """--json prints the checks and the verdict."""
    spoil(begin(classroom, 3) / "chat" / "consumers.py", "self.accept()", "pass")

    records = json.loads(classroom.make("check", "JSON=1").stdout)

    assert records["step"] == 3
    assert records["passed"] is False
    assert records["blamed"]["name"] == "test_the_connection_is_accepted"
    assert records["explanation"]["mistake"]["what"].keys() == {"en", "ar"}
    assert {check["outcome"] for check in records["checks"]} == {"passed", "failed"}


def test_the_suite_on_the_desk_does_not_count(classroom):
    """A test that was changed or deleted on the desk changes nothing."""
    work = begin(classroom, 3)
    spoil(work / "chat" / "consumers.py", "self.accept()", "pass")
    (work / "tests" / "test_echo_consumer.py").unlink()
    (work / "tests" / "conftest.py").write_text("raise SystemExit\n")
    (work / "pytest.ini").unlink()

    assert "✗ The browser's connection is accepted." in classroom.make("check").stdout


TESTED_IN = {
    "the same file": '{"NAME": BASE_DIR / "db.sqlite3"}',
    "another file": '{"NAME": BASE_DIR / "test.sqlite3"}',
}


@pytest.mark.parametrize("kind", TESTED_IN)
def test_a_database_of_the_learners_is_left_alone(kind, classroom):
    """Also where the settings name it for the tests, as the documentation's do in part 4."""
    work = begin(classroom, 4)
    (work / "db.sqlite3").write_bytes(b"the learner's own")
    with (work / "mysite" / "settings.py").open("a") as settings:
        settings.write(f'DATABASES["default"]["TEST"] = {TESTED_IN[kind]}\n')

    assert "Step 4 passed." in classroom.make("check").stdout
    assert (work / "db.sqlite3").read_bytes() == b"the learner's own"
    assert not (work / "test.sqlite3").exists()


def test_what_skips_a_check_has_not_passed_it(classroom):
    """pytest's own exceptions are failures, too, where the learner's code raises them."""
    spoil(
        begin(classroom, 3) / "chat" / "consumers.py",
        "self.accept()",
        "import pytest; pytest.skip()",
    )

    assert "✗ The browser's connection is accepted." in classroom.make("check").stdout


ODD = {
    "a folder called like a file": lambda path: path.mkdir(),
    "an editor's lock": lambda path: path.symlink_to("mona@laptop.123:456"),
    "a file of 3 GiB": lambda path: enlarge(path),
    "a named pipe": os.mkfifo,
    "a file that nobody may read": lambda path: path.touch(0),
    "a folder into which nobody may look": lambda path: path.mkdir(0o400),
}


def enlarge(path):
    """A file without anything in it; on the disk it takes no room."""
    with path.open("wb") as file:
        file.truncate(3 * 2**30)


def test_odd_things_on_the_desk_are_passed_over(classroom):
    """They are no code, and a failing check is explained all the same."""
    work = begin(classroom, 3)
    for number, make in enumerate(ODD.values()):
        make(work / "chat" / f".#models{number}.py")
    spoil(work / "chat" / "consumers.py", "self.accept()", "pass")

    assert "never accepted" in classroom.make("check").stdout
    assert "-        pass" in classroom.make("diff").stdout
    assert "Hint 1 of 3" in classroom.make("hint").stdout


@pytest.mark.parametrize("kind", ["an editor's lock", "a named pipe", "a file of 3 GiB"])
def test_odd_things_in_place_of_code_are_a_failed_check(kind, classroom):
    """A consumer that cannot be read is told of like one that is not there."""
    path = begin(classroom, 3) / "chat" / "consumers.py"
    path.unlink()
    ODD[kind](path)

    checked = classroom.make("check")

    assert checked.stdout.count("✗") == 1
    assert "Traceback" not in checked.stdout + checked.stderr


def test_a_failing_extra_does_not_block(classroom):
    """With the documentation's own parsing the step is passed, and the extra is explained apart."""
    work = begin(classroom, 3)
    spoil(work / "chat" / "messages.py", "(ValueError, TypeError", "(TypeError, TypeError")

    checked = classroom.make("check")

    assert checked.returncode == 0
    assert "Step 3 passed." in checked.stdout
    assert "✗ What is not a message gets an error" in checked.stdout


BROKEN = {
    "a syntax error": ("chat/consumers.py", "self.accept()", "self.accept("),
    "an exit": ("chat/consumers.py", "self.accept()", "import os; os._exit(0)"),
    "a flood": ("chat/consumers.py", "self.accept()", "while True: print('x' * 10_000_000)"),
    "a loop": ("chat/consumers.py", "self.accept()", "while True: pass"),
    "an exit of Python": ("chat/consumers.py", "self.accept()", "raise SystemExit"),
    "a debugger": ("chat/consumers.py", "self.accept()", "breakpoint()"),
    "a question": ("chat/consumers.py", "self.accept()", "input()"),
    "an exit that leaves a copy of itself": (
        "chat/consumers.py",
        "self.accept()",
        "import os, time; os.fork() and os._exit(0); time.sleep(600)",
    ),
    "settings": ("mysite/settings.py", "DEBUG = ", "DEBUG = nonsense or "),
    "a name": ("mysite/settings.py", '"chat",', '"chats",'),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_code_is_a_failed_check(kind, classroom):
    """Code that cannot be read, ends the process, floods or loops."""
    name, old, new = BROKEN[kind]
    spoil(begin(classroom, 3) / name, old, new)

    checked = classroom.make("check")

    assert "Error 1" in checked.stderr
    assert checked.stdout.count("✗") == 1
    assert "Traceback" not in checked.stdout + checked.stderr


# What this starts says on the classroom's pipe that it has begun, and holds the pipe open.
HOLDER = "import os; os.system('exec 9> ../fifo; echo begun >&9; sleep 600{}')"


@pytest.fixture
def fifo(classroom):
    path = classroom.path / "fifo"
    os.mkfifo(path)
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb", buffering=0) as pipe:
        yield pipe


def has_begun(fifo):
    return b"begun" in (fifo.read() or b"")


def is_let_go(fifo):
    return fifo.read() == b""


BEHIND = {
    "in the background": HOLDER.format(" &"),
    "in a session of its own": "import os; "
    "os.system('setsid sh -c \"exec 9> ../fifo; echo begun >&9; sleep 600\" &')",
}


@pytest.mark.parametrize("kind", BEHIND)
def test_a_check_leaves_no_process_behind(kind, classroom, fifo):
    """What the learner's code has started ends with the check."""
    if kind == "in a session of its own" and sys.platform != "linux":
        skip(STARTER)
    spoil(
        begin(classroom, 3) / "chat" / "consumers.py",
        "self.accept()",
        f"self.accept(); {BEHIND[kind]}",
    )

    assert classroom.make("check").returncode == 0

    assert has_begun(fifo)
    eventually(lambda: is_let_go(fifo))


@pytest.mark.parametrize("name", ["manage.py", "mysite/settings.py"])
def test_a_desk_that_is_no_project(name, classroom):
    """Without one of its two files, the missing one is named; the exit code is 2."""
    (begin(classroom, 1) / name).unlink()

    checked = classroom.make("check")

    assert "Error 2" in checked.stderr
    assert f"There is no {name} in work" in checked.stderr


@pytest.mark.parametrize(
    "state", ['{"version": 1, "st', '{"version": 99, "steps": {}}', "[]", "\x00"]
)
def test_a_record_of_progress_that_cannot_be_read(state, classroom):
    """It is set aside under a name that is printed, and a new one begun."""
    (classroom.path / ".progress.json").write_text(state)

    menu = classroom.make()

    name = re.search(r"\.progress\.\S+\.json", menu.stdout)[0]
    assert (classroom.path / name).read_text() == state
    assert "step-5" in menu.stdout
    assert classroom.make("step-1", "start").returncode == 0


def test_hints_go_deeper(classroom):
    """Each call shows the next layer, for the first check of this step that fails; the pass says so."""
    classroom.make("step-3", "start")
    layers = [classroom.make("hint").stdout for _ in range(4)]

    assert [re.search(r"Hint (\d) of 3", layer)[1] for layer in layers] == ["1", "2", "3", "3"]
    assert len({*layers}) == 3
    assert 'notes/en/03_echo_consumer.md, "Accept the connection"' in layers[0]
    changed = ["chat/consumers.py", "chat/messages.py", "chat/routing.py", "mysite/asgi.py"]
    classroom.solution(step(3), *changed)
    assert classroom.make("check").returncode == 0
    assert re.search(r"step-3 .* passed with hints", classroom.make().stdout)
    assert "nothing to hint at" in classroom.make("hint").stderr


def test_the_desk_is_served(classroom):
    """A desk whose project cannot start says why in one line."""
    spoil(begin(classroom, 1) / "mysite" / "settings.py", "DEBUG = ", "DEBUG = nonsense or ")

    refused = classroom.make("run", f"PORT={free_port()}")

    assert "nonsense" in refused.stderr
    assert "Traceback" not in refused.stderr


SILENCED = {
    "chat/consumers.py": "raise KeyboardInterrupt\n",
    "channels/__init__.py": "",
    "pytest_asyncio.py": "import nothing_of_this_name\n",
}


@pytest.mark.parametrize("name", SILENCED)
def test_what_keeps_the_suite_from_running_is_no_pass(name, classroom):
    """A desk that stops pytest, or hides a package from it, has passed nothing."""
    path = begin(classroom, 3) / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(SILENCED[name])

    checked = classroom.make("check")

    assert "Error 1" in checked.stderr
    assert checked.stdout.count("✗") == 1
    assert "passed" not in classroom.make().stdout


def test_nothing_runs_on_when_the_terminal_is_closed(classroom, fifo):
    """A check whose own process is ended takes its probes with it."""
    consumers = begin(classroom, 3) / "chat" / "consumers.py"
    spoil(consumers, "self.accept()", HOLDER.format(""))
    command = [sys.executable, "-m", "workbook", "check"]
    with subprocess.Popen(command, cwd=classroom.path, stdout=subprocess.DEVNULL) as check:
        eventually(lambda: has_begun(fifo))
        check.kill()

    eventually(lambda: is_let_go(fifo))


def test_output_may_be_redirected_on_any_system(classroom):
    """Where the system's own encoding knows no Arabic, the records are UTF-8 all the same."""
    begin(classroom, 1)
    records = classroom.make("check", "JSON=1", PYTHONIOENCODING="cp1252")

    assert json.loads(records.stdout)["passed"] is True


def test_a_project_that_cannot_be_loaded_has_hints_too(classroom):
    """They lead to the line at which Python stops, and to its own words."""
    spoil(begin(classroom, 1) / "mysite" / "settings.py", "DEBUG = ", "DEBUG = nonsense or ")

    nudge, where, words = (classroom.make("hint").stdout for _ in range(3))

    assert "Which lines are the newest?" in nudge
    assert re.search(r"It stops at `work/mysite/settings\.py`, line \d+\.", where)
    assert "NameError: name 'nonsense' is not defined" in words


def test_what_was_begun_or_solved_names_the_note_and_the_way_on(classroom):
    """An exercise begins with its note; a solution names that and the step that comes next."""
    classroom.clear()

    assert "→ notes/en/01_setup.md" in classroom.make("step-1", "start").stdout
    solved = classroom.make("solve").stdout
    assert "The solution is in work now." in solved
    assert "→ notes/en/01_setup.md" in solved
    assert "→ make step-2 start" in solved


def test_a_step_before_a_verb_of_the_desk_is_refused(classroom):
    """`make step-5 solve` does not quietly solve the step on the desk."""
    begin(classroom, 3)

    for verb in ["solve", "check", "hint", "restore"]:
        assert f"No step stands before {verb}." in classroom.make("step-5", verb).stderr
