from django.urls import path

from workbook.web import consumers, urls  # noqa: F401 (the pages' addresses know the converters)

websocket_urlpatterns = [
    path("<language:language>/<step:step>/try/", consumers.Try.as_asgi()),
    path("<language:language>/<step:step>/check/", consumers.Check.as_asgi()),
]
