"""A suite in this interpreter: the same messages as of a process, pickled, to the office."""

import pickle
from collections.abc import Callable
from pathlib import Path

from workbook.exercise import runner
from workbook.exercise.records import Done, Loading, Message, Unloadable
from workbook.recorder.recorder import Recorder


class Suite:
    """The step's suite in the folder `suite`, on the project; a fresh interpreter runs one."""

    def __init__(self, project: str, suite: str, post: Callable[[bytes], object]) -> None:
        self.project, self.suite = Path(project), Path(suite)
        self.post = post
        self.recorder = Recorder(self.project)

    def send(self, message: Message) -> None:
        self.post(pickle.dumps(message))

    def core(self) -> None:
        runner.enter(self.project, {})
        self.send(Loading())
        if failure := runner.cannot_load(self.project, self.recorder):
            self.send(Unloadable(failure))
        else:
            self.half(extras=False)

    def extras(self) -> None:
        """Comes after the core, in the same interpreter: the project is loaded."""
        self.half(extras=True)

    def half(self, extras: bool) -> None:
        narrator = runner.Narrator(self.project, self.suite, extras, self, self.recorder)
        runner.run_half(self.suite, narrator)
        self.send(Done())
