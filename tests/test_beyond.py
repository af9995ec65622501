"""What the page "Beyond one machine" shows is deployed on loopback, and does what the page says."""

import os
import re
import shlex
import shutil
import socket
import ssl
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPSConnection
from ipaddress import ip_address
from urllib.parse import quote

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from tests.support.lacking import NGINX, skip
from tests.support.ports import free_port
from tests.support.servers import hear, say
from workbook.guardian import guarded
from workbook.layers import redis_server
from workbook.notes import page
from workbook.server import LOOPBACK, answers
from workbook.steps import all_steps

PAGE = page("notes/en/beyond.md")
HOST = "chat.example"
# What the page leaves to nginx.conf. The header tells a test which process answered it.
NGINX_CONF = """
daemon off;
master_process off;
pid nginx.pid;
events {}
http {
    access_log off;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    add_header X-Served-By $upstream_addr always;
    include chat.conf;
}
"""


def listing(language):
    """The one file in this language that the page shows."""
    [source] = [block.source for block in PAGE.blocks if block.info == language]
    return source


def changed(text, changes):
    """The text with other ports and paths; each of the old ones is in it."""
    for old, new in changes.items():
        assert old in text, f"the page has no {old!r}"
        text = text.replace(old, new)
    return text


def find_nginx():
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    return found or skip(NGINX)


class Site:
    """The page's deployment: its processes, by port, and nginx in front of them."""

    def __init__(self, folder, redis_url):
        self.nginx_command = find_nginx()
        self.folder = folder
        self.log = folder / "log"
        variables = changed(listing("dotenv"), {"redis://10.0.0.5:6379": redis_url}).splitlines()
        self.environment = {**os.environ, **dict(line.split("=", 1) for line in variables)}
        written = re.findall(r"server 127\.0\.0\.1:(\d+)", listing("nginx"))
        self.ports = {free_port(): port for port in written}
        self.processes = {port: ExitStack() for port in self.ports}
        self.trust = certify(folder)
        (folder / "static").mkdir()
        (folder / "static" / "chat.css").write_text("body { color: teal }")

    @contextmanager
    def running(self):
        with ExitStack() as block:
            for port, process in self.processes.items():
                block.enter_context(process)
                self.start(port)
            self.https, self.http = block.enter_context(self.nginx())
            yield self

    def start(self, port):
        """Starts a process as the page's unit does."""
        [line] = re.findall(r"^ExecStart=(.*)", listing("ini"), re.M)
        program, *words = shlex.split(line.replace("%i", str(port)))
        assert program.endswith("/bin/daphne")
        command = [sys.executable, "-m", "daphne", *words]
        self.serve(self.processes[port], command, port, cwd=all_steps()[-1].path)

    def stop(self, port):
        self.processes[port].close()

    @contextmanager
    def nginx(self, **changes):
        """Serves the page's configuration, with other values where a test says so; its ports."""
        https, http = free_port(), free_port()
        prefix = self.folder / f"nginx-{https}"
        prefix.mkdir()
        moved = {f"127.0.0.1:{old}": f"127.0.0.1:{new}" for new, old in self.ports.items()}
        moved |= {
            "listen 80;": f"listen {LOOPBACK}:{http};",
            "listen 443 ssl;": f"listen {LOOPBACK}:{https} ssl;",
            "/etc/ssl/": f"{self.folder}/",
            "/srv/chat/static/": f"{self.folder}/static/",
        }
        site = changed(listing("nginx"), moved)
        for directive, value in changes.items():
            site, count = re.subn(rf"{directive}\s+\S+;", f"{directive} {value};", site)
            assert count, f"the page has no {directive}"
        (prefix / "chat.conf").write_text(site)
        (prefix / "nginx.conf").write_text(NGINX_CONF)
        command = [self.nginx_command, "-e", "stderr", "-p", str(prefix), "-c", "nginx.conf"]
        with ExitStack() as block:
            self.serve(block, command, https)
            yield https, http

    def serve(self, block, command, port, **options):
        """Runs the command until the block ends, and waits until it takes connections."""
        log = block.enter_context(self.log.open("ab"))
        process = block.enter_context(
            guarded(command, env=self.environment, stdout=log, stderr=subprocess.STDOUT, **options)
        )
        assert answers(process, LOOPBACK, port), self.log.read_text()

    def get(self, path, host=HOST, secure=True):
        browser = (
            HTTPSConnection(LOOPBACK, self.https, context=self.trust)
            if secure
            else HTTPConnection(LOOPBACK, self.http)
        )
        browser.request("GET", path, headers={"Host": host})
        response = browser.getresponse()
        browser.close()
        return response

    @contextmanager
    def enter(self, room_name, origin=f"https://{HOST}", port=None):
        """A WebSocket to the room, as its page opens it, through this nginx or another one."""
        with connect(
            f"wss://{HOST}/ws/chat/{quote(room_name, safe='')}/",
            sock=socket.create_connection((LOOPBACK, port or self.https)),
            ssl=self.trust,
            origin=origin,
            proxy=None,
        ) as client:
            yield client

    @contextmanager
    def enter_each(self, room_name):
        """A WebSocket to the room on each process, by its port."""
        with ExitStack() as block:
            clients = {}
            for _ in range(10 * len(self.ports)):
                if len(clients) == len(self.ports):
                    break
                client = block.enter_context(self.enter(room_name))
                # Where nginx was refused before, it names the process that took it last.
                *_, address = client.response.headers["X-Served-By"].split(", ")
                clients[int(address.rpartition(":")[2])] = client
            assert clients.keys() == self.ports.keys()
            yield clients


