"""Ports of loopback, each for one test alone."""

import socket

from workbook.server import LOOPBACK, trouble

# Below those that a system gives out by itself: between the look and the use no server that takes
# any port, and no connection's own end, can come to stand there.
PORTS = range(20_000, 32_768)
HELD = []


def free_port():
    """A port on which nothing listens."""
    return free_ports(1)[0]


def free_ports(count):
    """That many ports in a row on which nothing listens."""
    row = []
    for port in PORTS:
        row = [*row, port] if take(port) and not trouble(LOOPBACK, port) else []
        if len(row) == count:
            return row
    raise AssertionError("no port is free")


def take(port):
    """Whether the port is this process's from now on: other tests find its UDP side bound."""
    mark = socket.socket(type=socket.SOCK_DGRAM)
    try:
        mark.bind((LOOPBACK, port))
    except OSError:
        mark.close()
        return False
    HELD.append(mark)
    return True
