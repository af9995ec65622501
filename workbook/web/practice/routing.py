from django.urls import path

from workbook.web import urls  # noqa: F401 (the pages' addresses know the converters)
from workbook.web.practice import consumers

websocket_urlpatterns = [
    path("<language:language>/<step:step>/try/", consumers.Try.as_asgi()),
    path("<language:language>/<step:step>/check/", consumers.Check.as_asgi()),
]
