"""What a definition lacks whose call ended in a TypeError."""

import pytest

from workbook.exercise.records import Failure
from workbook.exercise.signatures import signatures
from workbook.exercise.sources import Sources

CASES = {
    "method-without-self": (
        "class Index:\n    def get(request):\n        pass\n",
        "TypeError: Index.get() takes 1 positional argument but 2 were given",
    ),
    "static-with-self": (
        "class Chat:\n    @staticmethod\n    def said(self, event):\n        pass\n",
        "TypeError: Chat.said() missing 1 required positional argument: 'event'",
    ),
    "wrapper-without-keywords": (
        "def checked(method):\n    def wrapper(self, text):\n        pass\n    return wrapper\n",
        "TypeError: checked.<locals>.wrapper() got an unexpected keyword argument 'text_data'",
    ),
    "partial-in-a-class": (
        "class Chat:\n    answer = partial(pack, 1)\n",
        "TypeError: pack() missing 1 required positional argument: 'text'",
    ),
}
WRAPPED = """
def checked(method):
    @wraps(method)
    def wrapper(self, text):
        pass
    return wrapper


class Chat:
    @checked
    def receive(self, text_data=None):
        pass
"""


def deduced(folder, text, error):
    (folder / "consumers.py").write_text(text)
    return [each.kind for each in signatures(Failure((error,), None, ""), Sources(folder))]


@pytest.mark.parametrize("kind", CASES)
def test_the_definition_is_to_blame(kind, tmp_path):
    """It is found by its name, wherever it stands."""
    assert deduced(tmp_path, *CASES[kind]) == [kind]


def test_what_stands_in_a_methods_place_has_its_name(tmp_path):
    """By `functools.wraps`; the method itself takes the argument."""
    error = "TypeError: Chat.receive() got an unexpected keyword argument 'text_data'"

    assert deduced(tmp_path, WRAPPED, error) == ["wrapper-without-keywords"]


@pytest.mark.parametrize(
    "text",
    [
        "class Index:\n    def get(self, request):\n        pass\n",
        "class Index:\n    @staticmethod\n    def get(request):\n        pass\n",
        "class Index:\n    def get(*parts):\n        pass\n",
        "def get(request):\n    pass\n",
    ],
)
def test_the_call_is_to_blame(text, tmp_path):
    """A definition that lacks nothing is not named."""
    error = "TypeError: get() takes 1 positional argument but 2 were given"

    assert deduced(tmp_path, text, error) == []
