import os

from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.core.asgi import get_asgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "workbook.web.settings"
django_asgi_app = get_asgi_application()
# The projects that the walkthrough runs and checks have settings of their own.
del os.environ["DJANGO_SETTINGS_MODULE"]

from workbook.web import policy
from workbook.web.practice import routing

application = ProtocolTypeRouter(
    {
        "http": django_asgi_app,
        "websocket": AllowedHostsOriginValidator(
            policy.own_pages_only(URLRouter(routing.websocket_urlpatterns))
        ),
    }
)
