"""The variables of a developer's environment, which the workbook's programs do not inherit.

Read by any Python from 3.7, as `environment` is: no newer syntax, only the standard library.
"""

import os

OF_PYTHON = (
    "PYTHONASYNCIODEBUG",
    "PYTHONDEVMODE",
    "PYTHONHASHSEED",
    "PYTHONHOME",
    "PYTHONINSPECT",
    "PYTHONOPTIMIZE",
    "PYTHONPATH",
    "PYTHONSAFEPATH",
    "PYTHONWARNINGS",
)
OF_OTHERS = (
    "DJANGO_ALLOW_ASYNC_UNSAFE",
    "DJANGO_CONFIGURATION",
    "DJANGO_SETTINGS_MODULE",
    "PIP_CONSTRAINT",
    "PIP_DRY_RUN",
    "PIP_NO_BINARY",
    "PIP_NO_DEPS",
    "PIP_ONLY_BINARY",
    "PIP_PREFIX",
    "PIP_REQUIREMENT",
    "PIP_ROOT",
    "PIP_TARGET",
    "PIP_USER",
    "PYTEST_ADDOPTS",
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD",
    "PYTEST_PLUGINS",
)
OF_A_SERVER = ("ALLOWED_HOSTS", "DEBUG", "SECRET_KEY")  # what the steps' settings read
SWITCHES = ("1", "true", "yes", "on", "0", "false", "no", "off")  # what DEBUG can be in Django


def clear() -> bool:
    """Takes them out; whether one was there that had its effect on this very Python before."""
    felt = any(name in os.environ for name in OF_PYTHON)
    for name in OF_PYTHON + OF_OTHERS:
        os.environ.pop(name, None)
    for name in OF_A_SERVER:
        if not os.environ.get(name):
            os.environ.pop(name, None)
    # Other programs have a DEBUG too, such as `release` or `app:*`.
    if os.environ.get("DEBUG", "1").lower() not in SWITCHES:
        del os.environ["DEBUG"]
    return felt


def clear_for_checks() -> None:
    """Takes out what is meant for a project that is served, and would decide its checks."""
    for name in OF_A_SERVER:
        os.environ.pop(name, None)
