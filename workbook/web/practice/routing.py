from django.urls import path

from workbook.web.addresses import STEP
from workbook.web.practice import consumers

websocket_urlpatterns = [
    path(f"{STEP}try/", consumers.Try.as_asgi()),
    path(f"{STEP}check/", consumers.Check.as_asgi()),
]
