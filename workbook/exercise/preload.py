"""Imported once by the process from which checks are forked: what each of them would import.

Whatever of it a version does not have, a check imports for itself.
"""

import gc
from contextlib import suppress
from importlib import import_module

for module in [
    "_quickjs",
    "blockbuster",
    "channels.auth",
    "channels.generic.websocket",
    "channels.layers",
    "channels.security.websocket",
    "channels.testing",
    "daphne.management.commands.runserver",
    "django.contrib.auth.hashers",
    "django.contrib.sessions.backends.db",
    "django.core.handlers.asgi",
    "django.db.backends.sqlite3.base",
    "django.shortcuts",
    "django.template.backends.django",
    "django.test.client",
    "pytest_asyncio.plugin",
    "pytest_django.plugin",
]:
    with suppress(ImportError):
        import_module(module)

gc.freeze()  # what stands here stays, and no collection in a check need look at it
