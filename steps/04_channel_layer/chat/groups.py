import hashlib
import unicodedata


def group_name(room_name):
    """The name of a room's group: Channels allows ASCII only, and fewer than 100 characters."""
    room = unicodedata.normalize("NFC", room_name).encode()
    return "chat_" + hashlib.sha256(room).hexdigest()
