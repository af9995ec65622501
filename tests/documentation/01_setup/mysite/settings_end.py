INSTALLED_APPS = ["daphne", "chat", *INSTALLED_APPS]
ASGI_APPLICATION = "mysite.asgi.application"
