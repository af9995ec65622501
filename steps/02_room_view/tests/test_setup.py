import os
import subprocess
import sys

import pytest
from webpage import Page, visit


def index_page(client):
    """The page at /chat/, with its scripts running."""
    response = visit(client, "/chat/")
    assert response.status_code != 404, "the page /chat/ was not found"
    assert response.status_code == 200, f"the page answered with {response.status_code}"
    return Page(response)


def test_daphne_serves_the_project():
    """`manage.py runserver` is Daphne's: it speaks WebSocket as well as HTTP.

    يأتي الأمر `manage.py runserver` من Daphne، فهو يفهم WebSocket كما يفهم HTTP.
    """
    from django.core.management import get_commands

    assert get_commands()["runserver"] == "daphne", '"daphne" has to stand first in INSTALLED_APPS'


@pytest.mark.django_db
def test_the_index_page_asks_for_a_room(client):
    """The page at /chat/ asks which room you would like to enter.

    تسألك الصفحة /chat/ عن الغرفة التي تريد دخولها.
    """
    page = index_page(client)

    for id in ["room-name-input", "room-name-submit"]:
        assert page.element(id)


@pytest.mark.django_db
def test_the_index_page_leads_to_the_room(client):
    """Whoever types a name and presses the button gets to /chat/ and that name.

    من يكتب اسمًا ويضغط الزرّ يصل إلى العنوان /chat/ يليه ذلك الاسم.
    """
    page = index_page(client)
    page.type("room-name-input", "lobby")
    page.click("room-name-submit")

    assert page.leads_to("/chat/lobby/"), f"the button leads to {page.left_for}"


async def test_asgi_application_names_the_router():
    """`ASGI_APPLICATION` names the router in mysite/asgi.py.

    يشير الإعداد `ASGI_APPLICATION` إلى الموجِّه الموجود في الملف mysite/asgi.py.
    """
    from channels.routing import ProtocolTypeRouter, get_default_application
    from channels.testing import WebsocketCommunicator

    application = get_default_application()
    routes = isinstance(application, ProtocolTypeRouter)
    if not routes:  # one may stand inside: then the router answers here, not Django
        try:
            await WebsocketCommunicator(application, "/").connect()
            routes = True
        except Exception as error:
            routes = not isinstance(error, TypeError) and "Django can only" not in str(error)

    assert routes, f"it names a {type(application).__name__}, not a ProtocolTypeRouter"


async def test_http_reaches_django_through_asgi(settings):
    """A request that comes in through ASGI is answered by Django.

    يجيب Django عن الطلب الذي يصل عبر ASGI.
    """
    from channels.routing import get_default_application
    from channels.testing import HttpCommunicator

    settings.ALLOWED_HOSTS = [host for host in settings.ALLOWED_HOSTS if host != "testserver"]
    browser = HttpCommunicator(
        get_default_application(), "GET", "/chat/", headers=[(b"host", b"127.0.0.1:8000")]
    )
    response = await browser.get_response()
    await browser.wait()

    assert response["status"] == 200, f"at 127.0.0.1 Django answered with {response['status']}"


@pytest.mark.extra
def test_a_server_for_others_wants_a_secret_key():
    """With DEBUG off and no SECRET_KEY, the project does not start, and says why.

    لا يعمل المشروع إن كان DEBUG معطَّلًا ولم يوجد SECRET_KEY، ويذكر السبب.
    """
    environment = {**os.environ, "DEBUG": "false", "DJANGO_SETTINGS_MODULE": "mysite.settings"}
    environment.pop("SECRET_KEY", None)

    settings = subprocess.run(
        [sys.executable, "-c", "from django.conf import settings; settings.SECRET_KEY"],
        env=environment,
        capture_output=True,
        text=True,
    )

    assert settings.returncode != 0, "it started with a key that everybody knows"
    assert "SECRET_KEY" in settings.stderr, "it does not start, and says nothing of SECRET_KEY"


@pytest.mark.extra
@pytest.mark.django_db
def test_the_index_page_takes_only_names_that_can_be_rooms(client):
    """The name's field wants a name, of at most 200 characters and without a slash.

    يطلب حقل الاسم اسمًا لا يزيد على 200 حرف ولا يحتوي على شرطة مائلة.
    """
    page = index_page(client)
    for name in ["", "a/b"]:
        page.type("room-name-input", name)
        page.click("room-name-submit")
        assert page.left_for is None, f"the name {name!r} leads to {page.left_for}"

    page.type("room-name-input", "x" * 300)
    page.click("room-name-submit")
    assert page.left_for in (None, f"/chat/{'x' * 200}/"), "300 characters make a name"
