"""The workbench: a step is read, written, checked and tried in one view, and nothing typed is lost."""

import json
import os
import re
import signal
from contextlib import contextmanager
from zipfile import ZipFile

import pytest
from playwright.sync_api import expect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.support.browsers import NARROW, expect_accessible, press
from tests.support.projects import Classroom
from tests.support.servers import PATIENCE, Walkthrough, eventually
from workbook.steps import step

pytestmark = pytest.mark.pages

GLANCE = 50  # milliseconds
ASGI = "mysite/asgi.py"
SOLUTION = [ASGI, "chat/routing.py", "chat/consumers.py", "chat/messages.py"]  # of step 3


@pytest.fixture
def desk(walkthrough):
    """Step 3, begun anew."""
    walkthrough.classroom.make("step-3", "start")
    return walkthrough.classroom.work


@pytest.fixture
def bench(window, walkthrough, desk):
    return opened(window, walkthrough)


def opened(window, walkthrough, language="en"):
    page = window(walkthrough.page(f"{language}/step-3/workbench/"))
    expect(text_of(page)).to_contain_text("ProtocolTypeRouter")
    return page


def text_of(page):
    return page.locator(".text .cm-content")


def state(page):
    return page.locator(".papers .state")


def type_at_end(page, words):
    text_of(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def saved_texts(classroom, path):
    return [file.read_text() for file in sorted((classroom.path / "saved").glob(f"*/{path}"))]


def test_what_is_typed_is_on_the_disk(bench, desk):
    """Without a key for it, Arabic and signs too; the file is marked, and can be undone."""
    type_at_end(bench, "# أهلًا 🎉\n")
    expect(state(bench)).to_have_text("Saved.")
    assert (desk / ASGI).read_text().endswith("# أهلًا 🎉\n")
    expect(bench.locator(".own li").filter(has_text=ASGI)).to_contain_text("changed")

    while "أهلًا" in text_of(bench).inner_text():
        bench.keyboard.press("Control+Z")
    eventually(lambda: "أهلًا" not in (desk / ASGI).read_text())


def test_a_save_takes_no_button_from_under_the_finger(bench, desk):
    """A file is chosen while another list of them comes, with a mark that is new."""
    (desk / "chat" / "routing.py").write_text("# of its own\n")
    bench.locator(".own li", has_text="chat/routing.py").hover()
    bench.mouse.down()
    (desk / ASGI).write_text("# from elsewhere\n" + (desk / ASGI).read_text())
    expect(text_of(bench)).to_contain_text("# from elsewhere")
    expect(bench.locator(".own li", has_text=ASGI)).to_contain_text("changed")
    bench.mouse.up()
    expect(text_of(bench)).to_have_text("# of its own")


class Late:
    """Between a page and the walkthrough: holds the answer to a save until it is to come."""

    def __init__(self, page):
        self.page, self.saves, self.answers = page, set(), []
        page.route_web_socket("**/workbench/", self.between)

    def between(self, socket):
        self.socket = socket
        self.walkthrough = socket.connect_to_server()
        socket.on_message(self.asked)
        self.walkthrough.on_message(self.answered)

    def asked(self, words):
        request = json.loads(words)
        if request["do"] == "write":
            self.saves.add(request["id"])
        self.walkthrough.send(words)

    def answered(self, words):
        if json.loads(words).get("id") in self.saves:
            self.answers.append(words)
        else:
            self.socket.send(words)

    def expect(self):
        while not self.answers:
            self.page.wait_for_timeout(GLANCE)

    def comes(self):
        self.expect()
        self.socket.send(self.answers.pop())


def test_what_is_typed_during_a_save_is_saved_too(window, walkthrough, desk):
    """It is not told as saved before, and who goes on waits for it."""
    page = window("about:blank")
    late = Late(page)
    page.goto(walkthrough.page("en/step-3/workbench/"))
    expect(text_of(page)).to_contain_text("ProtocolTypeRouter")
    type_at_end(page, "# one")
    late.expect()
    type_at_end(page, " and two")
    page.locator(".saves summary").click()
    with page.expect_download() as download:
        press(page, "Take it along as a zip")
        late.comes()
        late.expect()
        assert state(page).text_content() == "Not saved yet…"
        late.comes()
    expect(state(page)).to_have_text("Saved.")
    with ZipFile(download.value.path()) as carried:
        assert carried.read(f"work/{ASGI}").endswith(b"# one and two")


def test_the_second_visit_finds_everything_in_its_place(bench, desk, walkthrough):
    """The file that was open, the note's passage, the widths; also in the other language."""
    bench.locator(".more summary").click()
    press(bench, "chat/views.py")
    expect(text_of(bench)).to_contain_text("def index")
    note = bench.locator(".note-pane")
    place = note.get_by_role("heading", name="Write it")
    place.evaluate("(heading) => heading.scrollIntoView()")
    splitter = bench.get_by_role("separator", name="Width of the note")
    width = int(splitter.get_attribute("aria-valuenow"))
    splitter.focus()
    bench.keyboard.press("ArrowRight")

    # Of a function: an expression would be read anew at each look, which the page's policy forbids.
    kept = "() => Object.keys(sessionStorage).some((key) => key.startsWith('note '))"
    bench.wait_for_function(kept)
    bench.reload()
    expect(text_of(bench)).to_contain_text("def index")
    expect(place).to_be_in_viewport()
    assert int(splitter.get_attribute("aria-valuenow")) == width + 2
    bench.goto(walkthrough.page("ar/step-3/workbench/"))
    expect(text_of(bench)).to_contain_text("def index")
    expect(note.get_by_role("heading", name="اكتبها")).to_be_in_viewport()


def test_what_is_saved_elsewhere_is_shown(bench, desk):
    """An editor beside the page: as long as nobody types here, its version comes in."""
    (desk / ASGI).write_text((desk / ASGI).read_text() + "# from elsewhere\n")
    expect(text_of(bench)).to_contain_text("# from elsewhere")

    type_at_end(bench, "# and here\n")
    eventually(lambda: (desk / ASGI).read_text().endswith("# from elsewhere\n# and here\n"))


@pytest.mark.parametrize(
    ("choice", "wins", "kept"),
    [("Keep what I wrote", "# mine", "# theirs"), ("Take the other one", "# theirs", "# mine")],
)
def test_of_two_versions_none_is_lost(bench, desk, walkthrough, choice, wins, kept):
    """Both were written at once: the difference is shown, one is taken, the other is saved."""
    with typing_unsaved(bench):
        type_at_end(bench, "# mine\n")
        (desk / ASGI).write_text((desk / ASGI).read_text() + "# theirs\n")
    expect(bench.get_by_role("alert")).to_contain_text("neither version is lost")
    expect(bench.locator(".versions")).to_contain_text("# theirs")
    expect(bench.locator(".versions")).to_contain_text("# mine")
    assert "# mine" not in (desk / ASGI).read_text()

    press(bench, choice)
    expect(text_of(bench)).to_contain_text(wins)
    eventually(lambda: wins in (desk / ASGI).read_text())
    assert any(kept in text for text in saved_texts(walkthrough.classroom, ASGI))


@contextmanager
def typing_unsaved(page):
    """During the block the page's clock stands: nothing that waits for a pause is saved."""
    page.evaluate(
        """() => {
            const set = window.setTimeout;
            const waiting = [];
            window.setTimeout = (...all) => (waiting.push(all), 0);
            window.goOn = () => {
                window.setTimeout = set;
                waiting.forEach((all) => set(...all));
            };
        }"""
    )
    yield
    page.evaluate("goOn()")


def test_a_file_that_is_gone_is_made_anew(bench, desk):
    """It was removed elsewhere while somebody typed: what was written can be kept."""
    with typing_unsaved(bench):
        type_at_end(bench, "# mine\n")
        (desk / ASGI).unlink()
    press(bench, "Keep what I wrote")
    eventually(lambda: (desk / ASGI).exists() and "# mine" in (desk / ASGI).read_text())


def test_who_goes_on_to_another_file_leaves_nothing_behind(bench, desk):
    """What was typed a moment before is on the disk first, also where a difference is in the way."""
    bench.locator(".more summary").click()
    with typing_unsaved(bench):
        type_at_end(bench, "# before\n")
        press(bench, "chat/views.py")
        expect(text_of(bench)).to_contain_text("def index")
        assert (desk / ASGI).read_text().endswith("# before\n")
        type_at_end(bench, "# mine\n")
        (desk / "chat/views.py").write_text("# theirs\n")
        bench.locator(".own button").filter(has_text=ASGI).click()
        expect(bench.get_by_role("alert")).to_contain_text("neither version is lost")
        expect(bench.locator(".versions")).to_contain_text("# mine")
    assert (desk / "chat/views.py").read_text() == "# theirs\n"
    press(bench, "Keep what I wrote")
    eventually(lambda: "# mine" in (desk / "chat/views.py").read_text())


def test_a_change_by_a_command_is_saved_too(bench, desk):
    """Ctrl-/ makes a line a comment, which is typing as well."""
    text_of(bench).click()
    bench.keyboard.press("Control+Home")
    first = (desk / ASGI).read_text().splitlines()[0]
    bench.keyboard.press("Control+/")
    eventually(lambda: (desk / ASGI).read_text().startswith(f"# {first}"))


def test_the_work_is_taken_along_and_goes_on_from_there(bench, desk, tmp_path):
    """As one zip, out of this browser and into another one, however much was saved meanwhile."""
    for name in ["much.txt", "more.txt"]:
        (desk / "chat" / name).write_text(os.urandom(2**19).hex())
    type_at_end(bench, "# at school\n")
    eventually(lambda: "at school" in (desk / ASGI).read_text())
    bench.locator(".saves summary").click()
    with bench.expect_download() as download:
        press(bench, "Take it along as a zip")
    carried = tmp_path / download.value.suggested_filename
    download.value.save_as(carried)
    type_at_end(bench, "# changed since\n")
    eventually(lambda: "changed since" in (desk / ASGI).read_text())

    for file, told in [(carried, "saved"), (desk / ASGI, "no zip")]:
        bench.locator(".saves input[type=file]").set_input_files(file)
        press(bench, "Do it")
        expect(bench.locator(".saves .replaced")).to_contain_text(told)
        assert (desk / ASGI).read_text().endswith("# at school\n")
    expect(text_of(bench)).to_contain_text("# at school")


def test_of_several_drafts_each_has_its_turn(bench, desk, walkthrough):
    """Two files were being written when the browser ended, and both were changed since."""
    bench.evaluate(
        """(paths) => paths.forEach((path) => localStorage.setItem(
            `draft step-3 another-tab ${path}`,
            JSON.stringify({ path, version: "old", text: `# of ${path}\n` }),
        ))""",
        [ASGI, "chat/views.py"],
    )
    bench.reload()
    for _ in range(2):
        expect(bench.get_by_role("alert")).to_contain_text("neither version is lost")
        path = bench.locator(".papers [aria-current]").inner_text()
        press(bench, "Keep what I wrote")
        eventually(lambda path=path: (desk / path).read_text() == f"# of {path}\n")
    assert (desk / ASGI).read_text() != (desk / "chat/views.py").read_text()


def test_a_tab_that_is_closed_at_once_loses_nothing(bench, desk, window, walkthrough):
    """What was typed a moment before, and never saved, is saved by the next page of this browser."""
    bench.evaluate("() => { WebSocket.prototype.send = () => {}; }")
    type_at_end(bench, "# the last words\n")
    expect(state(bench)).to_have_text("Not saved yet…")
    context = bench.context
    bench.close()
    assert "last words" not in (desk / ASGI).read_text()

    again = context.new_page()
    again.goto(walkthrough.page("en/step-3/workbench/"))
    expect(text_of(again)).to_contain_text("# the last words")
    eventually(lambda: "# the last words" in (desk / ASGI).read_text())


def test_two_tabs_write_one_file_after_the_other(bench, desk, walkthrough):
    """What one tab saves the other shows; what the other then types stands behind it."""
    other = bench.context.new_page()
    other.goto(walkthrough.page("en/step-3/workbench/"))
    # Only a tab that is there leaves alone what is not saved yet in this one.
    expect(text_of(other)).to_contain_text("ProtocolTypeRouter")
    type_at_end(bench, "# one")
    expect(text_of(other)).to_contain_text("# one")
    type_at_end(other, "\n# two")
    expect(text_of(bench)).to_contain_text("# two")

    assert (desk / ASGI).read_text().endswith("# one\n# two")


def test_what_the_terminal_begins_is_here_at_once(window, walkthrough):
    """A page that was opened before can check it and run it."""
    walkthrough.classroom.clear()
    page = window(walkthrough.page("en/step-3/workbench/"))
    expect(page.get_by_text("No step has been begun yet.")).to_be_visible()
    walkthrough.classroom.make("step-3", "start")
    expect(page.get_by_role("button", name="Check now")).to_be_visible()
    page.get_by_role("tab", name="Try").click()
    expect(page.get_by_role("button", name="Run what is in work")).to_be_visible()


def test_another_steps_desk_is_not_written(bench, desk, walkthrough):
    """The terminal begins another step while somebody types: the words wait for their own."""
    with typing_unsaved(bench):
        type_at_end(bench, "# for step 3\n")
        walkthrough.classroom.make("step-4", "start")
    expect(bench.get_by_role("alert")).to_contain_text("step-3 is not in work any more")
    assert "# for step 3" not in (desk / ASGI).read_text()

    walkthrough.classroom.make("restore")
    bench.reload()
    expect(text_of(bench)).to_contain_text("# for step 3")
    eventually(lambda: "# for step 3" in (desk / ASGI).read_text())


def test_the_walkthrough_may_be_away(window, tmp_path):
    """What is typed meanwhile is kept, and saved when it is back; also when it was killed."""
    classroom = Classroom(tmp_path)
    classroom.make("step-3", "start")
    with Walkthrough(classroom.path) as first:
        page = opened(window, first)
        first.process.send_signal(signal.SIGKILL)
        first.process.wait()
        type_at_end(page, "# meanwhile\n")
        expect(state(page)).to_contain_text("kept in this browser")
    assert "# meanwhile" not in (classroom.work / ASGI).read_text()

    with Walkthrough(classroom.path, port=first.port):
        eventually(lambda: "# meanwhile" in (classroom.work / ASGI).read_text())
        expect(text_of(page)).to_contain_text("# meanwhile")


def test_a_file_is_made_renamed_and_removed(bench, desk, walkthrough):
    """Each from a button; what is removed is saved first."""
    press(bench, "New file")
    bench.get_by_role("textbox", name="New file").fill("chat/rooms.py")
    press(bench, "Do it")
    expect(text_of(bench)).to_have_attribute("aria-label", "chat/rooms.py")
    type_at_end(bench, "ROOMS = []\n")
    eventually(lambda: (desk / "chat/rooms.py").exists())
    eventually(lambda: (desk / "chat/rooms.py").read_text() == "ROOMS = []\n")

    press(bench, "Rename")
    bench.get_by_role("textbox", name="Rename").fill("chat/halls.py")
    press(bench, "Do it")
    eventually(lambda: (desk / "chat/halls.py").exists())
    assert not (desk / "chat/rooms.py").exists()
    expect(bench.locator(".own li").filter(has_text="chat/halls.py")).to_contain_text("new")

    expect(text_of(bench)).to_have_attribute("aria-label", "chat/halls.py")
    press(bench, "Delete")
    expect(state(bench)).to_contain_text("_step-3")
    assert not (desk / "chat/halls.py").exists()
    assert saved_texts(walkthrough.classroom, "chat/halls.py") == ["ROOMS = []\n"]


def test_the_editor_speaks_arabic(window, walkthrough, desk):
    """Its search, too, and its way to a line: nothing there is said in English only."""
    page = opened(window, walkthrough, "ar")
    text_of(page).click()
    for keys in ["Control+F", "Control+Alt+G"]:
        page.keyboard.press(keys)
        panel = page.locator(".cm-panel").last
        expect(panel).to_be_visible()
        shown = panel.evaluate(
            """(panel) => [panel, ...panel.querySelectorAll("*")].flatMap((each) => [
                ...[...each.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data),
                each.placeholder, each.ariaLabel])"""
        )
        words = [each for each in shown if each and each.strip(" ×:")]
        assert words and not [each for each in words if re.search("[A-Za-z]", each)]
        page.keyboard.press("Escape")
        expect(text_of(page)).to_be_focused()


def test_the_solution_and_the_way_back(bench, desk, walkthrough):
    """What each costs is said first; Escape changes nothing, and what was written comes back."""
    type_at_end(bench, "# my own\n")
    expect(state(bench)).to_have_text("Saved.")
    bench.locator(".saves summary").click()
    press(bench, "Put the solution there")
    expect(bench.locator(".surely")).to_contain_text("is saved first")
    bench.keyboard.press("Escape")
    assert "# my own" in (desk / ASGI).read_text()

    press(bench, "Put the solution there")
    press(bench, "Do it")
    expect(text_of(bench)).to_contain_text("AllowedHostsOriginValidator")
    expect(bench.locator(".replaced")).to_contain_text("_step-3")
    name = bench.locator(".replaced").inner_text().split()[-1]
    press(bench, f"Bring back {name}")  # of the list that comes after it
    press(bench, "Do it")
    expect(text_of(bench)).to_contain_text("# my own")
    assert (desk / ASGI).read_text().endswith("# my own\n")


def test_a_large_file_fits_into_a_message(walkthrough, desk):
    """500 kB of quotes and line ends, as JSON twice as long, reaches the disk."""
    text = '"\n' * 250_000
    asked = {"do": "write", "id": "1", "path": "chat/large.py", "text": text, "version": ""}
    with walkthrough.socket("en/step-3/workbench/") as page:
        assert json.loads(page.recv(timeout=PATIENCE))["kind"] == "papers"
        page.send(json.dumps(asked))
        assert answer_to("1", page)["kind"] == "paper"
        page.send(json.dumps({**asked, "id": "2", "path": "chat/larger.py", "text": "x" * 500_001}))
        assert answer_to("2", page)["kind"] == "trouble"
    assert (desk / "chat/large.py").read_text() == text


def answer_to(number, page):
    while True:
        record = json.loads(page.recv(timeout=PATIENCE))
        if record.get("id") == number:
            return record


def test_a_path_that_leads_out_is_refused(bench, desk):
    """The page says so, and nothing is made."""
    press(bench, "New file")
    bench.get_by_role("textbox", name="New file").fill("../outside.py")
    press(bench, "Do it")
    expect(bench.get_by_role("alert")).to_contain_text("is no path in the folder work")
    assert not (desk.parent / "outside.py").exists()


def test_what_is_given_or_no_text_is_only_shown(bench, desk):
    """The suite can be read, and a picture says what it is."""
    (desk / "chat" / "picture.png").write_bytes(b"\x89PNG\0")
    press(bench, "chat/picture.png")
    expect(bench.locator(".refused")).to_contain_text("not text in UTF-8")
    bench.locator(".more summary").click()
    press(bench, "tests/test_echo_consumer.py")
    expect(state(bench)).to_have_text("Given with the step, not yours to write")
    type_at_end(bench, "x")
    expect(text_of(bench)).to_contain_text("def ")
    assert (desk / "tests/test_echo_consumer.py").read_bytes() == (
        step(3).path / "tests/test_echo_consumer.py"
    ).read_bytes()


def test_the_exercise_is_done_by_keyboard_alone(bench, desk, walkthrough):
    """A mistake is marked at its line, its passage opens in the note, and the last save passes."""
    # For two seconds after an Escape the editor lets a Tab out: on a busy machine they may be over.
    bench.evaluate("() => { const now = Date.now(); Date.now = () => now; }")
    bench.get_by_label("on every save").focus()
    bench.keyboard.press("Space")
    expect(bench.locator(".verdict section").first).to_be_visible()
    type_new(bench, ASGI, "improt os\n" + (step(3).path / ASGI).read_text())
    expect(text_of(bench).locator(".cm-lintRange-error")).to_have_text("improt os")
    link = bench.locator(".verdict a").first
    expect(link).to_be_visible()
    link.focus()
    bench.keyboard.press("Enter")
    expect(bench.get_by_role("heading", name="Sort connections by protocol")).to_be_in_viewport()
    assert bench.url.endswith("/workbench/")
    bench.get_by_role("button", name="Back to this step's note").click()
    expect(bench.locator(".note-pane")).to_contain_text("In step 2 the page opened a WebSocket")

    type_new(bench, ASGI, (step(3).path / ASGI).read_text())
    for path in SOLUTION[1:]:
        bench.get_by_role("button", name="New file").focus()
        bench.keyboard.press("Enter")
        bench.keyboard.press("Control+A")
        bench.keyboard.type(path)
        bench.keyboard.press("Enter")
        expect(text_of(bench)).to_have_attribute("aria-label", path)
        type_new(bench, path, (step(3).path / path).read_text())
    expect(bench.locator(".verdict")).to_contain_text("Step 3 passed.")
    for path in SOLUTION:
        assert (desk / path).read_bytes() == (step(3).path / path).read_bytes()


def type_new(page, path, text):
    """Puts a text in place of the whole, as who pastes it, and leaves the editor by Tab."""
    text_of(page).focus()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)
    expect(state(page)).to_have_text("Saved.")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(text_of(page)).not_to_be_focused()


