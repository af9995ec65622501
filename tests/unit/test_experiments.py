"""The experiments of "Break it": each is the note's, has its place, and can be taken back."""

import re

import pytest

from tests.support.projects import documentation, snapshot
from workbook.errors import WorkbookError
from workbook.exercise import desk, experiments, papers, saves
from workbook.exercise.experiments import Change
from workbook.languages import LANGUAGES
from workbook.notes import note_path, page
from workbook.steps import all_steps, step

ALL = [(step, each) for step in all_steps() for each in experiments.experiments(step)]
EACH = pytest.mark.parametrize(("step", "experiment"), ALL, ids=lambda each: each.name)
STEPS = pytest.mark.parametrize("step", all_steps(), ids=lambda each: each.name)
CONSUMERS = "chat/consumers.py"
# What is done in the page or in the terminal, and changes no file.
WITHOUT_A_CHANGE = {
    "en": ["Send what is not a message", "Serve one room with two processes"],
    "ar": ["أرسل ما ليس رسالة", "شغّل غرفة واحدة في عمليتين"],
}
BREAK_IT = {"en": "Break it", "ar": "اكسرها عمدًا"}


def original(step, experiment):
    return (step.path / experiment.path).read_text("utf-8")


def changed(step, experiment):
    before = original(step, experiment)
    return Change(experiment.path, before, experiment.change(before), "a-save")


def section(step, language):
    """The note's blocks below "Break it"."""
    blocks = page(note_path(step, language)).blocks
    first = next(place for place, each in enumerate(blocks) if each.source == BREAK_IT[language])
    after = (place for place, each in enumerate(blocks) if place > first and each.kind == "h2")
    return blocks[first + 1 : next(after)]


def titles(blocks):
    """What the experiments are called, in a heading or at a paragraph's beginning."""
    for block in blocks:
        if block.kind == "h3":
            yield block.source
        elif found := re.match(r"\*\*(.+?)\.\*\*", block.source):
            yield found[1]


@STEPS
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notes_experiments_can_be_put_on(step, language):
    """Each that changes a file is in the catalogue, under the note's name and in its order."""
    noted = [
        each for each in titles(section(step, language)) if each not in WITHOUT_A_CHANGE[language]
    ]

    assert noted == [each.title[language] for each in experiments.experiments(step)]


@EACH
def test_what_an_experiment_writes_stands_in_the_note(step, experiment):
    """Each word and number that it brings into the file is in its passage."""
    change = changed(step, experiment)
    old, new = (re.findall(r"\w+|#", text) for text in (change.before, change.after))
    blocks = section(step, "en")
    names = [*titles(blocks), "the end"]
    text = "\n".join(each.source for each in blocks).replace("**", "")
    mine = text.partition(experiment.title.en)[2]
    mine = mine.partition(names[names.index(experiment.title.en) + 1])[0]

    brought = {word for word in new if new.count(word) > old.count(word)}
    assert brought <= {*re.findall(r"\w+|#", mine)}


@EACH
def test_an_experiment_has_its_place_in_the_snapshot(step, experiment):
    """It changes the file, and is taken back to the byte, with what was written meanwhile."""
    change = changed(step, experiment)

    assert change.after != change.before
    assert change.undo(change.after) == change.before
    assert change.undo(f"# above\n{change.after}# below\n") == f"# above\n{change.before}# below\n"


@pytest.mark.parametrize("number", [3, 4, 5])
def test_an_experiment_has_its_place_in_the_documentations_code(number, tmp_path):
    """At that point of the note a learner has what the tutorial has."""
    project = documentation(step(number), tmp_path / "project")
    for experiment in experiments.experiments(step(number)):
        assert experiment.change((project / experiment.path).read_text("utf-8"))


@EACH
def test_a_change_that_was_undone_by_hand_is_not_undone_again(step, experiment):
    """Nothing is written where the lines are as they were, or others."""
    change = changed(step, experiment)

    assert change.undo(change.before) is None
    assert change.undo("") is None


