"""The words of the first step's checks: whoever does what each of them says comes to the page."""

import shutil
import subprocess
import sys

import pytest

from tests.support.projects import before
from workbook.exercise import processes
from workbook.exercise.sheet import judge, last, sheets
from workbook.steps import step

URLS = """from django.urls import path

from . import views

urlpatterns = [path("", views.index, name="index")]
"""
VIEWS = """from django.shortcuts import render


def index(request):
    return render(request, "chat/index.html")
"""


@pytest.mark.gate
def test_the_words_come_in_the_order_in_which_things_can_be_done(tmp_path):
    """From an empty project to the page: the app, its routes, their list, the view, the template."""
    processes.warm_up()
    project = before(step(1), tmp_path / "work")

    replace(project / "mysite/settings.py", "INSTALLED_APPS = [", 'INSTALLED_APPS = ["daphne",')
    assert "`python manage.py startapp chat`" in word(project)
    startapp = [sys.executable, "manage.py", "startapp", "chat"]
    subprocess.run(startapp, cwd=project, check=True)
    assert 'add `path("chat/", include("chat.urls"))`' in word(project)
    include = 'urlpatterns = [path("chat/", include("chat.urls")),'
    replace(project / "mysite/urls.py", "urlpatterns = [", include)
    assert "uses a name that this file does not import" in word(project)
    replace(project / "mysite/urls.py", "import path", "import include, path")
    assert "there is no file `chat/urls.py` yet" in word(project)
    (project / "chat/urls.py").write_text("urlpatterns = []\n")
    assert "write a view called `index` in `chat/views.py`" in word(project)
    (project / "chat/urls.py").write_text(URLS)
    assert "names a view that `chat/views.py` does not have" in word(project)
    (project / "chat/views.py").write_text(VIEWS)
    assert 'Add "chat" to `INSTALLED_APPS`.' in word(project)
    replace(project / "mysite/settings.py", '"daphne",', '"daphne", "chat",')
    assert "its place is `chat/templates/chat/index.html`" in word(project)
    shutil.copytree(step(1).path / "chat/templates", project / "chat/templates")
    assert "Add `ASGI_APPLICATION = " in word(project)


def word(project):
    """What is said of the first failure."""
    sheet = last(sheets(step(1), project))
    return judge(sheet, project).explanation.what.en


def replace(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
