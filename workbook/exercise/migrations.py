"""Models of a project's own whose tables no migration makes; asked where Django is set up."""

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from workbook.exercise.records import Failure
from workbook.recorder.facts import Place

MAKES = {"CreateModel", "AddField", "RemoveField", "RenameField", "DeleteModel"}


def missing_migration(project: Path) -> Failure | None:
    """The first model whose table is not as it is, such as one that was never migrated."""
    from django.apps import apps

    own = {model for model in apps.get_models() if is_own(model, project) and is_made(model)}
    for label, name in changed({model._meta.app_label for model in own}) if own else ():
        for model in own:
            if (model._meta.app_label, model._meta.model_name) == (label, name.lower()):
                error = f"NoMigration: {label}.{model.__name__}"
                return Failure((error,), place_of(model, project), error)
    return None


def is_own(model: type, project: Path) -> bool:
    return Path(inspect.getfile(model)).is_relative_to(project)


def is_made(model: Any) -> bool:
    return bool(model._meta.managed and not model._meta.proxy)


def changed(labels: set[str]) -> Iterator[tuple[str, str]]:
    """The label and the model of each change that `makemigrations` would write for these apps."""
    from django.apps import apps
    from django.db.migrations.autodetector import MigrationAutodetector
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.questioner import MigrationQuestioner
    from django.db.migrations.state import ProjectState

    loader = MigrationLoader(None)
    now = ProjectState.from_apps(apps)
    found = MigrationAutodetector(
        loader.project_state(), now, MigrationQuestioner(specified_apps=labels)
    )
    for label, migrations in found.changes(loader.graph, convert_apps=labels).items():
        for operation in (each for migration in migrations for each in migration.operations):
            if type(operation).__name__ in MAKES:
                yield label, getattr(operation, "model_name", None) or operation.name


def place_of(model: type, project: Path) -> Place:
    path = Path(inspect.getfile(model)).relative_to(project).as_posix()
    return Place(path, inspect.getsourcelines(model)[1])
