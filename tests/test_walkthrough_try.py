"""The walkthrough's Try: a step's chat in two windows of one page, and the server behind it."""

import json
import signal
import socket

import psutil
import pytest
from playwright.sync_api import Error, expect

from tests.support.browsers import NARROW, WIDE, expect_accessible, expect_glimpse, press
from tests.support.projects import Classroom
from tests.support.servers import PATIENCE, Walkthrough, eventually, expect_ended, states
from workbook.steps import step

pytestmark = pytest.mark.pages

ASYNC = step(5)


@pytest.fixture(scope="module")
def walkthrough(tmp_path_factory):
    classroom = Classroom(tmp_path_factory.mktemp("class"))
    classroom.make("step-1", "start")
    with Walkthrough(classroom.path) as served:
        yield served


def expect_state(page, words):
    expect(page.locator("main .status")).to_have_text(words)


def windows(page):
    return [page.frame_locator("iframe >> nth=0"), page.frame_locator("iframe >> nth=1")]


def expect_connected(frame):
    expect(frame.get_by_role("status")).to_have_text("Connected.")


def say(frame, message):
    frame.locator("#chat-message-input").fill(message)
    frame.locator("#chat-message-input").press("Enter")


def server_of(page):
    """The host and port that the page may show in its windows."""
    first = page.locator(".windows").get_attribute("data-servers").split()[0]
    return first.removeprefix("http://").split(":")


def answers(host, port):
    with socket.socket() as client:
        return client.connect_ex((host, int(port))) == 0


def test_two_windows_of_a_page_chat(window, walkthrough):
    """One click serves the step; both windows are in the same room, which can be another one."""
    walkthrough.stop("step-4")
    page = window(walkthrough.page("ar/step-4/try/"))
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    expect_state(page, "لا شيء يعمل الآن.")
    press(page, "شغّل هذه الخطوة")
    expect_state(page, "هذه الخطوة تعمل الآن.")
    mona, omar = windows(page)
    expect(mona.locator("bdi")).to_have_text("غرفة")
    expect_connected(mona)
    expect_connected(omar)
    say(mona, "أهلًا")
    expect(omar.locator("#chat-log")).to_have_value("أهلًا\n")

    page.get_by_label("الغرفة", exact=True).fill("a b")
    page.get_by_label("الغرفة", exact=True).press("Enter")
    expect(omar.locator("bdi")).to_have_text("a b")
    expect(page.locator(".log")).to_contain_text("WebSocket CONNECT /ws/chat/a%20b/")
    assert not [each for each in complaints if "Content Security Policy" in each]


def test_a_page_in_a_window_leads_the_walkthrough_nowhere(window, walkthrough):
    """A learner's page stays in its frame, whatever its script does."""
    walkthrough.stop("step-4")
    page = window(walkthrough.page("en/step-4/try/"))
    press(page, "Run this step")
    expect_connected(windows(page)[0])
    frame = page.frames[1]
    for escape in ["top.location = 'about:blank'", "top.document.title = ''", "top.sessionStorage"]:
        with pytest.raises(Error, match="SecurityError"):
            frame.evaluate(f"() => {{ {escape}; }}")
    assert page.url == walkthrough.page("en/step-4/try/")


def test_as_many_windows_as_wanted_each_in_its_room(window, walkthrough):
    """A third window in another room hears nothing of the first two; closed, it is gone."""
    walkthrough.stop("step-4")
    page = window(walkthrough.page("en/step-4/try/"))
    press(page, "Run this step")
    mona, omar = windows(page)
    press(page, "Another window")
    page.get_by_label("Room of this window").nth(2).fill("غرفة أخرى")
    page.get_by_label("Room of this window").nth(2).press("Enter")
    laila = page.frame_locator("iframe >> nth=2")
    expect(laila.locator("bdi")).to_have_text("غرفة أخرى")
    for frame in [mona, omar, laila]:
        expect_connected(frame)
    say(mona, "to ours")
    say(laila, "to mine")
    expect(omar.locator("#chat-log")).to_have_value("to ours\n")
    expect(laila.locator("#chat-log")).to_have_value("to mine\n")

    page.get_by_role("button", name="Close this window").nth(1).click()
    expect(page.locator("iframe")).to_have_count(2)
    expect(page.frame_locator("iframe >> nth=1").locator("#chat-log")).to_have_value("to mine\n")


