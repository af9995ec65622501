"""What `runserver` is, is known without the server: a tab could not run it."""

from django.apps import AppConfig


class DaphneConfig(AppConfig):  # type: ignore[misc]
    name = "daphne"
    verbose_name = "Daphne"
