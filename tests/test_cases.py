"""The cases that the checker is measured by can be read and made; `python -m tests.measure` runs them."""

import pytest

from tests.support.cases import BadCase, cases, desk, load

CASES = cases()
WRONG = [case for case in CASES if not case.right]
RIGHT = """
step = 1
base = "snap"
about = "The page says more."

[[edit]]
file = "chat/views.py"
append = "# more"
"""


def written(tmp_path, text):
    path = tmp_path / "some-case.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_key_that_is_unknown_is_refused(tmp_path):
    """BadCase names the file and the key."""
    with pytest.raises(BadCase, match=r"some-case\.toml: the key colour is unknown"):
        load(written(tmp_path, 'colour = "red"\n' + RIGHT))


def test_an_edit_with_an_unknown_key_is_refused(tmp_path):
    """The keys of an edit are looked at as those of the case are."""
    with pytest.raises(BadCase, match=r"the key ending is unknown"):
        load(written(tmp_path, RIGHT + 'ending = "lf"\n'))


def test_a_key_that_is_missing_is_named(tmp_path):
    """A case without a step is refused."""
    with pytest.raises(BadCase, match=r"the key step is missing"):
        load(written(tmp_path, RIGHT.replace("step = 1", "")))


def test_a_case_is_right_or_wrong(tmp_path):
    """It says what it shows or what is wrong with it, never both."""
    with pytest.raises(BadCase, match=r"either about or cause"):
        load(written(tmp_path, 'cause = "The view is missing."\n' + RIGHT))


def test_a_base_that_is_unknown_is_refused(tmp_path):
    """No case of that name is right, so nothing can be built on it."""
    case = load(written(tmp_path, RIGHT.replace('"snap"', '"right:nobody"')))

    with pytest.raises(BadCase, match=r"the base right:nobody is unknown"):
        desk(case, tmp_path / "work")


@pytest.mark.parametrize("case", WRONG, ids=lambda case: case.name)
def test_a_wrong_case_says_what_is_true_and_what_is_to_be_told(case):
    """Its cause and what a good checker tells are there, with the words by which that is known."""
    assert case.cause.endswith(".")
    assert case.tell and case.must


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_cases_edits_apply(case, tmp_path):
    """Each `old` stands in its file as often as it should, and what is moved or deleted is there."""
    assert desk(case, tmp_path / "work").is_dir()


def test_the_folder_says_which_cases_are_right():
    """What lies in `right` has something to show, what lies in `wrong` a cause."""
    assert all((case.path.parent.name == "right") == case.right for case in CASES)


def test_there_are_enough_cases_of_each_kind():
    """Each step has both kinds, and all of them together are a measure."""
    for step in range(1, 6):
        assert {case.right for case in CASES if case.step == step} == {True, False}
    assert len(WRONG) >= 80 and len(CASES) - len(WRONG) >= 30
