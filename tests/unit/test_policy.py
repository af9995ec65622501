import pytest

from workbook.web.policy import is_loopback

HERE = ["127.0.0.1", "127.8.8.8", "::1", "::1%lo"]


@pytest.mark.parametrize("address", [*HERE, "0.0.0.0", "192.0.2.7", "fe80::1%eth0"])
def test_this_machine_is_told_from_the_network(address):
    assert is_loopback(address) == (address in HERE)
