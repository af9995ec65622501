"""What is noted of code in any style: the learner's own function and line are named."""

import pytest

from tests.support.projects import edited, snapshot
from workbook.exercise import processes
from workbook.exercise.mistakes import Edit
from workbook.exercise.sheet import last, sheets
from workbook.steps import step

CONSUMERS = "chat/consumers.py"
SEND = """\
        await self.channel_layer.group_send(
            self.room_group_name, {"type": "chat_message", "msgGroup": message}
        )
"""
TELL = """
async def tell(layer, group, message):
    await layer.group_send(group, {"type": "chat_message", "msgGroup": message})
"""
STYLES = {  # what stands in place of the sending, beside it, and what is then said
    "a helper in another file": (
        "        await tell(self.channel_layer, self.room_group_name, message)\n",
        TELL.replace("await layer", "layer"),
        "group-send-not-awaited",
        "`tell` in `chat/rooms.py`, line 3, called `layer.group_send(group, ",
    ),
    "a helper that is not awaited": (
        "        tell(self.channel_layer, self.room_group_name, message)\n",
        TELL,
        "call-not-awaited",
        "`receive` in `chat/consumers.py`, line 34, called `tell(self.channel_layer, ",
    ),
    "a task": (
        "        asyncio.create_task(tell(self.channel_layer, 'elsewhere', message))\n",
        TELL,
        "group-names-differ",
        "`tell` in `chat/rooms.py`, line 3, sends to the group `elsewhere`; `connect` in `chat/consumers.py`, line 17, joined",
    ),
    "gathered": (
        "        await asyncio.gather(tell(self.channel_layer, self.room_group_name.upper(), message))\n",
        TELL,
        "group-names-differ",
        "`tell` in `chat/rooms.py`, line 3, sends to the group `CHAT_",
    ),
    "an alias": (
        "        say = self.channel_layer.group_send\n        say(self.room_group_name, {})\n",
        TELL,
        "group-send-not-awaited",
        "`receive` in `chat/consumers.py`, line 35, called `say(self.room_group_name, {})`",
    ),
}


@pytest.fixture(scope="module", autouse=True)
def warm():
    processes.warm_up()


@pytest.mark.parametrize("style", STYLES)
def test_the_learners_own_function_and_line_are_named(style, tmp_path):
    """Whoever makes the call, however it is carried out."""
    sending, beside, mistake, words = STYLES[style]
    project = edited(
        snapshot(step(5), tmp_path / "work"),
        [
            Edit(CONSUMERS, SEND, sending),
            Edit(CONSUMERS, "import json\n", "import asyncio\nimport json\n"),
            Edit(
                CONSUMERS, "from .messages", "from .rooms import tell  # noqa: F401\nfrom .messages"
            ),
            Edit("chat/rooms.py", "", beside),
        ],
    )

    explanation = last(sheets(step(5), project)).verdict.explanation

    assert explanation.mistake.name == mistake
    assert words in explanation.what.en
