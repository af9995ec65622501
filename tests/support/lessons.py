"""A lesson as it is given in the workbench: by hand, from the note, on a page that nobody leaves."""

import os
import shutil
from difflib import SequenceMatcher
from pathlib import Path

from playwright.sync_api import expect

from tests.support.browsers import expect_glimpse, press
from tests.support.servers import eventually
from workbook.languages import Bilingual
from workbook.notes import note_path, page
from workbook.proofreading.replay import type_in
from workbook.web.phrases import phrases

PICTURES = "LESSON_PICTURES"  # names a folder for a picture of every station
SIZE = {"width": 1280, "height": 720}
SECTIONS = {
    "write": Bilingual("Write it", "اكتبها"),
    "beyond": Bilingual("Beyond the documentation", "ما بعد التوثيق"),
}


class Lesson:
    """The workbench of a step in one language, with the hands of who gives the lesson."""

    def __init__(self, window, walkthrough, step, language):
        self.step, self.language = step, language
        self.say = phrases(language)
        self.work = walkthrough.classroom.work
        self.page = window(walkthrough.page(f"{language}/{step.name}/workbench/"), viewport=SIZE)
        self.stations = 0
        self.left = []
        self.stay()

    def stay(self):
        """From here on whatever takes the page away, or opens another, is noted."""
        ours, left = self.page.main_frame, self.left
        self.page.on("framenavigated", lambda frame: frame == ours and left.append(frame.url))
        self.page.context.on("page", lambda other: left.append(other.url))

    def station(self, name):
        """A place in the lesson: the page is still the same, and is looked at if somebody wants to."""
        assert not self.left, f"before {name} the page was left for {self.left}"
        self.stations += 1
        if folder := os.environ.get(PICTURES):
            picture = f"{self.step.number}-{self.language}-{self.stations:02}-{name}.png"
            self.page.screenshot(path=Path(folder, picture))

    def begin(self):
        press(self.page, self.say["begin"])
        expect(self.page.locator(".here")).to_be_visible()
        expect(self.page.locator(".files [aria-current]")).to_be_visible()

    @property
    def text(self):
        return self.page.locator(".text .cm-content")

    @property
    def state(self):
        return self.page.locator(".papers .state")

    def sections(self, name):
        """The headings of a section of the note, each with the blocks under it."""
        found, is_here = [], False
        for block in page(note_path(self.step, self.language)).blocks:
            if block.kind == "h2":
                is_here = block.source == SECTIONS[name][self.language]
            elif is_here and block.kind == "h3":
                found.append((block.source, []))
            elif is_here and found:
                found[-1][1].append(block)
        return found

    def read(self, heading):
        """Scrolls the note to a heading."""
        place = self.page.locator(".note").get_by_role("heading", name=heading, exact=False)
        place.evaluate("(heading) => heading.scrollIntoView()")
        expect(place).to_be_in_viewport()

    def write(self, blocks, folder):
        """Types what the listings say, as it then stands in a project in that folder."""
        project = shutil.copytree(self.work, folder)
        for block in blocks:
            assert not type_in(block, project)
        files = [
            each.relative_to(project) for each in sorted(project.rglob("*.*")) if each.is_file()
        ]
        for path in files:
            text = (project / path).read_bytes()
            mine = self.work / path
            if not mine.exists() or mine.read_bytes() != text:
                self.put(path.as_posix(), text.decode())

    def put(self, path, text):
        """Types in a file what makes its text this one."""
        if (self.work / path).exists():
            self.open(path)
        else:
            self.create(path)
        self.edit((self.work / path).read_text("utf-8"), text)
        expect(self.state).to_have_text(self.say["saved_file"])
        eventually(lambda: (self.work / path).read_text("utf-8") == text)

    def open(self, path):
        if not self.page.locator(".own").get_by_text(path, exact=True).count():
            self.page.locator(".more").evaluate("(more) => { more.open = true; }")
        self.page.locator(".files button").filter(has_text=path).click()
        expect(self.text).to_have_attribute("aria-label", path)

    def create(self, path):
        press(self.page, self.say["new_file"])
        self.page.get_by_role("textbox", name=self.say["new_file"]).fill(path)
        press(self.page, self.say["do_it"])
        expect(self.text).to_have_attribute("aria-label", path)

    def edit(self, old, new):
        """From below upwards, so that what is still to be changed keeps its line."""
        before, after = old.split("\n"), new.split("\n")
        self.text.click()
        changes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        for kind, start, end, first, last in reversed(changes):
            if kind != "equal":
                self.replace(start, end, after[first:last])

    def replace(self, start, end, lines):
        """Types lines in the place of those from start to before end."""
        self.go_to(start)
        for _ in range(end - start):
            self.page.keyboard.press("Control+Shift+K")
        if lines and start:
            self.go_to(start - 1)
            self.page.keyboard.press("End")
            self.page.keyboard.press("End")  # the first was the end of what is seen as a line
            self.type(["", *lines])
        elif lines:
            self.type([*lines, ""])

    def go_to(self, line):
        self.page.keyboard.press("Control+Alt+G")
        self.page.keyboard.type(str(line + 1))
        self.page.keyboard.press("Enter")

    def type(self, lines):
        """One line below the other; what the editor indents by itself is typed over."""
        keyboard = self.page.keyboard
        for number, line in enumerate(lines):
            if number:
                keyboard.press("Enter")
                keyboard.type("x")
                keyboard.press("Shift+Home")
                keyboard.press("Shift+Home")
            if line:
                keyboard.type(line)
            elif number:
                keyboard.press("Delete")

    def check(self):
        """Checks what was written, and waits until all is said."""
        self.tab("check")
        press(self.page, self.say["check_now"])
        self.page.wait_for_function("() => document.querySelector('.here').ariaBusy === 'true'")
        expect(self.page.locator(".here")).not_to_have_attribute("aria-busy", "true")

    def tab(self, name):
        self.page.get_by_role("tab", name=self.say[name], exact=True).click()

    def run(self):
        """Runs what was written; its two windows, in a room whose name the core can take."""
        self.tab("try")
        self.page.locator(".try .room").fill("lobby")
        self.page.locator(".try .room").press("Enter")
        status = self.page.locator(".try .status")
        with expect_glimpse(status, self.say["server_starting"]):
            self.page.locator("[data-word=desk]").click()
        expect(status).to_have_text(self.say["running_desk"])
        return [self.window(number) for number in (0, 1)]

    def window(self, number):
        frame = self.page.frame_locator(f"iframe >> nth={number}")
        expect(frame.get_by_role("status")).to_have_text("Connected.")
        return frame

    def mistake(self, path, old, new, at):
        """Spoils a line, and is told at that line what is wrong; then mends it."""
        text = (self.work / path).read_text("utf-8")
        self.put(path, text.replace(old, new))
        self.check()
        expect(self.text.locator(".cm-lintRange-error")).to_contain_text(at)
        self.station("mistake")
        self.put(path, text)


def say(frame, message):
    frame.locator("#chat-message-input").fill(message)
    frame.locator("#chat-message-input").press("Enter")


def log(frame):
    return frame.locator("#chat-log")
