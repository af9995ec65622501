"""What a browser may send: whatever it is, it gets one answer, and the socket lives on."""

import json
import re
from contextlib import ExitStack
from itertools import cycle
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosed

from tests.support.servers import Server, hear
from workbook.steps import all_steps

_, _, *CHATS = all_steps()
EXAMPLES = 1000  # for each step
SOCKETS = 5
MIB = 2**20
LARGE = [
    "[" * 100_000,
    '{"message":' * 50_000,
    '{"message": ' + "[" * 50_000 + "]" * 50_000 + "}",
    "x" * (MIB - 1),
    b"\xff" * (MIB - 1),
]

texts = st.text(max_size=80) | st.sampled_from(["", " ", "أهلًا", "x" * 2000, "x" * 2001, "\ufeff"])
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=8,
)
messages = st.fixed_dictionaries({"message": texts | values}, optional={"more": values})
jsons = (values | messages).map(json.dumps)
frames = st.one_of(
    jsons,
    messages.map(lambda message: json.dumps(message, ensure_ascii=False)),
    jsons.map(lambda text: text[: len(text) // 2]),
    st.sampled_from(['{"message": "\\ud800"}', '{"message": 1' + "0" * 5000 + "}"]),
    texts,
    st.binary(max_size=80),
)


@pytest.mark.parametrize("step", CHATS, ids=lambda step: step.slug)
def test_every_frame_gets_one_answer(step):
    """Random, deep and large ones, on sockets that live on; one over Daphne's 1 MiB ends only its own."""
    with Server(step) as server, ExitStack() as sockets:
        rooms = [f"room {number}" for number in range(SOCKETS)]
        clients = cycle([sockets.enter_context(server.enter(room)) for room in rooms])
        sent = []

        @settings(max_examples=EXAMPLES, derandomize=True, database=None, deadline=None)
        @given(frames)
        def send(frame):
            answered = answers(next(clients), frame)
            assert [list(each) for each in answered] in ([["error"]], [["message"]])
            sent.append(frame)

        send()
        assert len(sent) >= EXAMPLES
        for frame in LARGE:
            assert [list(each) for each in answers(next(clients), frame)] == [["error"]]

        with server.enter("room 0") as omar, pytest.raises(ConnectionClosed):
            omar.send("x" * (MIB + 1))
            hear(omar)
        assert omar.protocol.close_code in (1006, 1009)
        sockets.enter_context(server.enter("room 0"))
        for _ in rooms:
            assert answers(next(clients), '{"message": "still here"}') == [
                {"message": "still here"}
            ]
    expect_calm(server)


def answers(client, frame):
    """All that is answered to the frame: whatever comes before the answer to a message behind it."""
    end = {"message": uuid4().hex}
    client.send(frame)
    client.send(json.dumps(end))
    return list(iter(lambda: hear(client), end))


def expect_calm(server):
    """Since the first came, the server's log tells who comes and who goes, and nothing else."""
    lines = server.output[server.output.index("WebSocket ") :].splitlines()
    calm = re.compile(r"(WebSocket (HANDSHAKING|CONNECT|DISCONNECT) /ws/chat/\S+ \[[\d.:]+\])?")
    assert [line for line in lines if not calm.fullmatch(line)] == []
