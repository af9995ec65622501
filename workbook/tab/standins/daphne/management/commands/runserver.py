from django.core.management.commands.runserver import Command  # noqa: F401
