import asyncio
import gc
import os
import subprocess
import sys
import unicodedata
import warnings
from contextlib import suppress

import pytest

MOMENT = 0.05  # seconds in which a connection that is accepted is seen to be open


@pytest.fixture
def calls(layers, monkeypatch):
    """The calls that join and leave groups: (method, group, channel), in their order."""
    made = []

    def remember(layer, name):
        method = getattr(layer, name)

        async def remembering(group, channel):
            made.append((name, group, channel))
            await method(group, channel)

        monkeypatch.setattr(layer, name, remembering)

    for layer in layers:
        remember(layer, "group_add")
        remember(layer, "group_discard")
    return made


def test_there_is_a_channel_layer():
    """The settings name a channel layer, called `default`.

    تحدد الإعدادات طبقة قنوات اسمها `default`.
    """
    from channels.layers import get_channel_layer

    assert get_channel_layer(), "there is no CHANNEL_LAYERS setting with a `default` in it"


async def test_all_in_the_room_hear_a_message(enter):
    """Whoever is in the room hears what one of them says, the speaker too.

    يسمع كل من في الغرفة ما يقوله أحدهم، والمتكلم أيضًا.
    """
    mona, omar = await enter("lobby"), await enter("lobby")
    await mona.says("good morning")

    await omar.hears("good morning")
    await mona.hears("good morning")


async def test_a_message_is_heard_once(enter):
    """A message is heard once by each.

    يسمع كل عضو الرسالة مرة واحدة.
    """
    mona, omar = await enter("lobby"), await enter("lobby")
    said = ["first", "second"]
    for message in said:
        await mona.says(message)

    for browser in (mona, omar):
        await browser.hears("second")
        assert [message for message in browser.heard if message in said] == said


async def test_a_message_stays_in_its_room(enter):
    """What is said in one room is not heard in another.

    ما يقال في غرفة لا يُسمع في غرفة أخرى.
    """
    mona, omar = await enter("lobby"), await enter("garden")
    await mona.says("in the lobby")
    await mona.hears("in the lobby")
    await omar.says("in the garden")

    await omar.hears("in the garden")
    assert "in the lobby" not in omar.heard


async def test_whoever_leaves_is_out_of_the_group(enter, calls):
    """Whoever leaves the room leaves its group too.

    من يخرج من الغرفة يخرج من مجموعتها أيضًا.
    """
    browser = await enter("lobby")
    await browser.disconnect()

    joined = {call[1:] for call in calls if call[0] == "group_add"}
    left = {call[1:] for call in calls if call[0] == "group_discard"}
    assert joined, "nobody joined a group"
    assert joined <= left, "a group was joined and not left"


async def test_a_member_before_the_connection_is_open(enter, layers, monkeypatch):
    """Whoever is connected is a member already: no message is missed in between.

    لا يكتمل الاتصال إلا وصاحبه عضو في المجموعة، فلا تفوته أي رسالة.
    """
    open_already = []

    def slow(join):
        async def slow_join(group, channel):
            await asyncio.wait({entering}, timeout=MOMENT)
            open_already.append(entering.done())
            await join(group, channel)

        return slow_join

    for layer in layers:
        monkeypatch.setattr(layer, "group_add", slow(layer.group_add))
    entering = asyncio.ensure_future(enter("lobby"))
    browser = await entering
    await browser.disconnect()  # by then whatever it joins is joined

    assert not any(open_already), "accept() was called before group_add()"


async def test_every_call_is_awaited(enter):
    """Every call to the channel layer is carried out: none is left without `await` or `async_to_sync`.

    يُنفَّذ كل استدعاء لطبقة القنوات، ولا يبقى استدعاء بلا `await` ولا `async_to_sync`.
    """
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with suppress(Exception):
            mona, omar = await enter("lobby"), await enter("lobby")
            await mona.says("hello")
            await omar.hears("hello")
        with suppress(Exception):
            await mona.disconnect()
        gc.collect()

    forgotten = [str(w.message) for w in caught if "was never awaited" in str(w.message)]
    assert not forgotten, forgotten[0]


@pytest.mark.extra
async def test_an_arabic_room_chats(enter):
    """People chat in a room with an Arabic name.

    يتحادث الناس في غرفة اسمها بالعربية.
    """
    mona, omar = await enter("غرفة"), await enter("غرفة")
    await mona.says("أهلًا")

    await omar.hears("أهلًا")


@pytest.mark.extra
async def test_one_name_in_two_spellings_is_one_room(enter):
    """A name that Unicode can spell in two ways (é, or e and an accent; أ, or ا and a hamza) is one room.

    الاسم الذي يكتبه Unicode بطريقتين (أ، أو ا ثم همزة) هو غرفة واحدة.
    """
    composed, decomposed = (unicodedata.normalize(form, "أصدقاء") for form in ("NFC", "NFD"))
    assert composed != decomposed
    mona, omar = await enter(composed), await enter(decomposed)
    await mona.says("hello")

    await omar.hears("hello")


