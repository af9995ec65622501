"""The house is as its picture shows it, and every arrow leads downwards."""

from graphlib import TopologicalSorter

from tools.house import HOMES, PAGE, PICTURE, ROOMS, arrows, imports, modules, picture


def test_the_picture_is_true():
    """`python -m tools.house` has been run since an import last came or went."""
    assert PICTURE.search(PAGE.read_text("utf-8"))[0] == picture()


def test_every_module_has_its_room():
    """A new module beside the folders is put into a room, and a deleted one out of it."""
    flat = {name for name in modules() if "." not in name}

    assert flat == set(HOMES)


def test_a_room_imports_from_those_below_it_alone():
    order = list(ROOMS)

    assert [pair for pair in arrows() if order.index(pair[0]) > order.index(pair[1])] == []


def test_there_is_no_circle():
    """Among the modules, imports within a function counted too."""
    needs = {name: set() for name in modules()}
    for module, other in imports():
        needs[module].add(other)

    assert list(TopologicalSorter(needs).static_order())


def test_only_the_wiring_reaches_behind_the_wall_of_practice():
    """What starts something on this machine is imported where addresses are given out, and in a tab, which is no machine."""
    inside = "web.practice."
    outside = {
        module
        for module, other in imports()
        if other.startswith(inside) and not module.startswith((inside, "tab."))
    }

    assert outside == {"web.asgi", "web.server", "web.urls"}
