"""What an interpreter of a tab begins with, in a Python of its own."""

import marshal

from tests.support.interpreters import told
from workbook.tab.compiler import compiled

# What is compiled from now on of the packages that another interpreter compiles meanwhile.
LISTEN = """
    import sys
    from importlib.machinery import SourceFileLoader
    from pathlib import Path

    import channels

    from workbook.tab import compiler, memory

    ONE = Path(channels.__file__).parent
    FOLDERS = [ONE, ONE.with_name("django"), ONE.with_name("sqlparse")]
    own, here = SourceFileLoader.get_code, []

    def get_code(loader, name):
        here.append(loader.path)
        return own(loader, name)

    def compiled_here():
        return [path for path in here if any(Path(path).is_relative_to(each) for each in FOLDERS)]

    SourceFileLoader.get_code = get_code
"""


def test_django_is_compiled_by_another_interpreter():
    """Until its code is there nobody asks for it, and then nothing of it is compiled here."""
    assert told(f"""{LISTEN}
    memory.begin()
    print(len(compiled_here()), "pytest" in sys.modules)
    codes = compiler.compiled(*FOLDERS)
    here.clear()
    memory.fill(codes)
    print(len(compiled_here()), "django.db.models" in sys.modules)
    """) == ["0", "True", "0", "True"]


def test_what_nobody_has_compiled_is_compiled_here():
    """Where the other interpreter did not come to its end, the first does without."""
    assert told(f"""{LISTEN}
    memory.begin()
    memory.fill(b"")
    print(len(compiled_here()) > 100, "django.db.models" in sys.modules)
    """) == ["True", "True"]


def test_of_a_package_the_admin_alone_is_left_out(tmp_path):
    """Wherever the package lies."""
    package = tmp_path / "admin" / "django"
    for name in ["urls.py", "contrib/admin/sites.py"]:
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).touch()

    assert [*marshal.loads(compiled(package))] == [str(package / "urls.py")]