@pytest.mark.parametrize("order", [1, -1], ids=["the first first", "the last first"])
def test_two_experiments_in_one_file_are_taken_back_in_any_order(order):
    """Each undoes what is its own."""
    text = first = original(step(5), experiments.experiments(step(5))[0])
    made = []
    for experiment in experiments.experiments(step(5))[::2]:
        made.append(Change(CONSUMERS, text, experiment.change(text), ""))
        text = made[-1].after
    for change in made[::order]:
        text = change.undo(text)

    assert text == first


@pytest.fixture
def on_desk(room):
    """Step 4 with its solution on a desk of the test's."""
    snapshot(step(4), desk.DESK)
    desk.mark(desk.DESK, step(4))
    return desk.DESK / CONSUMERS


def standing():
    [found] = experiments.standings(step(4))
    return found


def test_an_experiment_is_put_on_and_taken_back(on_desk):
    """The desk is saved first; what was written elsewhere stays, and Windows' line ends too."""
    before = on_desk.read_bytes().replace(b"\n", b"\r\n")
    on_desk.write_bytes(before)
    save = experiments.put_on(step(4), "type-misspelt")
    assert b"chat_mesage" in on_desk.read_bytes()
    assert (save.path / CONSUMERS).read_bytes() == before
    assert standing().save == save.name
    with pytest.raises(WorkbookError):
        experiments.put_on(step(4), "type-misspelt")

    on_desk.write_bytes(on_desk.read_bytes() + b"# mine\r\n")
    experiments.take_back(step(4), "type-misspelt")
    assert on_desk.read_bytes() == before + b"# mine\r\n"
    assert (standing().save, standing().why) == ("", None)
    assert not (desk.DESK / experiments.KEPT).exists()


def test_an_experiment_that_was_changed_names_the_saved_desk(on_desk):
    """Nothing is written over, and the way back is a command."""
    save = experiments.put_on(step(4), "type-misspelt")
    mine = on_desk.read_text().replace("chat_mesage", "chat_massage")
    on_desk.write_text(mine)
    with pytest.raises(WorkbookError) as refused:
        experiments.take_back(step(4), "type-misspelt")

    assert save.name in refused.value.what.en and save.name in refused.value.what.ar
    assert f"SAVE={save.name}" in refused.value.then.en.replace("--save ", "SAVE=")
    assert on_desk.read_text() == mine
    assert standing().save == ""
    assert CONSUMERS in standing().why.en


def test_a_desk_is_restored_with_its_experiment(on_desk):
    """What is on a desk is saved with it: brought back, it can still be taken back."""
    before = on_desk.read_text()
    experiments.put_on(step(4), "type-misspelt")
    desk.start(step(4))
    assert standing().save == ""
    desk.restore(saves.saves()[-1].name)
    assert standing().save
    experiments.take_back(step(4), "type-misspelt")
    assert on_desk.read_text() == before


def test_another_steps_desk_is_left_alone(on_desk):
    """The experiments of the page's step say that it is not in work."""
    assert all("step-5 is not in work." in each.why.en for each in experiments.standings(step(5)))
    with pytest.raises(WorkbookError):
        experiments.put_on(step(5), "asleep")
    with pytest.raises(WorkbookError):
        experiments.put_on(step(4), "no-such-thing")


@pytest.mark.parametrize("text", ["", "[]", "{", '{"type-misspelt": 3}', '{"type-misspelt": {}}'])
def test_what_cannot_be_read_is_no_experiment(on_desk, text):
    """Whatever lies in the file that remembers them, the page has its list."""
    (desk.DESK / experiments.KEPT).write_text(text)
    assert standing().save == ""
    experiments.take_back(step(4), "type-misspelt")
    assert papers.read(CONSUMERS).text == original(step(4), experiments.experiments(step(4))[0])
