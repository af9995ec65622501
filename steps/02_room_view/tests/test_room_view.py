from urllib.parse import quote

import pytest
from webpage import HOST, Page, visit

QUOTED_NAMES = ["O'Brien", 'say "<!--<script>"', "a\\"]
NAMES = ["غرفة v1.2", "x" * 200]
NAMES_WITH_SIGNS = ["a#1?", "100%"]

pytestmark = pytest.mark.django_db


def room(client, name="lobby", **how):
    """What the server answers for the page of a room."""
    response = visit(client, f"/chat/{quote(name, safe='')}/", **how)
    assert response.status_code != 404, f"the page of the room {name} was not found"
    assert response.status_code == 200, f"the page answered with {response.status_code}"
    return response


def room_page(client, name="lobby", **how):
    """The page of a room, with its scripts running."""
    return Page(room(client, name, **how))


def test_a_room_has_a_page(client):
    """Each room has a page of its own: /chat/lobby/ is the lobby's.

    لكل غرفة صفحة: الصفحة /chat/lobby/ هي صفحة الغرفة lobby.
    """
    assert room(client).content, "the page of the room lobby is empty"


def test_the_page_has_what_a_chat_needs(client):
    """The page has a log, a field for the message and a button.

    في الصفحة سجلّ للرسائل وحقل للرسالة وزرّ للإرسال.
    """
    page = room_page(client)

    for id in ["chat-log", "chat-message-input", "chat-message-submit"]:
        assert page.element(id)


def test_the_page_opens_a_websocket(client):
    """The page's JavaScript opens a WebSocket at /ws/chat/ and the room's name.

    تفتح شيفرة JavaScript في الصفحة اتصال WebSocket على العنوان /ws/chat/ يليه اسم الغرفة.
    """
    address = room_page(client).socket.address

    assert address == f"ws://{HOST}/ws/chat/lobby/", f"the WebSocket's address is {address}"


@pytest.mark.parametrize("name", QUOTED_NAMES)
def test_javascript_gets_the_name_unharmed(client, name):
    """A quote or a backslash in the name does no harm: the WebSocket is that of the same room.

    لا تضرّ علامة الاقتباس ولا الشرطة المائلة العكسية في الاسم: يُفتح اتصال WebSocket للغرفة نفسها.
    """
    socket = room_page(client, name).socket

    assert socket.room == name, f"the WebSocket is that of the room {socket.room}"


def test_the_button_sends_what_was_typed(client):
    """The button sends what stands in the field, as JSON with the key `message`.

    يرسل الزرّ ما كُتب في الحقل بصيغة JSON تحت المفتاح `message`.
    """
    page = room_page(client)
    page.socket.open()
    page.type("chat-message-input", "hello")
    page.click("chat-message-submit")

    assert page.socket.message == "hello"
    assert page.left_for is None, f"the page was loaded anew, as {page.left_for}"


def test_what_comes_is_shown(client):
    """The page shows the message that comes, below those that came before.

    تعرض الصفحة الرسالة التي تصل بعد ما سبقها من رسائل.
    """
    page = room_page(client)
    page.socket.open()
    for message in ["good morning", "good night"]:
        page.socket.receive(message=message)

    for message in ["good morning", "good night"]:
        assert page.shows(message), f"{message} came, and the log is: {page.text('chat-log')}"


@pytest.mark.extra
def test_the_route_has_a_name():
    """The route to a room has a name, from which its address can be built.

    للمسار الذي يقود إلى الغرفة اسم يُبنى منه عنوانها.
    """
    from django.urls import resolve, reverse

    match = resolve("/chat/lobby/")

    assert match.url_name, "the route has no name"
    assert reverse(match.view_name, args=match.args, kwargs=match.kwargs) == "/chat/lobby/"


@pytest.mark.extra
def test_enter_sends_too(client):
    """Enter sends the message, as the button does.

    يرسل مفتاح Enter الرسالة كما يرسلها الزرّ.
    """
    page = room_page(client)
    page.socket.open()
    page.type("chat-message-input", "hello")
    page.press("chat-message-input", "Enter")

    assert page.socket.message == "hello"
    assert page.left_for is None, f"the page was loaded anew, as {page.left_for}"


