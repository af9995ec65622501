"""The sockets of the pages that start something, at the addresses of those pages."""

from django.urls import path

from workbook.web.addresses import STEP
from workbook.web.practice import consumers, editing, experiments

websocket_urlpatterns = [
    path(f"{STEP}try/", consumers.Try.as_asgi()),
    path(f"{STEP}check/", consumers.Check.as_asgi()),
    path(f"{STEP}workbench/", editing.Edit.as_asgi()),
    path(f"{STEP}workbench/experiments/", experiments.Break.as_asgi()),
]
