"""Django's settings for the walkthrough, which has no database, no users and no secrets."""

DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]  # and what `server` adds

INSTALLED_APPS = [
    "channels",
    "workbook.web",
]

MIDDLEWARE = [
    # No page holds a secret that this could betray. It never compresses twice alike, so that what
    # tells one page from another is reckoned before it.
    "workbook.web.offer.Compression",
    "workbook.web.policy.SameHeaders",  # outside of all that writes headers
    "workbook.web.policy.content_security",
    "django.middleware.security.SecurityMiddleware",
    "django.views.decorators.http.require_safe",  # pages are only read; sockets start things
    "django.middleware.common.CommonMiddleware",
    "workbook.web.preference.remember",
]

ROOT_URLCONF = "workbook.web.urls"
STATIC_URL = "/static/"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["workbook.web.context_processors.chrome"]},
    },
]

ASGI_APPLICATION = "workbook.web.asgi.application"

LOGGING = {
    "version": 1,
    "handlers": {"terminal": {"class": "logging.StreamHandler"}},
    "loggers": {"django.request": {"handlers": ["terminal"], "level": "ERROR"}},
}

USE_I18N = False  # the site's two languages are its own: see phrases.py
USE_TZ = False
TIME_ZONE = None  # the system's: saved desks are named by the time, here as in the terminal
