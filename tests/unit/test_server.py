import pytest

from workbook import server


@pytest.fixture(autouse=True)
def network(monkeypatch):
    """This machine has an address in a network."""
    monkeypatch.setattr(server, "own_addresses", lambda: ["192.0.2.7"])


NAMES = {
    "127.0.0.1": ["127.0.0.1"],
    "192.0.2.7": ["192.0.2.7"],
    "0.0.0.0": ["127.0.0.1", "192.0.2.7"],
}


@pytest.mark.parametrize("host", NAMES)
def test_a_server_is_reached_by_its_names(host):
    """One that listens everywhere by the network's too; and each name is allowed."""
    assert server.names(host) == NAMES[host]
    allowed = ["localhost", "127.0.0.1", "[::1]", *NAMES[host]]
    assert server.settled({}, host)["ALLOWED_HOSTS"].split() == allowed


def test_the_environments_own_list_of_hosts_holds_for_a_step():
    mine = {"ALLOWED_HOSTS": "chat.example"}

    assert server.settled(mine, "0.0.0.0")["ALLOWED_HOSTS"] == "chat.example"


@pytest.mark.parametrize("host", NAMES)
def test_for_a_network_debug_is_off_and_the_key_random(host):
    """On this machine the project decides, and everywhere the environment comes first."""
    first, second = server.settled({}, host), server.settled({}, host)
    mine = {"DEBUG": "true", "SECRET_KEY": "mine"}

    assert first.get("DEBUG") == (None if host == "127.0.0.1" else "false")
    assert host == "127.0.0.1" or first["SECRET_KEY"] != second["SECRET_KEY"]
    assert server.settled(mine, host).items() >= mine.items()
