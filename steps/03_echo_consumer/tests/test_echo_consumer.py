import importlib
import sys

import pytest

NAMES = ["غرفة", "a b", "a-b", "v1.2", "O'Brien", 'say "hi"', "a\\", "#1?", "100%", "x" * 200]
BAD_FRAMES = [
    "hi",
    "[]",
    "null",
    "{}",
    '{"message": null}',
    '{"message": 5}',
    '{"message": NaN}',
    '{"message": {}}',
    '{"message": ""}',
    '{"message": " "}',
    '{"message": "\\ud800"}',
    '{"message": "' + "x" * 2001 + '"}',
    "[" * 100_000,
]


async def test_the_connection_is_accepted(enter):
    """The browser's connection is accepted.

    يُقبَل اتصال المتصفح.
    """
    await enter("lobby")


async def test_what_you_send_comes_back(enter):
    """What you send comes back to you.

    ما ترسله يعود إليك.
    """
    browser = await enter("lobby")
    await browser.send_json_to({"message": "hello"})

    assert (await browser.receive_json_from())["message"] == "hello"


async def test_an_arabic_message_comes_back(enter):
    """An Arabic message comes back as it was.

    تعود الرسالة العربية كما كانت.
    """
    browser = await enter("lobby")
    await browser.send_json_to({"message": "أهلًا وسهلًا"})

    assert (await browser.receive_json_from())["message"] == "أهلًا وسهلًا"


async def test_messages_come_back_once_and_in_order(enter):
    """Each message comes back once, in the order of sending.

    تعود كل رسالة مرة واحدة، بترتيب الإرسال.
    """
    browser = await enter("lobby")
    for message in ["one", "two", "three"]:
        await browser.send_json_to({"message": message})

    heard = [await browser.receive_json_from() for _ in range(3)]
    assert [frame["message"] for frame in heard] == ["one", "two", "three"]


async def test_a_browser_may_leave(enter):
    """A browser that leaves makes no error.

    لا يسبب خروج المتصفح أي خطأ.
    """
    browser = await enter("lobby")

    await browser.disconnect()


async def test_a_foreign_page_is_refused(enter):
    """A page of another site may not connect: its Origin is not among the allowed hosts.

    لا يُسمح لصفحة من موقع آخر بالاتصال، فترويسة Origin فيها ليست من المضيفين المسموح بهم.
    """
    with pytest.raises(AssertionError, match="was refused"):
        await enter("lobby", origin="http://foreign.example")


async def test_the_consumer_knows_the_user(enter, consumers):
    """The consumer finds the user in its scope.

    يجد المستهلك المستخدم في scope.
    """
    await enter("lobby")

    assert "user" in consumers[0].scope, "AuthMiddlewareStack has to stand around the URLRouter"


def test_django_is_set_up_before_the_routing_is_imported(monkeypatch):
    """Django is set up before mysite/asgi.py imports the routing: a consumer may use models.

    يجهَّز Django قبل أن يستورد الملف mysite/asgi.py جدول التوجيه، فيستطيع المستهلك استعمال النماذج.
    """
    order = []

    class Witness:  # asked first where a module is, it only notes the name
        def find_spec(name, path, target=None):
            if name == "chat.consumers":
                order.append("import chat.consumers")

    monkeypatch.setattr("django.setup", lambda **_: order.append("get_asgi_application()"))
    monkeypatch.setattr("sys.meta_path", [Witness, *sys.meta_path])
    for name in ["mysite.asgi", "chat", "chat.routing", "chat.consumers"]:
        monkeypatch.delitem(sys.modules, name, raising=False)
    importlib.import_module("mysite.asgi")

    assert order[0] == "get_asgi_application()", f"{order[0]} came before get_asgi_application()"


@pytest.mark.extra
@pytest.mark.parametrize("frame", BAD_FRAMES, ids=lambda frame: frame[:20])
async def test_a_bad_frame_gets_an_error(enter, frame):
    """What is not a message gets an error, and the connection stays open.

    ما ليس رسالة يُردّ عليه بخطأ، ويبقى الاتصال مفتوحًا.
    """
    browser = await enter("lobby")
    await browser.send_to(text_data=frame)

    assert list(await browser.receive_json_from()) == ["error"]
    await browser.send_json_to({"message": "still here"})
    assert await browser.receive_json_from() == {"message": "still here"}


@pytest.mark.extra
async def test_a_binary_frame_gets_an_error(enter):
    """A binary frame gets an error, and the connection stays open.

    الإطار الثنائي يُردّ عليه بخطأ، ويبقى الاتصال مفتوحًا.
    """
    browser = await enter("lobby")
    await browser.send_to(bytes_data=b"\x00")

    assert list(await browser.receive_json_from()) == ["error"]
    await browser.send_json_to({"message": "still here"})
    assert await browser.receive_json_from() == {"message": "still here"}


@pytest.mark.extra
@pytest.mark.parametrize("room_name", NAMES)
async def test_a_room_of_any_name_can_be_entered(enter, room_name):
    """Whatever name the page takes, the WebSocket takes too.

    كل اسم تقبله الصفحة يقبله اتصال WebSocket أيضًا.
    """
    browser = await enter(room_name)
    await browser.send_json_to({"message": "hello"})

    assert await browser.receive_json_from() == {"message": "hello"}


@pytest.mark.extra
async def test_only_the_whole_address_opens(enter):
    """Nothing answers at an address that merely ends like a room's.

    لا يجيب شيء على عنوان يشبه آخره عنوان الغرفة.
    """
    with pytest.raises(ValueError, match="No route found"):
        await enter("lobby", path="/elsewhere/ws/chat/{}/")