@pytest.mark.extra
async def test_names_that_look_alike_are_two_rooms(enter):
    """Names that differ are two rooms, even if only by a sign that a group's name may not have.

    الأسماء المختلفة غرف مختلفة، وإن لم تختلف إلا برمز لا يصلح في اسم المجموعة.
    """
    mona, omar = await enter("a b"), await enter("a-b")
    await mona.says("with a space")
    await mona.hears("with a space")
    await omar.says("with a hyphen")

    await omar.hears("with a hyphen")
    assert "with a space" not in omar.heard


@pytest.mark.extra
async def test_every_server_makes_the_same_group(enter, monkeypatch):
    """A room has one group, whichever server's process makes its name.

    للغرفة مجموعة واحدة، أيًّا كانت عملية الخادم التي تصنع اسمها.
    """
    own_hash = hash

    def hash_of_another_process(value):
        return own_hash((value, "salt") if isinstance(value, str | bytes) else value)

    mona = await enter("غرفة")
    monkeypatch.setattr("builtins.hash", hash_of_another_process)
    omar = await enter("غرفة")
    await omar.says("hello")

    await mona.hears("hello")


@pytest.mark.extra
async def test_a_bad_frame_disturbs_nobody_else(enter):
    """Only the sender hears of a bad frame; the room chats on.

    لا يُبلَّغ بالإطار غير الصالح إلا مرسله، وتستمر المحادثة في الغرفة.
    """
    mona, omar = await enter("lobby"), await enter("lobby")
    await mona.send_to(text_data="not a message")
    await mona.gets("error")
    await mona.says("a message")

    await omar.hears("a message")
    assert "not a message" not in omar.heard


@pytest.mark.extra
async def test_an_event_stays_on_the_server(enter, layers, monkeypatch):
    """The browser gets a frame of its own, not the group's event: no name of a method on the server.

    يتلقى المتصفح إطارًا خاصًا به لا حدث المجموعة، فلا يصل إليه اسم دالة على الخادم.
    """
    types = []

    def noted(send):
        async def note(group, event):
            types.append(event.get("type"))
            await send(group, event)

        return note

    for layer in layers:
        monkeypatch.setattr(layer, "group_send", noted(layer.group_send))
    browser = await enter("lobby")
    await browser.says("hello")
    frame = await browser.hears("hello")

    assert frame.get("type") not in types


@pytest.mark.extra
async def test_after_a_bad_frame_one_still_leaves_the_group(enter, calls):
    """Whoever sent a bad frame leaves the group like everybody else.

    من أرسل إطارًا غير صالح يخرج من المجموعة كغيره.
    """
    browser = await enter("lobby")
    await browser.send_to(text_data="not a message")
    await browser.gets("error")
    await browser.disconnect()

    assert {call[0] for call in calls} == {"group_add", "group_discard"}


@pytest.mark.extra
async def test_a_burst_is_heard_in_full(enter, layers, monkeypatch):
    """When many messages come faster than they are read, each is heard all the same.

    تُسمع الرسائل كلها وإن جاءت أسرع مما تُقرأ.
    """
    messages = [f"message {number}" for number in range(150)]
    sent = []
    all_sent = asyncio.Event()

    def after_all(receive):
        async def receive_after_all(channel):
            await all_sent.wait()
            return await receive(channel)

        return receive_after_all

    def counted(send):
        async def count(group, event):
            await send(group, event)
            sent.append(event)
            if len(sent) == len(messages):
                all_sent.set()

        return count

    for layer in layers:
        monkeypatch.setattr(layer, "receive", after_all(layer.receive))
        monkeypatch.setattr(layer, "group_send", counted(layer.group_send))
    mona, omar = await enter("lobby"), await enter("lobby")
    for message in messages:
        await mona.says(message)

    for browser in (omar, mona):
        await browser.hears(messages[-1])
        assert [message for message in browser.heard if message in messages] == messages


@pytest.mark.extra
def test_redis_url_chooses_redis():
    """With `REDIS_URL` in the environment the layer is the one of channels_redis.

    إذا وُجد `REDIS_URL` في البيئة، كانت الطبقة من channels_redis.
    """
    layer = subprocess.run(
        [
            sys.executable,
            "-c",
            "import mysite.settings; print(mysite.settings.CHANNEL_LAYERS['default']['BACKEND'])",
        ],
        env={**os.environ, "REDIS_URL": "redis://127.0.0.1:6379"},
        capture_output=True,
        text=True,
    )

    assert layer.stdout.strip() == "channels_redis.core.RedisChannelLayer"
