"""The wire in the browser: what travels is drawn, walked through, chosen from and explained."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.support.browsers import expect_accessible, press
from workbook.steps import step
from workbook.web.practice.stepserver import StepServer

pytestmark = pytest.mark.pages

SENT = ["frame", "receive", "group_send", "event", "event", "frame", "frame"]  # by a Send


@pytest.fixture
def tried(window, walkthrough):
    """Opens Try on step 5 in a language, with both windows in the room and nothing on the wire yet."""

    def open_page(language="en"):
        walkthrough.stop("step-5")
        page = window(walkthrough.page(f"{language}/step-5/try/"))
        page.locator("[data-word=snapshot]").click()
        connected(page)
        last = uuid4().hex  # the wire keeps what earlier tests have said
        say(page, last)
        expect(records(page, last)).to_have_count(len(SENT) - 1)
        page.locator(".clear").click()
        return page

    return open_page


def connected(page):
    """Both windows are in the room, and the wire has said so."""
    for number in (0, 1):
        frame = page.frame_locator(f"iframe >> nth={number}")
        expect(frame.get_by_text("Connected.")).to_be_visible()
    expect(page.locator(".lanes b").last).not_to_be_empty()


def say(page, message, window=0):
    field = page.frame_locator(f"iframe >> nth={window}").locator("#chat-message-input")
    field.fill(message)
    field.press("Enter")


def records(page, words=""):
    return page.locator(".records ol > li").filter(has_text=words)


def shown(page):
    return page.locator(".records ol > li:not([hidden])")


def lit(page):
    return page.locator(".records [aria-current=step]")


def heads(page):
    """Of the window that said hello, and of the other one: either may have been the first to come."""
    one, other = page.locator(".lanes b").first, page.locator(".lanes b").last
    speaker = records(page, "hello").first.locator(".from").text_content()
    return (one, other) if one.text_content() == speaker else (other, one)


def centre(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2


LANGUAGES = pytest.mark.parametrize("language", ["ar", pytest.param("en", marks=pytest.mark.gate)])


@LANGUAGES
def test_the_lanes_show_who_speaks_to_whom(tried, language):
    """From the one window by its consumer to the layer, and from there to the other's."""
    page = tried(language)
    say(page, "hello")
    expect(records(page, "hello")).to_have_count(len(SENT) - 1)
    _, window_a, consumer_a, _, layer, consumer_b, window_b = map(
        centre, page.locator(".lanes > span").all()
    )
    assert (window_a < window_b) == (language == "en")

    letters = page.locator(".lanes b").all_text_contents()
    speaker = records(page).first.locator(".from").inner_text()
    one, other = (letters[0], window_a, consumer_a), (letters[-1], window_b, consumer_b)
    if speaker == other[0]:
        one, other = other, one
    ways = [
        (record_of(page, one[0], '{"message":"hello"}'), one[1], one[2]),
        (record_of(page, one[0], "group_send"), one[2], layer),
        (record_of(page, other[0], "'hello'"), layer, other[2]),
        (record_of(page, other[0], '{"message": "hello"}'), other[2], other[1]),
    ]
    for record, source, target in ways:
        arrow = record.locator(".arrow").bounding_box()
        ends = sorted([arrow["x"], arrow["x"] + arrow["width"]])
        assert ends == pytest.approx(sorted([source, target]), abs=2)
        assert centre(record.locator(".from")) == pytest.approx(source, abs=2)


def record_of(page, name, words):
    """The first record with the words that has this letter in its lane."""
    return records(page, words).filter(has=page.locator(f'.from:text-is("{name}")')).first


# Of each dot and each line of a lane, how far it is from the middle of its heading.
DISTANCES = """() => {
    const middle = (element) => {
        const { left, right } = element.getBoundingClientRect();
        return (left + right) / 2;
    };
    const heads = [...document.querySelectorAll(".lanes > span")].map(middle);
    const from = (dot) => middle(dot) - heads[parseInt(dot.style.gridColumnStart) - 1];
    const lines = (way) => {
        const { left, width } = way.getBoundingClientRect();
        return heads.toSorted((one, other) => one - other).map((head, lane) => head - left - (width * (lane + 0.5)) / 7);
    };
    const ways = [...document.querySelectorAll(".records .way")];
    return ways.flatMap((way) => [from(way.querySelector(".from")), ...lines(way)].map(Math.abs));
}"""
SCROLLBAR = (
    "(log) => { log.style.borderInlineEnd = '15px solid'; }"  # as a system that shows it has
)


