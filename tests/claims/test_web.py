"""What notes 1 and 2 say of a browser."""

from tests.support.ports import free_port


def test_maxlength_counts_an_emoji_as_two(window):
    """Of two hundred emoji that are typed a field for 200 characters takes a hundred."""
    tab = window("about:blank")
    tab.set_content("<input maxlength=200 autofocus>")

    tab.focus("input")
    tab.keyboard.insert_text("\N{GRINNING FACE}" * 200)

    assert tab.input_value("input") == "\N{GRINNING FACE}" * 100


def test_a_message_is_lost_without_an_error_after_the_connection_has_closed(window):
    """Before it is open, sending fails."""
    sent = """(address) => new Promise((resolve) => {
        const socket = new WebSocket(address);
        const send = () => { try { socket.send("hello"); } catch (error) { return error.name; } };
        const early = send();
        socket.onclose = (event) => resolve([early, event.code, send() ?? "no error"]);
    })"""
    tab = window("about:blank")

    found = tab.evaluate(sent, f"ws://127.0.0.1:{free_port()}/")

    assert found == ["InvalidStateError", 1006, "no error"]


def test_chromium_opens_no_websocket_to_an_address_with_a_number_sign(window):
    """The name of such a room has to be encoded."""
    assert refusal(window("about:blank"), "ws://chat.example/ws/chat/a#b/") == "SyntaxError"


def test_a_page_of_https_opens_a_plain_websocket_only_to_its_own_machine(window):
    """To any other one, Chromium refuses it."""
    tab = window("about:blank")
    tab.route(
        "https://chat.example/", lambda route: route.fulfill(body="", content_type="text/html")
    )
    tab.goto("https://chat.example/")

    assert refusal(tab, "ws://chat.example/") == "SecurityError"
    assert refusal(tab, f"ws://127.0.0.1:{free_port()}/") is None


def refusal(tab, address):
    """The name of the error with which the browser refuses to open a WebSocket there."""
    return tab.evaluate(
        "(address) => { try { new WebSocket(address); } catch (error) { return error.name; } }",
        address,
    )
