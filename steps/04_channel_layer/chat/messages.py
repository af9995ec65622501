import json

MAX_LENGTH = 2000  # characters, as in the page


class BadMessage(ValueError):
    """What a browser sent is not a message; says why."""


def parse_message(text_data):
    """The text in a frame such as {"message": "hi"}; text_data is None for a binary frame."""
    if text_data is None:
        raise BadMessage("Send text, not bytes.")
    try:
        message = json.loads(text_data)["message"]
        message.encode()
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise BadMessage('Send a JSON object with a text, such as {"message": "hi"}.') from None
    if not message.strip():
        raise BadMessage("The message is empty.")
    if len(message) > MAX_LENGTH:
        raise BadMessage(f"The message is longer than {MAX_LENGTH} characters.")
    return message