@LANGUAGES
def test_the_headings_stand_above_their_lanes(tried, language):
    """In a window of any width, on the projector, and beside a scrollbar."""
    page = tried(language)
    say(page, "hello")
    expect(records(page, "hello")).to_have_count(len(SENT) - 1)
    page.locator(".records").evaluate(SCROLLBAR)
    for width in [390, 1000, 1280]:
        page.set_viewport_size({"width": width, "height": 720})
        assert max(page.evaluate(DISTANCES)) <= 1
    page.locator(".project").click()
    assert max(page.evaluate(DISTANCES)) <= 1


EDGES = "() => ['.lanes', '.records', '.records :focus'].map((each) => document.querySelector(each).getBoundingClientRect().toJSON())"


def test_the_headings_stay_in_sight(tried):
    """Above the records that are scrolled, also of one that an arrow leads to."""
    page = tried()
    for number in range(5):
        say(page, f"hello {number}")
    expect(records(page, "hello 4")).to_have_count(len(SENT) - 1)
    page.locator(".records").focus()
    page.keyboard.press("End")
    for _ in range(20):
        page.keyboard.press("ArrowUp")
    lanes, log, record = page.evaluate(EDGES)  # at once: what is above may still grow
    assert record["top"] >= lanes["bottom"] - 1
    assert lanes["top"] == pytest.approx(log["top"], abs=2)


# Until the page has been told of it, which is when the next frame is drawn.
SCROLLED = """(log) => new Promise((told) => {
    log.addEventListener("scroll", told, { once: true });
    log.scrollTop = 0;
})"""
AT_END = "() => { const log = document.querySelector('.records'); return log.scrollTop + log.clientHeight > log.scrollHeight - 1; }"


def test_the_last_record_stays_in_sight_unless_somebody_looks_at_another(tried):
    """Also where the wire was hidden meanwhile, or has become smaller."""
    page = tried()
    log, wire = page.locator(".records"), page.locator(".wire")
    wire.evaluate("(wire) => { wire.hidden = true; }")
    for number in range(3):
        say(page, f"hello {number}")
    expect(records(page, "hello 2")).to_have_count(len(SENT) - 1)
    wire.evaluate("(wire) => { wire.hidden = false; }")
    page.wait_for_function(AT_END)
    page.set_viewport_size({"width": 390, "height": 720})
    page.wait_for_function(AT_END)

    log.evaluate(SCROLLED)
    say(page, "goodbye")
    expect(records(page, "goodbye")).to_have_count(len(SENT) - 1)
    assert log.evaluate("(log) => log.scrollTop") == 0


def test_a_window_that_connects_again_stands_on_its_side(tried):
    """The side that has become free; the other window keeps its own."""
    page = tried()
    say(page, "hello")
    expect(records(page, "hello")).to_have_count(len(SENT) - 1)
    moves, stays = heads(page)
    before = [head.text_content() for head in (moves, stays)]
    own = page.locator(".own-room").first
    own.fill("garden")
    own.press("Enter")
    expect(moves).to_have_text(re.compile(f"^[^{before[0]}]$"))
    expect(stays).to_have_text(before[1])


def test_a_record_is_explained_on_a_click(tried):
    """What it means, the line of the code, and where the note and the glossary say more."""
    page = tried()
    say(page, "hello")
    record = records(page, "group_send").first
    record.locator("summary").click()
    meaning = record.locator(".meaning")
    expect(meaning).to_contain_text("It sends nothing to any browser")
    for name, heading in [("Send to the group", "Send to the group"), ("broadcast", "broadcast")]:
        with page.expect_popup() as opened:
            meaning.get_by_role("link", name=name).click()
        target = opened.value.evaluate("decodeURIComponent(location.hash.slice(1))")
        expect(opened.value.locator(f"[id='{target}']").first).to_be_attached()
        expect(opened.value.get_by_role("heading", name=heading).first).to_be_visible()
    with page.expect_popup() as opened:
        meaning.get_by_role("link", name="chat/consumers.py, line").click()
    expect(opened.value.locator(".line.chosen")).to_contain_text("group_send")
    expect(page.locator(".windows")).to_be_visible()