@pytest.mark.extra
@pytest.mark.parametrize("name", NAMES)
def test_a_room_may_have_any_name(client, name):
    """A room may have any name: Arabic, with spaces, of 200 characters.

    يصلح للغرفة أي اسم: بالعربية، وبمسافات، وبطول 200 حرف.
    """
    assert room_page(client, name).socket.address == f"ws://{HOST}/ws/chat/{name}/"


@pytest.mark.extra
@pytest.mark.parametrize("name", NAMES_WITH_SIGNS)
def test_the_name_is_encoded_in_the_address(client, name):
    """The name is encoded before it goes into the WebSocket's address: `#`, `?` and `%` mean something there.

    يُرمَّز الاسم قبل وضعه في عنوان WebSocket، فالرموز `#` و`?` و`%` لها معنى هناك.
    """
    assert room_page(client, name).socket.address == f"ws://{HOST}/ws/chat/{name}/"


@pytest.mark.extra
def test_the_page_works_behind_https(client):
    """On an https page the WebSocket is `wss`: a browser refuses anything else.

    تفتح الصفحة الآمنة https اتصال `wss`، فالمتصفح يرفض غيره.
    """
    assert room_page(client, secure=True).socket.address == f"wss://{HOST}/ws/chat/lobby/"


@pytest.mark.extra
def test_the_page_sends_when_the_connection_is_open(client):
    """The page sends only while the connection is open: what is sent before or after is lost.

    لا ترسل الصفحة إلا والاتصال مفتوح، فما يُرسل قبل ذلك أو بعده يضيع.
    """
    page = room_page(client)
    page.type("chat-message-input", "early")
    page.click("chat-message-submit")
    page.socket.open()
    assert page.keeps("early"), "what was sent before the connection was open is lost"

    page.type("chat-message-input", "late")
    page.socket.lose()
    page.click("chat-message-submit")
    assert page.keeps("late"), "what was sent after the connection was closed is lost"


@pytest.mark.extra
def test_the_page_connects_again(client):
    """When the connection is gone, the page opens a new one by itself.

    إذا انقطع الاتصال، فتحت الصفحة اتصالًا جديدًا من تلقاء نفسها.
    """
    page = room_page(client)
    page.socket.open()
    before = page.socket
    before.lose()
    page.wait()

    assert page.socket.number != before.number, "the connection stays closed"


@pytest.mark.extra
def test_each_message_has_its_own_direction(client):
    """An Arabic message runs from right to left, an English one from left to right.

    تُكتب الرسالة العربية من اليمين إلى اليسار، والإنجليزية من اليسار إلى اليمين.
    """
    page = room_page(client)
    page.socket.open()
    page.socket.receive(message="أهلًا")

    assert page.direction("chat-log", "أهلًا") == "auto"
    assert page.direction("chat-message-input") == "auto"


@pytest.mark.extra
def test_a_message_is_shown_as_text(client):
    """HTML in a message is shown as it was typed, and does nothing.

    تُعرض شيفرة HTML في الرسالة كما كُتبت ولا تفعل شيئًا.
    """
    page = room_page(client)
    page.socket.open()
    page.socket.receive(message="<b>hello</b>")

    assert page.shows("<b>hello</b>"), f"the log is: {page.text('chat-log')}"


@pytest.mark.extra
def test_a_refusal_is_shown(client):
    """What the server refuses is said on the page, and does not stand in the log as a message.

    يُذكر في الصفحة ما يرفضه الخادم، ولا يظهر في السجلّ رسالةً.
    """
    page = room_page(client)
    page.socket.open()
    page.socket.receive(error="That was no message.")

    assert page.shows("That was no message."), "the page says nothing of the error"
    assert page.text("chat-log") == "", f"the log is: {page.text('chat-log')}"
