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
    await browser.says("hello")

    await browser.hears("hello")


async def test_an_arabic_message_comes_back(enter):
    """An Arabic message comes back as it was.

    تعود الرسالة العربية كما كانت.
    """
    browser = await enter("lobby")
    await browser.says("أهلًا وسهلًا")

    await browser.hears("أهلًا وسهلًا")


async def test_messages_come_back_once_and_in_order(enter):
    """Each message comes back once, in the order of sending.

    تعود كل رسالة مرة واحدة، بترتيب الإرسال.
    """
    browser = await enter("lobby")
    said = ["one", "two", "three"]
    for message in said:
        await browser.says(message)

    await browser.hears("three")
    assert [message for message in browser.heard if message in said] == said


async def test_a_browser_may_leave(enter):
    """A browser that leaves makes no error.

    لا يسبب خروج المتصفح أي خطأ.
    """
    browser = await enter("lobby")

    await browser.disconnect()


async def test_a_foreign_page_is_refused(enter):
    """A page of another site may not connect: its Origin is not among the allowed hosts.

    لا يُسمح لصفحة من موقع آخر بالاتصال، فالموقع الذي في ترويستها Origin ليس من المواقع المسموح بها.
    """
    with pytest.raises(AssertionError, match="was refused"):
        await enter("lobby", origin="http://foreign.example")


async def test_the_consumer_knows_the_user(enter, consumers, monkeypatch):
    """The consumer finds the user in its scope, or the session that knows who it is.

    يجد المستهلك في scope المستخدم، أو الجلسة التي يُعرف بها.
    """
    from channels.routing import URLRouter

    scopes = []
    route = URLRouter.__call__

    async def remember(router, scope, receive, send):
        scopes.append(scope)
        await route(router, scope, receive, send)

    monkeypatch.setattr(URLRouter, "__call__", remember)
    await enter("lobby")

    known = {key for scope in scopes for key in scope}
    known.update(key for consumer in consumers for key in consumer.scope)
    assert known & {"user", "session"}, "AuthMiddlewareStack has to stand around the URLRouter"


def test_django_is_set_up_before_the_routing_is_imported(monkeypatch):
    """Django is set up before mysite/asgi.py imports the routing: a consumer may use models.

    يُهيَّأ Django قبل أن يستورد الملف mysite/asgi.py جدول التوجيه، فيستطيع المستهلك استعمال النماذج.
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

    إذا وصل شيء ليس رسالة، أجاب المستهلك بخطأ وأبقى الاتصال مفتوحًا.
    """
    browser = await enter("lobby")
    await browser.send_to(text_data=frame)

    await browser.gets("error")
    await browser.says("still here")
    await browser.hears("still here")


@pytest.mark.extra
async def test_a_binary_frame_gets_an_error(enter):
    """A binary frame gets an error, and the connection stays open.

    الإطار الثنائي يُردّ عليه بخطأ، ويبقى الاتصال مفتوحًا.
    """
    browser = await enter("lobby")
    await browser.send_to(bytes_data=b"\x00")

    await browser.gets("error")
    await browser.says("still here")
    await browser.hears("still here")


@pytest.mark.extra
@pytest.mark.parametrize("room_name", NAMES)
async def test_a_room_of_any_name_can_be_entered(enter, room_name):
    """Whatever name the page takes, the WebSocket takes too.

    كل اسم تقبله الصفحة يقبله اتصال WebSocket أيضًا.
    """
    browser = await enter(room_name)
    await browser.says("hello")

    await browser.hears("hello")


@pytest.mark.extra
async def test_only_the_whole_address_opens(enter):
    """Nothing answers at an address that merely ends like a room's.

    لا يجيب شيء على عنوان يشبه آخره عنوان الغرفة.
    """
    with pytest.raises((ValueError, AssertionError), match=r"No route found|was refused"):
        await enter("lobby", path="/elsewhere/ws/chat/{}/")