def test_a_record_is_explained_by_keyboard_and_after_a_second_visit(tried):
    """The arrows lead to it, Enter opens one and closes the other; all is there again, and once."""
    page = tried("ar")
    for _ in range(2):
        page.reload()
        connected(page)
        page.locator(".records").focus()
        page.keyboard.press("Home")
        page.keyboard.press("Enter")
        first, second = records(page).nth(0), records(page).nth(1)
        expect(first.locator(".meaning")).to_be_visible()  # the oldest that is kept, whatever it is
        expect(first.locator(".meaning")).to_contain_text(re.compile("[ء-ي]{3}"))
        page.keyboard.press("ArrowDown")
        expect(second.locator("summary")).to_be_focused()
        page.keyboard.press("Enter")
        expect(second.locator(".meaning")).to_be_visible()
        expect(first.locator(".meaning")).to_be_hidden()


def test_what_is_told_again_does_not_stand_there_twice(window, tried):
    """A page that has lost the walkthrough and found it again."""
    page, again = tried(), window("about:blank")
    sockets = []

    def between(socket):
        sockets.append(socket)
        socket.connect_to_server()

    again.route_web_socket("**/try/**", between)
    again.goto(page.url)
    say(page, "before")
    expect(records(again, '{"message":"before"}')).to_have_count(1)
    sockets[0].close()
    expect(again.locator("main .status")).to_have_text("This step is running.")
    say(page, "after")
    expect(records(again, '{"message":"after"}')).to_have_count(1)
    expect(records(again, '{"message":"before"}')).to_have_count(1)
    assert len(sockets) == 2


def test_what_is_not_chosen_is_counted(tried):
    """By connection, by kind, and by room or group; what comes later is chosen from as well."""
    page = tried()
    counts = page.locator(".counts")
    kind, rooms = page.get_by_label("Kind"), page.get_by_label("Room or group")
    kind.select_option("the layer")
    say(page, "hello")
    expect(shown(page)).to_have_count(3)
    expect(counts).to_have_text("Hidden by this choice: 4")
    page.get_by_label("Of the connection").select_option(heads(page)[1].inner_text())
    expect(shown(page)).to_have_count(1)
    page.get_by_label("Of the connection").select_option("")
    kind.select_option("trouble")
    expect(shown(page)).to_have_count(0)
    kind.select_option("")
    expect(counts).to_have_text("")

    own = page.locator(".own-room").last
    own.fill("garden")
    own.press("Enter")
    expect(rooms.locator("option").filter(has_text="/ws/chat/garden/")).to_have_count(1)
    rooms.select_option("/ws/chat/garden/")
    expect(shown(page).filter(has_text="group_add")).to_have_count(1)
    expect(shown(page).filter(has_text="hello")).to_have_count(0)
    rooms.select_option("/ws/chat/lobby/")
    expect(shown(page).filter(has_text="hello")).to_have_count(len(SENT) - 1)
    sent = records(page, "group_send").inner_text().partition("chat_")[2][:12]
    rooms.select_option(rooms.locator("option").filter(has_text=sent).inner_text())
    expect(shown(page).filter(has_text="hello")).to_have_count(len(SENT) - 1)


def test_the_wire_is_walked_through_record_by_record(tried):
    """While it is paused one is let through at a time, and lit; back over them, and on again."""
    page = tried()
    press(page, "Pause")
    say(page, "hello")
    expect(page.locator(".counts")).to_have_text(f"Waiting: {len(SENT)}")
    press(page, "One on")
    expect(records(page)).to_have_count(1)
    expect(lit(page)).to_contain_text("the frame")
    page.locator("h1").click()
    for count, words in enumerate(["ChatConsumer.receive takes", "group_send", "chat_message"], 2):
        page.keyboard.press("Period")
        expect(lit(page)).to_contain_text(words)
        expect(records(page)).to_have_count(count)
    page.keyboard.press("Comma")
    expect(lit(page)).to_contain_text("group_send")
    press(page, "One back")
    expect(lit(page)).to_contain_text("ChatConsumer.receive takes")
    press(page, "One on")
    expect(records(page)).to_have_count(4)
    press(page, "Pause")
    expect(records(page)).to_have_count(len(SENT))
    expect(lit(page)).to_have_count(0)
    expect(page.locator(".counts")).to_have_text("")


