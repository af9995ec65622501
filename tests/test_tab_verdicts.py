"""What is said of a project in a browser's tab is what is said of it on a machine, to the word."""

import base64
import io
import re
import zipfile
from shutil import rmtree

import pytest

from tests.support.projects import edited, snapshot
from tests.test_mistakes import ONLY_BEFORE
from workbook.diff import walk
from workbook.exercise.desk import MARK
from workbook.exercise.mistakes import mistakes_of
from workbook.steps import all_steps, step

BEGUN, SOLVED = "begun", "solved"  # without a mistake: the exercise as it begins and as it ends
OF = 80  # one case in so many is in the sample that `make pages` has; `make gate` has the others
LASTS = 20  # cases for one visit: a desk that is replaced is saved, and saves add up
PATIENCE = 180_000  # milliseconds
# But for mistakes that are none to the Python of a tab.
CASES = [
    (step, mistake)
    for step in all_steps()
    for mistake in [BEGUN, SOLVED, *mistakes_of(step)]
    if getattr(mistake, "name", "") not in ONLY_BEFORE
]
REDIS = "channels_redis.core.RedisChannelLayer"  # which is not in a tab
NOT_HERE = next(each for each in mistakes_of(step(4)) if each.name == "layer-of-redis-not-here")
# Places of the two sites, and Python's own words: a tab's Python is another one.
ITS_OWN = {"url", "editors", "error"}
# In what is said: where packages lie, what Django says since 6.1, and names by chance.
OWN_WORDS = re.compile(r"/\S*/(?=channels/)|Template: \S+, |(?<=`chat_)\w{12,}(?=`)")
CHECK = """async ([base, step, zip, patience]) => {
  const { connect } = await import(`${base}static/web/js/socket.js`);
  const talks = (globalThis.talks ??= new Map());
  const talk = (part) => {
    const path = new URL(`${base}both/${step}/${part}/`).pathname;
    if (!talks.has(path)) {
      const about = { heard: [], wake() {} };
      const hear = (record) => about.heard.push(record) && about.wake();
      about.send = connect(new Proxy({}, { get: () => hear }), { opened() {}, lost() {}, waits: true }, path);
      talks.set(path, about);
    }
    const about = talks.get(path);
    about.heard.length = 0;
    about.first = async (wanted) => {
      while (!about.heard.some(wanted)) {
        await new Promise((resolve, reject) => Object.assign(about, { wake: resolve, late: reject }));
      }
      return about.heard.find(wanted);
    };
    return about;
  };
  clearTimeout(globalThis.timer);
  globalThis.timer = setTimeout(() => talks.forEach(({ late }) => late?.()), patience);
  const edit = talk("workbench");
  edit.send(JSON.stringify(zip ? { do: "unpack", zip, id: "parcel" } : { do: "begin", id: "parcel" }));
  const answer = await edit.first(({ id }) => id === "parcel");
  if (answer.kind === "trouble") return answer;
  const check = talk("check");
  check.send("check");
  await check.first(({ kind }) => ["done", "trouble"].includes(kind));
  return check.heard.findLast(({ kind }) => ["sheet", "trouble"].includes(kind));
}"""


def cases():
    for number, (of, mistake) in enumerate(CASES):
        mark = pytest.mark.gate if number % OF else pytest.mark.pages
        name = getattr(mistake, "name", mistake)
        yield pytest.param(number, of, mistake, id=f"{of.path.name}-{name}", marks=mark)


class Visits:
    """A browser's page at an address, opened anew from time to time."""

    def __init__(self, browser, base):
        self.browser, self.base = browser, base
        self.context, self.left = None, 0

    def page(self):
        if not self.left:
            self.close()
            self.context, self.left = self.browser.new_context(), LASTS
            self.context.set_default_timeout(PATIENCE)
            self.context.new_page().goto(f"{self.base}both/step-1/check/")
        self.left -= 1
        return self.context.pages[0]

    def close(self):
        if self.context:
            self.context.close()

    def verdict(self, step, parcel):
        zip = base64.b64encode(parcel).decode()
        return comparable(self.page().evaluate(CHECK, [self.base, step.name, zip, PATIENCE]))


def comparable(value):
    if isinstance(value, dict):
        return {name: comparable(each) for name, each in value.items() if name not in ITS_OWN}
    if isinstance(value, list):
        return [comparable(each) for each in value]
    return OWN_WORDS.sub("", value) if isinstance(value, str) else value


def differences(one, other, way=""):
    """Where two verdicts differ, and what stands there."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        for name in one:
            yield from differences(one[name], other[name], f"{way}.{name}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for at, (each, theirs) in enumerate(zip(one, other, strict=True)):
            yield from differences(each, theirs, f"{way}[{at}]")
    elif one != other:
        yield way, one, other


@pytest.fixture(scope="module")
def both(chromium, walkthrough, tab_site):
    visits = [Visits(chromium, walkthrough.page()), Visits(chromium, tab_site)]
    yield visits
    for each in visits:
        each.close()


def parcel(step, mistake, folder):
    """The zip of a desk on which the step lies with this mistake; empty for a beginning."""
    if mistake == BEGUN:
        return b""
    project = snapshot(step, folder)
    if mistake != SOLVED:
        project = edited(project, mistake.made.edits, mistake.made.delete)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(f"work/{MARK}", str(step.number))
        for path in walk(project):
            archive.write(project / path, f"work/{path.as_posix()}")
    return content.getvalue()


def chooses_redis(mistake):
    return hasattr(mistake, "made") and any(REDIS in each.new for each in mistake.made.edits)


@pytest.mark.parametrize(("number", "step", "mistake"), list(cases()))
def test_the_verdict_is_the_same_in_a_tab(number, step, mistake, both, walkthrough, tmp_path):
    """The outcomes, the check to blame, the mistake's name, its advice, and the way on, in both languages."""
    content = parcel(step, mistake, tmp_path / "project")
    machine, tab = (each.verdict(step, content) for each in both)
    rmtree(walkthrough.classroom.path / "saved", ignore_errors=True)

    assert machine["kind"] == "sheet"
    if chooses_redis(mistake):
        assert tab["verdict"]["advice"]["texts"][0][0]["text"] == NOT_HERE.what.en
        return
    assert [*differences(machine, tab)] == []
