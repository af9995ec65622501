"""The walkthrough as a server runs it: the pages, and the sockets of those that start something."""

from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.conf import settings
from django.core.asgi import get_asgi_application

import workbook.web.settings
from workbook.web import policy
from workbook.web.practice.routing import websocket_urlpatterns

# Not by DJANGO_SETTINGS_MODULE, which the projects that are run and checked here would inherit.
settings.configure(
    **{name: value for name, value in vars(workbook.web.settings).items() if name.isupper()}
)

application = ProtocolTypeRouter(
    {
        "http": get_asgi_application(),
        "websocket": AllowedHostsOriginValidator(
            policy.own_pages_only(URLRouter(websocket_urlpatterns))
        ),
    }
)