def test_a_walk_begins_at_what_came_last(tried):
    """A step stops a wire that goes on; an explanation that is open goes along."""
    page = tried()
    say(page, "hello")
    expect(records(page, "hello")).to_have_count(len(SENT) - 1)
    records(page, "group_send").locator("summary").click()
    press(page, "One back")
    expect(page.get_by_role("button", name="Pause")).to_have_attribute("aria-pressed", "true")
    expect(records(page).last).to_have_attribute("aria-current", "step")
    expect(records(page).last.locator(".meaning")).to_be_visible()
    expect(records(page, "group_send").locator(".meaning")).to_be_hidden()


def test_a_step_passes_over_what_is_hidden(tried):
    """Of the layer alone: the next call or event, whatever travels in between."""
    page = tried()
    press(page, "Pause")
    page.get_by_label("Kind").select_option("the layer")
    say(page, "hello")
    expect(page.locator(".counts")).to_contain_text(f"Waiting: {len(SENT)}")
    press(page, "One on")
    expect(lit(page)).to_contain_text("group_send")
    press(page, "One on")
    expect(lit(page)).to_contain_text("chat_message")


ROOMS = """\
def announce(layer, group, text):
    layer.group_send(group, {"type": "chat_message", "msgGroup": text})
"""


def test_a_call_that_nobody_awaits_is_shown_and_explained_in_both_languages(window, walkthrough):
    """A helper beside the consumer: which function, file and line, and its line in the editor."""
    classroom = walkthrough.classroom
    classroom.make("step-5", "start")
    classroom.make("solve")
    (classroom.work / "chat" / "rooms.py").write_text(ROOMS)
    consumers = classroom.work / "chat" / "consumers.py"
    text = consumers.read_text()
    begin = text.index("await self.channel_layer.group_send(")
    end = text.index("\n\n", begin)
    call = 'announce(self.channel_layer, self.room_group_name, "hello")'
    consumers.write_text(f"from .rooms import announce\n{text[:begin]}{call}{text[end:]}")
    walkthrough.stop("step-5")
    page = window(walkthrough.page("both/step-5/workbench/"))
    page.locator("#tab-try").click()
    page.locator("[data-word=desk]").click()
    connected(page)
    say(page, "into the void")

    record = page.locator(".records .trouble")
    expect(record).to_contain_text(
        "announce in chat/rooms.py, line 2, called group_send, and nobody awaited it: "
        "the room hears nothing"
    )
    expect(record).to_contain_text(
        "الدالة announce في الملف chat/rooms.py، السطر 2، استدعت group_send ولم ينتظرها أحد "
        "بكلمة await: لا تسمع الغرفة شيئًا"
    )
    record.locator("summary").click()
    meaning = record.locator(".meaning")
    expect(meaning).to_contain_text("not a line of it ran")
    expect(meaning).to_contain_text("لم يُنفَّذ منه سطر")
    meaning.get_by_role("button", name="chat/rooms.py, line 2").click()
    editor = page.locator(".text .cm-content")
    expect(editor).to_contain_text("def announce")
    expect(editor).to_be_focused()
    expect(page.locator(".text .cm-activeLine")).to_contain_text("layer.group_send")
    meaning.get_by_role("link", name="Forget the await before group_send").click()
    expect(page.locator(".note-pane")).to_contain_text("Forget the await before group_send")
    expect(record).to_be_visible()
    page.locator("[data-word=stop]").click()
    expect(page.locator("[data-word=stop]")).to_be_disabled()


@LANGUAGES
def test_the_wire_is_accessible(tried, language):
    """With an explanation open and a record lit, in either scheme, wide and narrow."""
    page = tried(language)
    say(page, "hello")
    expect(records(page, "group_send")).to_have_count(1)
    records(page, "group_send").locator("summary").click()
    page.locator(".one-back").click()
    expect_accessible(page)


def test_whoever_listens_is_told_as_something_travels():
    """At once and without a look at it, and not any more once nobody listens."""
    server, calls = StepServer(step(5)), []
    with server.telling(lambda: calls.append(server.travelled_since(0)[1])):
        server.hear([])
    server.hear([])

    assert calls == [0]