def test_the_chat_of_what_was_written_runs_beside_it(bench, desk):
    """What is in work is tried in the same view; a save is running at the next look."""
    bench.get_by_role("tab", name="Try").click()
    press(bench, "Run what is in work")
    frame = bench.frame_locator("iframe >> nth=0")
    expect(frame.get_by_role("heading", level=1)).to_contain_text("lobby")
    expect(bench.locator(".log")).to_contain_text("GET /chat/lobby/")


def test_a_command_of_the_note_leads_to_what_stands_beside_it(bench, walkthrough):
    """The chat or the checks of this step; what is another step's is a page of its own."""
    for command, name in [("make run", "Try"), ("make check", "Check")]:
        bench.locator(".note").get_by_role("link", name=command, exact=True).first.click()
        expect(bench.get_by_role("tab", name=name)).to_have_attribute("aria-selected", "true")
        expect(bench.get_by_role("tab", name=name)).to_be_focused()
    expect(bench).to_have_url(walkthrough.page("en/step-3/workbench/"))
    bench.get_by_role("link", name="make step-2 run PORT=8002", exact=True).click()
    expect(bench).to_have_url(walkthrough.page("en/step-2/try/"))


def test_the_wire_shows_what_travels_and_what_does_not(window, walkthrough):
    """A message on its way from window to window; and a call that nobody awaited, with its line."""
    classroom = walkthrough.classroom
    classroom.make("step-5", "start")
    classroom.make("solve")
    page = window(walkthrough.page("en/step-5/workbench/"))
    page.get_by_role("tab", name="Try").click()
    press(page, "Run what is in work")
    mona, omar = (page.frame_locator(f"iframe >> nth={number}") for number in (0, 1))
    for frame in [mona, omar]:
        expect(frame.get_by_role("status")).to_have_text("Connected.")
    say(mona, "hello")
    expect(omar.locator("#chat-log")).to_have_value("hello\n")
    record = page.get_by_role("log", name="The wire").get_by_role("listitem")
    sent = record.filter(has_text="group_send")
    expect(sent).to_contain_text("reaches 2: A, B")
    speaker = sent.locator(".from").inner_text()  # either may have been the first to come
    page.get_by_label("Of the connection").select_option("B" if speaker == "A" else "A")
    expect(sent).to_be_hidden()
    page.get_by_label("Of the connection").select_option("")
    press(page, "Clear")
    expect(record).to_have_count(0)

    consumers = classroom.work / "chat" / "consumers.py"
    text = consumers.read_text()
    consumers.write_text(
        text.replace("await self.channel_layer.group_send", "self.channel_layer.group_send")
    )
    press(page, "Restart")
    expect(record.filter(has_text="accepts").nth(1)).to_be_visible()
    say(mona, "into the void")
    line = 1 + text[: text.index("self.channel_layer.group_send")].count("\n")
    expect(page.locator(".records .trouble").last).to_contain_text(
        f"chat/consumers.py`, line {line}".replace("`", "")
    )


