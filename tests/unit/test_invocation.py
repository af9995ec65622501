import pytest

from workbook.invocation import typed

COMMANDS = {
    "": ("make", "python -m workbook"),
    "step-1 start": ("make step-1 start", "python -m workbook step-1 start"),
    "diff FROM=2 TO=5": ("make diff FROM=2 TO=5", "python -m workbook diff --from 2 --to 5"),
}


@pytest.mark.parametrize("words", COMMANDS)
def test_a_command_is_spelt_as_it_is_typed_here(words, monkeypatch):
    """Under make in make's words, and without it in Python's."""
    with_make, without = COMMANDS[words]

    monkeypatch.setenv("MAKELEVEL", "1")
    assert typed(words) == with_make
    monkeypatch.delenv("MAKELEVEL")
    assert typed(words) == without
