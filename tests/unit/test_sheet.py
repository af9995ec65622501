"""What a sheet says of the results on it."""

import json

import pytest

from workbook.exercise.parts import Part
from workbook.exercise.records import CheckResult, Failure
from workbook.exercise.sheet import Sheet, Verdict, judge, record
from workbook.languages import Bilingual
from workbook.notes import Passage
from workbook.steps import step

SAYS = Bilingual("It works.", "يعمل.")
FAILURE = Failure(("ValueError: nothing of that kind",), None, "Traceback …")


def result(name, outcome, suite="test_echo_consumer", extra=False):
    return CheckResult(name, suite, SAYS, extra, outcome, FAILURE if outcome == "failed" else None)


def sheet(*results):
    return Sheet(step(3), results)


EARLIER = result("earlier", "passed", suite="test_setup")
BROKEN_EARLIER = result("broken earlier", "failed", suite="test_setup")
OWN = result("own", "passed")
BROKEN = result("broken", "failed")
WAITING = result("waiting", "waiting")
UNTRIED = result("untried", "untried")
EXTRA = result("extra", "failed", extra=True)
PROJECT = result("project", "failed", suite="project")


@pytest.mark.parametrize(
    ("results", "blamed", "shown", "counted", "hintable"),
    [
        ([], None, [], 0, None),
        ([EARLIER, OWN], None, [OWN], 1, None),
        ([EARLIER, BROKEN, WAITING], BROKEN, [BROKEN, WAITING], 1, BROKEN),
        ([BROKEN_EARLIER, BROKEN], BROKEN_EARLIER, [BROKEN_EARLIER, BROKEN], 0, BROKEN),
        ([BROKEN_EARLIER, OWN], BROKEN_EARLIER, [BROKEN_EARLIER, OWN], 0, BROKEN_EARLIER),
        ([EARLIER, OWN, EXTRA], EXTRA, [OWN, EXTRA], 1, None),
        ([PROJECT], PROJECT, [PROJECT], 0, PROJECT),
    ],
)
def test_who_is_to_blame_and_what_is_only_counted(results, blamed, shown, counted, hintable):
    """The first failure is to blame; own checks get a line, older passes are counted."""
    found = sheet(*results)

    assert (found.blamed, found.shown, found.counted) == (blamed, shown, counted)
    assert found.hintable == hintable


@pytest.mark.parametrize(
    ("results", "passed", "others"),
    [
        ([], False, 0),
        ([OWN], True, 0),
        ([OWN, WAITING], False, 0),
        ([OWN, UNTRIED], True, 0),
        ([UNTRIED], False, 0),
        ([BROKEN, BROKEN_EARLIER], False, 1),
        ([OWN, EXTRA], True, 0),
    ],
)
def test_the_verdict_is_on_the_core(results, passed, others, tmp_path):
    """Nothing passes where nothing ran or something waits, and an extra does not block."""
    verdict = judge(sheet(*results), tmp_path)

    assert (verdict.passed, verdict.others) == (passed, others)
    assert bool(verdict.advice) == any(each.outcome == "failed" for each in results)


def test_what_nobody_knows_is_said_in_pythons_words(tmp_path):
    """Without a known mistake the error stands there as it is, with the note as a whole."""
    advice = judge(sheet(BROKEN), tmp_path).advice

    assert (advice.texts, advice.error) == ((), "ValueError: nothing of that kind")
    assert advice.passages["ar"].path == "notes/ar/03_echo_consumer.md"


def test_a_run_that_failed_speaks_both_languages(tmp_path):
    """Where Python has said nothing, the engine has."""
    says = Bilingual("It took too long.", "استغرق ذلك وقتًا طويلًا.")
    failed = CheckResult(
        "slow", "test_setup", SAYS, False, "failed", Failure(("",), None, "", says)
    )

    advice = judge(sheet(failed), tmp_path).advice

    assert (advice.texts, advice.error) == ((says,), "")


@pytest.mark.parametrize(
    ("passed", "others", "said"), [(False, 2, "besides: 2"), (False, 0, ""), (True, 2, "")]
)
def test_what_fails_besides_is_said_where_the_step_did_not_pass(passed, others, said):
    verdict = Verdict(passed, None, None, others, {}, None)

    assert said in (verdict.says_others.en if verdict.says_others else "")
    assert bool(verdict.says_others) == bool(said)


def test_a_record_is_json_in_both_languages(tmp_path):
    """A tool gets plain values, whatever the sheet holds."""
    checked = sheet(EARLIER, BROKEN)
    checked = Sheet(checked.step, checked.results, judge(checked, tmp_path))

    told = json.loads(json.dumps(record(checked)))

    assert told["blamed"]["says"] == {"en": "It works.", "ar": "يعمل."}
    assert told["advice"]["passages"].keys() == {"en", "ar"}
    assert (told["step"], told["passed"], told["hint"]) == (3, False, "broken")


def part(english, arabic, there, next=False):
    passages = {"en": Passage("", "", english), "ar": Passage("", "", arabic)}
    return Part(passages, there, next)


def test_what_is_there_and_what_is_next_are_said():
    """The headings that are there stand in one sentence, and the next one in another."""
    written = [part("Accept", "اقبل", True), part("Lead", "اربط", True)]
    ahead = part("Open", "افتح", False, next=True)
    verdict = Verdict(False, None, None, 0, {}, None, (*written, ahead))

    assert verdict.says_there == Bilingual("There: Accept · Lead", "تمّ: اقبل · اربط")
    assert verdict.says_next == Bilingual("Next: Open", "التالي: افتح")
    assert verdict.next_part == ahead


def test_where_nothing_is_known_of_the_note_nothing_is_said():
    """A verdict without parts has no sentence on them."""
    verdict = Verdict(True, None, None, 0, {}, None)

    assert (verdict.says_there, verdict.says_next) == (None, None)


def test_a_step_that_passed_shows_no_parts(tmp_path):
    """Parts are for the way to the pass."""
    assert judge(sheet(OWN, EXTRA), tmp_path).parts == ()
    refused = result("test_the_connection_is_accepted", "failed")
    assert judge(sheet(refused), tmp_path).next_part