def test_a_frame_is_sent_by_hand(window, walkthrough):
    """What a page would not send gets an error in answer, and the connection stays open."""
    page = window(walkthrough.page("en/step-3/try/"))
    press(page, "Run this step")
    expect_connected(windows(page)[0])
    page.get_by_text("Send a frame by hand").click()
    log = page.get_by_role("log", name="Send a frame by hand").get_by_role("listitem")
    answers = 0
    for example in page.get_by_label("Example").locator("option").all():
        page.get_by_label("Example").select_option(label=example.inner_text())
        press(page, "Send")
        answers += 2
        expect(log).to_have_count(answers)
        expect(log.last).to_contain_text('{"error"' if answers > 2 else '{"message": "hello"}')
    page.get_by_label("Frame", exact=True).fill('{"message": "mine"}')
    press(page, "Send")
    expect(log.last).to_contain_text('{"message": "mine"}')


def test_a_frame_that_is_written_at_once_is_kept(window, walkthrough):
    """The form is fetched when it is unfolded: the example comes only into an empty field."""
    page = window(walkthrough.page("en/step-3/try/"))
    field = page.get_by_label("Frame", exact=True)

    def write_first(route):
        field.fill("mine")
        route.continue_()

    page.route("**/frames.js", write_first)
    page.get_by_text("Send a frame by hand").click()
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_enabled()
    expect(field).to_have_value("mine")


def test_a_second_start_shows_the_pages_anew(window, walkthrough):
    """Whoever starts what runs already gets a fresh server, and both windows are connected to it."""
    walkthrough.stop("step-5")
    page = window(walkthrough.page("en/step-5/try/"))
    press(page, "Run this step")
    for frame in windows(page):
        expect_connected(frame)
    say(windows(page)[0], "before")
    expect(windows(page)[1].locator("#chat-log")).to_have_value("before\n")
    with expect_glimpse(page.locator("main .status"), "Starting…"):
        press(page, "Run this step")
    for frame in windows(page):
        expect(frame.locator("#chat-log")).to_have_value("")
        expect_connected(frame)


def test_tabs_share_the_server_and_its_windows_live_through_a_restart(window, walkthrough):
    """What one tab starts, another sees, restarts and stops; a half-written message stays."""
    walkthrough.stop("step-5")
    mine = window(walkthrough.page("en/step-5/try/"))
    press(mine, "Run this step")
    theirs = window(walkthrough.page("both/step-5/try/"))
    for page in [mine, theirs]:
        expect_state(page, "This step is running.")
    _, omar = windows(mine)
    expect_connected(omar)
    omar.locator("#chat-message-input").fill("half a sent")
    with mine.expect_websocket():  # a window tries again
        press(theirs, "Restart")
    expect_connected(omar)
    expect(omar.locator("#chat-message-input")).to_have_value("half a sent")
    elsewhere = window(walkthrough.page("en/step-2/try/"))
    expect(elsewhere.get_by_role("link", name="5 · ")).to_be_visible()

    press(theirs, "Stop")
    for page in [mine, theirs]:
        expect_state(page, "Nothing is running.")
        expect(page.locator("iframe").first).to_be_hidden()
    assert not answers(*server_of(mine))