def say(frame, message):
    frame.locator("#chat-message-input").fill(message)
    frame.locator("#chat-message-input").press("Enter")


GATE = pytest.mark.gate


@pytest.mark.parametrize(
    "language", ["ar", pytest.param("en", marks=GATE), pytest.param("both", marks=GATE)]
)
def test_the_workbench_is_accessible(window, walkthrough, desk, language):
    """axe finds nothing wrong in either scheme, wide and narrow; no page is wider than a telephone."""
    page = opened(window, walkthrough, language)
    expect_accessible(page, widths=(1280, NARROW))


def transferred(page):
    """The bytes that came over the network for this visit, without the fonts."""
    page.wait_for_load_state("networkidle")
    return page.evaluate(
        """() => performance.getEntries()
            .filter((each) => "transferSize" in each && !each.name.endsWith(".woff2"))
            .reduce((sum, each) => sum + each.transferSize, 0)"""
    )


def test_the_page_is_light(window, walkthrough, desk):
    """The first visit takes less than 700 KB, and the next one less than 10."""
    page = opened(window, walkthrough)
    assert transferred(page) < 700_000
    page.reload()
    expect(text_of(page)).to_contain_text("ProtocolTypeRouter")
    assert transferred(page) < 10_000


REQUESTS = [
    "{}",
    "[]",
    "read",
    '{"do": "read"}',
    '{"do": "__init__", "id": "1"}',
    '{"do": "close", "id": "1"}',
    '{"do": "read", "id": "1", "path": 3}',
    '{"do": "read", "id": "1", "path": "manage.py", "text": "x"}',
    "\x00",
    "[" * 100_000,
    b"\xff",
]


@pytest.mark.parametrize("request_", REQUESTS, ids=range(len(REQUESTS)))
def test_what_no_page_asks_ends_the_connection(walkthrough, desk, request_):
    """Only the named acts, each with what it needs, and all of it text."""
    with walkthrough.socket("en/step-3/workbench/") as page:
        assert json.loads(page.recv(timeout=PATIENCE))["kind"] == "papers"
        page.send(request_)
        with pytest.raises(ConnectionClosed) as closed:
            while True:
                page.recv(timeout=PATIENCE)
    assert closed.value.rcvd.code == 4400


def test_other_sites_pages_write_nothing(walkthrough, desk):
    """A page of another origin, or of another port here, is refused at the handshake."""
    for origin in ["http://evil.example", "http://127.0.0.1:1", "null"]:
        with pytest.raises(InvalidStatus):
            walkthrough.socket("en/step-3/workbench/", origin=origin)
