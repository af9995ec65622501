"""What notes 1 and 2 say of Django, of Daphne and of the router."""

import http.client
from importlib import resources
from types import SimpleNamespace

import django
import pytest
from channels.routing import ProtocolTypeRouter
from django.apps import AppConfig
from django.conf import global_settings, settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.exceptions import DisallowedHost
from django.template import Engine, RequestContext
from django.test import RequestFactory, override_settings
from django.urls import Resolver404, URLResolver, path
from django.urls.resolvers import RegexPattern
from websockets.exceptions import InvalidStatus
from websockets.frames import Frame, Opcode
from websockets.sync.client import connect

from tests.support.servers import daphne

# Answers each call with how many there were, and has no key for a WebSocket.
COUNTING = """
from channels.routing import ProtocolTypeRouter

calls = []


async def count(scope, receive, send):
    calls.append(scope)
    await send({"type": "http.response.start", "status": 200})
    await send({"type": "http.response.body", "body": str(len(calls)).encode()})


application = ProtocolTypeRouter({"http": count})
"""


@pytest.fixture(autouse=True)
def configured():
    """Settings as they are without a project."""
    if not settings.configured:
        settings.configure()


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A project of nothing but that router, behind Daphne."""
    project = tmp_path_factory.mktemp("project")
    (project / "mysite").mkdir()
    (project / "mysite" / "asgi.py").write_text(COUNTING)
    with daphne(project) as running:
        yield running


def test_daphne_calls_the_project_once_for_each_request(served):
    """Two requests over one connection are two calls, each with a scope of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", served.port)

    first, second = answer(connection), answer(connection)

    assert second == first + 1
    connection.close()


def answer(connection):
    connection.request("GET", "/")
    return int(connection.getresponse().read())


def test_daphne_refuses_what_the_router_does_not_know(served):
    """A handshake for which there is no key is answered with status 500."""
    with (
        pytest.raises(InvalidStatus) as refused,
        connect(f"ws://127.0.0.1:{served.port}/", proxy=None),
    ):
        pass

    assert refused.value.response.status_code == 500


def test_the_router_raises_a_value_error_for_a_type_it_does_not_know():
    """The error gives the type for which there is no key."""
    called = ProtocolTypeRouter({"http": None})({"type": "websocket"}, None, None)

    with pytest.raises(ValueError, match="No application configured for scope type 'websocket'"):
        called.send(None)


def test_channels_itself_brings_no_server():
    """The command runserver is in the package daphne, and not in channels."""
    commands = {
        name: resources.files(name) / "management/commands" for name in ("channels", "daphne")
    }

    assert not (commands["channels"] / "runserver.py").is_file()
    assert (commands["daphne"] / "runserver.py").is_file()


def test_an_app_without_apps_py_is_called_after_its_folder():
    """Django makes its configuration of the last part of the name."""
    assert AppConfig.create("tests.claims").label == "claims"


def test_the_settings_of_startproject_are_as_long_as_the_note_says():
    """They have 122 lines in Django 5.2 and 127 in Django 6.1."""
    template = resources.files(django) / "conf/project_template/project_name/settings.py-tpl"
    lines = {(5, 2): 122, (6, 1): 127}

    assert len(template.read_text("utf-8").splitlines()) == lines[django.VERSION[:2]]


def test_the_settings_that_went_were_djangos_defaults():
    """Without them the language and time are as they were; only the clock goes to Chicago."""
    defaults = [getattr(global_settings, name) for name in ("LANGUAGE_CODE", "USE_I18N", "USE_TZ")]

    assert defaults == ["en-us", True, True]
    assert global_settings.TIME_ZONE == "America/Chicago"


def test_the_secret_key_alone_makes_no_link_to_reset_a_password():
    """Such a link depends on the password's hash too."""
    links = PasswordResetTokenGenerator()
    links.secret = "known"

    assert links.check_token(user("hash"), links.make_token(user("hash")))
    assert not links.check_token(user("hash"), links.make_token(user("guess")))


def user(password):
    """As much of a user as such a link depends on."""
    return SimpleNamespace(
        pk=1, password=password, last_login=None, email="", get_email_field_name=lambda: "email"
    )


@pytest.mark.parametrize("debug, allowed", [(True, ["localhost", "127.0.0.1"]), (False, [])])
def test_an_empty_list_of_hosts_allows_this_machines_names_while_debug_is_on(debug, allowed):
    """With DEBUG off it allows none."""
    names = ["localhost", "127.0.0.1", "192.168.1.5", "chat.example"]

    with override_settings(DEBUG=debug, ALLOWED_HOSTS=[]):
        assert [name for name in names if is_allowed(name)] == allowed


def is_allowed(host):
    try:
        return RequestFactory().get("/", headers={"host": host}).get_host() == host
    except DisallowedHost:
        return False


@pytest.mark.parametrize(
    "converter, taken",
    [("str", ["lobby", "غرفة", "a b"]), ("slug", ["lobby"])],
)
def test_the_converter_decides_which_names_a_room_can_have(converter, taken):
    """Any text without a slash is a str, but Arabic letters and spaces are in no slug."""
    routes = [path(f"<{converter}:room_name>/", lambda request, room_name: None)]
    names = ["lobby", "غرفة", "a b", "a/b", ""]

    assert [name for name in names if fits(routes, f"{name}/")] == taken


def fits(routes, address):
    try:
        return bool(URLResolver(RegexPattern(""), routes).resolve(address))
    except Resolver404:
        return False


def test_a_template_escapes_for_html_and_json_script_for_javascript():
    """The one changes a quote and lets a backslash pass, the other keeps both as they were."""
    both = "{{ name }} {{ name|json_script:'room-name' }}"

    shown, element = rendered(both, name="O'Brien\\").split(" ", 1)

    assert shown == "O&#x27;Brien\\"
    assert element == '<script id="room-name" type="application/json">"O\'Brien\\\\"</script>'


def test_no_name_ends_the_element_of_json_script():
    """Angle brackets are escaped in it."""
    assert rendered("{{ name|json_script }}", name="</script>").count("</script>") == 1


def test_a_template_knows_more_than_the_views_context():
    """Django adds a token for forms."""
    assert rendered("{{ csrf_token }}")


def rendered(source, **context):
    return Engine().from_string(source).render(RequestContext(RequestFactory().get("/"), context))


def test_the_frame_with_hello_is_25_bytes_long():
    """A browser puts six bytes in front of a short message, for it has to mask it."""
    frame = Frame(Opcode.TEXT, b'{"message":"hello"}')

    assert len(frame.serialize(mask=True)) == 25