def test_what_is_on_the_desk_can_be_tried(window, walkthrough):
    """A project as startproject makes it may not stand in a window: the page says so, and links."""
    page = window(walkthrough.page("en/step-1/try/"))
    press(page, "Run what is in work")
    expect_state(page, "What is in work is running.")
    expect(page.get_by_text("XFrameOptionsMiddleware")).to_be_visible()
    expect(page.locator("iframe")).to_be_hidden()
    link = page.get_by_role("link", name="Open in its own window")
    assert link.get_attribute("href") == "http://{}:{}/chat/".format(*server_of(page))


def test_a_project_that_cannot_start_says_why(window, walkthrough):
    """The log shows Python's own words, and the page says that it ended."""
    settings = walkthrough.folder / "work" / "mysite" / "settings.py"
    text = settings.read_text()
    try:
        settings.write_text("def (\n")
        page = window(walkthrough.page("en/step-1/try/"))
        press(page, "Run what is in work")
        expect_state(page, "It ended by itself; the log says why.")
        expect(page.locator(".log")).to_contain_text("SyntaxError")
    finally:
        settings.write_text(text)


LEFT_RUNNING = """
import subprocess, sys
for alone in [False, True]:
    command = [sys.executable, "-c", "import signal; signal.pause()", str(BASE_DIR), str(alone)]
    subprocess.Popen(command, start_new_session=alone)
"""


def left_running(desk, alone):
    """What the settings have started, in the server's own session or in one of its own."""
    marks = [str(desk), str(alone)]
    everything = psutil.process_iter(["cmdline"])
    return [each for each in everything if (each.info["cmdline"] or [])[-2:] == marks]


def test_a_project_that_leaves_something_running_can_be_stopped(tmp_path):
    """What the settings start ends with the server, or holds its log open and stops nobody."""
    classroom = Classroom(tmp_path)
    desk = classroom.solve(ASYNC)
    with (desk / "mysite" / "settings.py").open("a") as settings:
        settings.write(LEFT_RUNNING)
    try:
        with Walkthrough(classroom.path) as walkthrough:
            with walkthrough.socket("en/step-5/try/") as page:
                page.send("desk")
                assert "running" in states(page)
                page.send("stop")
                assert "stopped" in states(page)
            assert left_running(desk, alone=True)
            eventually(lambda: not left_running(desk, alone=False))
            with walkthrough.socket("en/step-5/check/") as page:
                assert json.loads(page.recv(timeout=PATIENCE))["kind"] == "desk"
            walkthrough.process.send_signal(signal.SIGINT)
            assert walkthrough.process.wait(timeout=PATIENCE) == 0
    finally:
        for each in left_running(desk, alone=False) + left_running(desk, alone=True):
            each.kill()


def servers_of(walkthrough):
    """The processes that serve the steps, and those that stand behind them."""
    started = psutil.Process(walkthrough.process.pid).children(recursive=True)
    servers = [process for process in started if "runserver" in process.cmdline()]
    assert servers
    return servers


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_what_was_started_ends_with_the_walkthrough(end, window):
    """Ctrl-C ends the servers too, with a page open; a kill does."""
    with Walkthrough() as walkthrough:
        page = window(walkthrough.page("en/step-3/try/"))
        press(page, "Run this step")
        expect_state(page, "This step is running.")
        host, port = server_of(page)
        servers = servers_of(walkthrough)
        walkthrough.process.send_signal(end)
        walkthrough.process.wait(timeout=PATIENCE)
        if end == signal.SIGKILL:
            expect_ended(servers)
        assert not any(server.is_running() for server in servers)
        assert not answers(host, port)
        expect_state(page, "The walkthrough does not answer. Is it still running in its terminal?")
    assert "Traceback" not in walkthrough.output
    assert "Task" not in walkthrough.output


def test_the_page_is_accessible(window, walkthrough):
    """axe finds nothing wrong, on a wide screen and a narrow one."""
    for language, width in [("en", WIDE), ("ar", NARROW)]:
        expect_accessible(window(walkthrough.page(f"{language}/step-4/try/")), widths=[width])
