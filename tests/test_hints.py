"""The hints on the way: whoever follows them writes what is missing, and comes to the solution."""

import pytest

from tests.support.projects import before
from workbook.exercise import hints, processes
from workbook.exercise.sheet import last, sheets
from workbook.steps import step

CONSUMER = """import json

from channels.generic.websocket import WebsocketConsumer


class Talk(WebsocketConsumer):
    def connect(self):
        self.accept()
"""
ECHO = """
    def receive(self, text_data=None, bytes_data=None):
        self.send(text_data=json.dumps({"message": json.loads(text_data)["message"]}))
"""
ROUTING = """from django.urls import path

from . import consumers

websocket_urlpatterns = [path("ws/chat/<str:room>/", consumers.Talk.as_asgi())]
"""
ASGI = """import os

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mysite.settings")
django_asgi_app = get_asgi_application()

import chat.routing

routes = URLRouter(chat.routing.websocket_urlpatterns)
application = ProtocolTypeRouter({"http": django_asgi_app, "websocket": WRAPPED})
"""
BARE, GUARDED, WHOLE = (
    ASGI.replace("WRAPPED", wrapped)
    for wrapped in [
        "routes",
        "AllowedHostsOriginValidator(routes)",
        "AllowedHostsOriginValidator(AuthMiddlewareStack(routes))",
    ]
)
LAYER = 'CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}\n'
GROUPS = """import json

from asgiref.sync import async_to_sync
from channels.generic.websocket import WebsocketConsumer


class ChatConsumer(WebsocketConsumer):
    def connect(self):
        self.room = "chat_" + self.scope["url_route"]["kwargs"]["room_name"].encode().hex()
        async_to_sync(self.channel_layer.group_add)(self.room, self.channel_name)
        self.accept()

    def receive(self, text_data=None, bytes_data=None):
        self.answer(json.loads(text_data)["message"])

    def answer(self, message):
        self.send(text_data=json.dumps({"message": message}))
"""
TOLD = GROUPS.replace(
    """        self.answer(json.loads(text_data)["message"])
""",
    """        event = {"type": "said", "text": json.loads(text_data)["message"]}
        async_to_sync(self.channel_layer.group_send)(self.room, event)
""",
)
HEARD = (
    TOLD
    + """
    def said(self, event):
        self.answer(event["text"])
"""
)
LEFT = (
    HEARD
    + """
    def disconnect(self, code):
        async_to_sync(self.channel_layer.group_discard)(self.room, self.channel_name)
"""
)


def awaited(text):
    """The groups' methods, called as an asynchronous consumer calls them."""
    for call in ["group_add", "group_send", "group_discard"]:
        text = text.replace(f"async_to_sync(self.channel_layer.{call})", f"LAYER.{call}")
    return text.replace("LAYER.", "await self.channel_layer.")


BASE = LEFT.replace("import WebsocketConsumer", "import AsyncWebsocketConsumer").replace(
    "(WebsocketConsumer)", "(AsyncWebsocketConsumer)"
)
METHODS = BASE.replace("    def ", "    async def ")
CALLS = awaited(METHODS)
ACCEPTED = CALLS.replace("self.accept()", "await self.accept()")
ANSWERED = ACCEPTED.replace("self.answer(", "await self.answer(")
ASYNC = ANSWERED.replace("self.send(", "await self.send(")

