import json
import re
from urllib.parse import quote

import pytest

NAMES = ["غرفة", "a b", "a-b", "v1.2", "#1?", "100%", "x" * 200]
QUOTED_NAMES = ["O'Brien", 'say "hi"', "a\\", "<!--"]


def room_page(client, room_name):
    """The HTML of a room's page."""
    response = client.get(f"/chat/{quote(room_name, safe='')}/")
    assert response.status_code == 200, f"the page of the room {room_name} was not found"
    return response.content.decode()


def room_name_in(page):
    """The room's name as the page hands it to JavaScript."""
    script = re.search(r'<script id="room-name" type="application/json">(.*?)</script>', page)
    assert script, 'no json_script with the id "room-name" hands the name to JavaScript'
    return json.loads(script[1])


def test_a_room_has_a_page(client):
    """Each room has a page of its own: /chat/lobby/ is the lobby's.

    لكل غرفة صفحة: الصفحة /chat/lobby/ هي صفحة الغرفة lobby.
    """
    assert "room" in room_page(client, "lobby").lower()


def test_the_route_has_a_name():
    """The route to a room is called `room`.

    اسم المسار الذي يقود إلى الغرفة هو `room`.
    """
    from django.urls import reverse

    assert reverse("room", kwargs={"room_name": "lobby"}) == "/chat/lobby/"


@pytest.mark.parametrize("id", ["chat-log", "chat-message-input", "chat-message-submit"])
def test_the_page_has_what_a_chat_needs(client, id):
    """The page has a log, a field for the message and a button.

    في الصفحة سجلّ للرسائل وحقل للرسالة وزرّ للإرسال.
    """
    page = room_page(client, "lobby")

    assert re.search(f"id=[\"']?{id}\\b", page), f"there is no element with the id {id}"


def test_the_page_opens_a_websocket(client):
    """The page's JavaScript opens a WebSocket at /ws/chat/ and the room's name.

    تفتح شيفرة JavaScript في الصفحة اتصال WebSocket على العنوان /ws/chat/ يليه اسم الغرفة.
    """
    page = room_page(client, "lobby")

    assert "new WebSocket(" in page, "no line of the page opens a WebSocket"
    assert "/ws" in page, "the WebSocket's address is not below /ws/chat/"


@pytest.mark.parametrize("room_name", QUOTED_NAMES)
def test_javascript_gets_the_name_unharmed(client, room_name):
    """A quote or a backslash in the name does no harm: JavaScript reads it through `json_script`.

    لا تضرّ علامة الاقتباس ولا الشرطة العكسية في الاسم، فشيفرة JavaScript تقرؤه عبر `json_script`.
    """
    assert room_name_in(room_page(client, room_name)) == room_name


@pytest.mark.extra
@pytest.mark.parametrize("room_name", NAMES)
def test_a_room_may_have_any_name(client, room_name):
    """A room may have any name: Arabic, with spaces, with quotes, of 200 characters.

    يصلح للغرفة أي اسم: بالعربية، وبمسافات، وبعلامات اقتباس، وبطول 200 حرف.
    """
    assert room_name_in(room_page(client, room_name)) == room_name


@pytest.mark.extra
def test_the_name_is_encoded_in_the_address(client):
    """The name is encoded before it goes into the WebSocket's address: `#`, `?` and `%` mean something there.

    يُرمَّز الاسم قبل وضعه في عنوان WebSocket، فالرموز `#` و`?` و`%` لها معنى هناك.
    """
    assert "encodeURIComponent(" in room_page(client, "lobby")


@pytest.mark.extra
def test_the_page_works_behind_https(client):
    """On an https page the WebSocket is `wss`: a browser refuses anything else.

    تفتح الصفحة الآمنة https اتصال `wss`، فالمتصفح يرفض غيره.
    """
    assert "location.protocol" in room_page(client, "lobby")


@pytest.mark.extra
def test_the_page_sends_when_the_connection_is_open(client):
    """The page sends only while the connection is open: what is sent before or after is lost.

    لا ترسل الصفحة إلا والاتصال مفتوح، فما يُرسل قبل ذلك أو بعده يضيع.
    """
    assert re.search(r"readyState|onopen|[\"']open[\"']", room_page(client, "lobby"))


@pytest.mark.extra
def test_each_message_has_its_own_direction(client):
    """An Arabic message runs from right to left, an English one from left to right.

    تُكتب الرسالة العربية من اليمين إلى اليسار، والإنجليزية من اليسار إلى اليمين.
    """
    log, field = (
        re.search(rf'<[^>]*id="{id}"[^>]*>', room_page(client, "lobby"))
        for id in ("chat-log", "chat-message-input")
    )

    assert 'dir="auto"' in log[0]
    assert 'dir="auto"' in field[0]