def certify(folder):
    """Writes a certificate for the page's host, and trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    names = [x509.DNSName(HOST), x509.IPAddress(ip_address(LOOPBACK))]
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, SHA256())
    )
    (folder / "chat.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    (folder / "chat.key").write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    return ssl.create_default_context(cafile=folder / "chat.pem")


@pytest.fixture(scope="module")
def site(some_redis, tmp_path_factory):
    with (
        redis_server(free_port()) as redis_url,
        Site(tmp_path_factory.mktemp("site"), redis_url).running() as site,
    ):
        yield site


def test_pages_and_static_files_are_served(site):
    """A page comes from a process, a static file from nginx, and http leads to https."""
    assert site.get("/chat/").status == 200
    assert site.get("/chat/").headers["X-Served-By"]
    assert site.get("/static/chat.css").status == 200
    assert not site.get("/static/chat.css").headers["X-Served-By"]
    assert site.get("/chat/", secure=False).headers["Location"] == f"https://{HOST}/chat/"


def test_a_message_crosses_from_one_process_to_the_other(site):
    """Both processes get WebSockets, and who is on the one hears who is on the other."""
    with site.enter_each("غرفة") as clients:
        mona, omar = clients.values()
        say(mona, "أهلًا")
        assert hear(omar) == {"message": "أهلًا"}


def test_a_foreign_page_is_refused_behind_nginx_too(site):
    """The Origin of another site opens no WebSocket, and its Host gets no page."""
    with pytest.raises(InvalidStatus, match="403"), site.enter("lobby", "https://foreign.example"):
        pass
    assert site.get("/chat/", host="foreign.example").status == 400


def test_a_silence_longer_than_the_read_timeout_is_cut(site):
    """What nginx cuts after five silent seconds, it leaves open with the page's value."""
    with (
        site.nginx(proxy_read_timeout="5s") as (impatient, _),
        site.enter("lobby") as mona,
        site.enter("lobby", port=impatient) as omar,
    ):
        with pytest.raises(ConnectionClosed):
            omar.recv(timeout=30)
        say(mona, "still here")
        assert hear(mona) == {"message": "still here"}


def test_each_process_can_be_restarted_in_turn(site):
    """Who was on a process that stops gets in at once, on another one, and is heard there."""
    for port in site.ports:
        with site.enter_each("lobby") as clients:
            site.stop(port)
            with pytest.raises(ConnectionClosed):
                clients.pop(port).recv(timeout=30)
            with site.enter("lobby") as back:
                say(back, "back again")
                assert all(hear(each) == {"message": "back again"} for each in clients.values())
            site.start(port)