# The states of a walk in their order: what is written, and what the hint at it has to name.
WALKS = {
    (3, "from the inside out"): [
        ({}, "inherits from `WebsocketConsumer`"),
        ({"chat/consumers.py": CONSUMER}, "`chat/routing.py`"),
        ({"chat/routing.py": ROUTING}, "the key `websocket`"),
        ({"mysite/asgi.py": BARE}, "the method `receive`"),
        ({"chat/consumers.py": CONSUMER + ECHO}, "needs a guard"),
        ({"mysite/asgi.py": GUARDED}, "`channels.auth`"),
        ({"mysite/asgi.py": WHOLE}, None),
    ],
    (3, "from the outside in"): [
        ({"mysite/asgi.py": WHOLE}, "inherits from `WebsocketConsumer`"),
        ({"chat/routing.py": ROUTING}, "inherits from `WebsocketConsumer`"),
        ({"chat/consumers.py": CONSUMER.replace("Talk", "Chat")}, "`work/chat/routing.py`, line 5"),
        (
            {"chat/consumers.py": CONSUMER.replace("accept()", "accept(")},
            "`work/chat/consumers.py`",
        ),
        ({"chat/consumers.py": CONSUMER.replace("self.accept()", "pass")}, "the method `connect`"),
        ({"chat/consumers.py": CONSUMER}, "the method `receive`"),
        ({"chat/consumers.py": CONSUMER + ECHO}, None),
    ],
    (4, "as a message goes"): [
        ({}, "add `CHANNEL_LAYERS`"),
        ({"mysite/settings.py": LAYER}, "with `group_add`"),
        ({"chat/consumers.py": GROUPS}, "with `group_send`"),
        ({"chat/consumers.py": TOLD}, "a method for the event"),
        ({"chat/consumers.py": HEARD.replace("self.answer(ev", "print(ev")}, "the method `said`"),
        ({"chat/consumers.py": HEARD}, "`group_discard`"),
        ({"chat/consumers.py": LEFT}, None),
    ],
    (4, "in another order"): [
        ({"chat/consumers.py": LEFT}, "add `CHANNEL_LAYERS`"),
        ({"chat/consumers.py": "# nothing\n"}, "inherits from `WebsocketConsumer`"),
        (
            {
                "mysite/settings.py": LAYER,
                "chat/consumers.py": "\n".join(
                    line for line in LEFT.split("\n") if "group_add" not in line
                ),
            },
            "with `group_add`",
        ),
        (
            {"chat/consumers.py": LEFT.replace("group_send)(self.room", 'group_send)("lobby"')},
            "the name of the group",
        ),
        (
            {
                "chat/consumers.py": LEFT.replace(
                    "async_to_sync(self.channel_layer.group_add)(self.room, self.channel_name)",
                    "self.channel_layer.group_add(self.room, self.channel_name)",
                )
            },
            "line 10",
        ),
        ({"chat/consumers.py": LEFT}, None),
    ],
    (5, "from the class to the calls"): [
        ({"chat/consumers.py": LEFT}, "`AsyncWebsocketConsumer`"),
        ({"chat/consumers.py": BASE}, "wherever `async_to_sync` stands"),
        ({"chat/consumers.py": METHODS}, "wherever `async_to_sync` stands"),
        ({"chat/consumers.py": CALLS}, "`accept` is called"),
        ({"chat/consumers.py": ACCEPTED}, "`answer` is called"),
        ({"chat/consumers.py": ANSWERED}, "`send` is called"),
        (
            {"chat/consumers.py": ASYNC.replace('event["text"]', 'event["message"]')},
            "`work/chat/consumers.py`, line 21",
        ),
        ({"chat/consumers.py": ASYNC}, None),
    ],
    (5, "from the calls to the class"): [
        ({"chat/consumers.py": awaited(LEFT)}, "`work/chat/consumers.py`, line 10"),
        ({"chat/consumers.py": LEFT.replace("    def ", "    async def ")}, "`AsyncWebsocket"),
        (
            {"chat/consumers.py": ASYNC.replace("async def connect", "def connect")},
            "`work/chat/consumers.py`, line 10",
        ),
        (
            {
                "chat/consumers.py": ASYNC.replace(
                    "        await self.accept()",
                    "        import time; time.sleep(0.3)\n        await self.accept()",
                )
            },
            "`time.sleep`",
        ),
        ({"chat/consumers.py": ASYNC}, None),
    ],
}


def write(project, files):
    for name, text in files.items():
        path = project / name
        kept = path.read_text() if name.endswith("settings.py") else ""
        path.write_text(kept + text)


@pytest.fixture(scope="module", autouse=True)
def warm():
    processes.warm_up()  # so that no check begins with what this process has done to Django


@pytest.mark.gate
@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: f"step {walk[0]} {walk[1]}")
def test_each_hint_is_about_what_is_missing(walk, tmp_path):
    """Each state of the walk has a hint at the next one's change; at the end nothing is missing."""
    number, _ = walk
    project = before(step(number), tmp_path / "work")
    for files, named in WALKS[walk]:
        write(project, files)
        sheet = last(sheets(step(number), project))

        assert sheet.passed == (named is None), sheet.blamed
        if named:
            group, words = next(hints.fitting(sheet, sheet.hintable, project))
            second = hints.filled(hints.Bilingual(group.en[1], group.ar[1]), words)
            assert named in second.en, group
            assert "$" not in second.en + second.ar
