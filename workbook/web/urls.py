from django.urls import include, path, register_converter

from workbook.web import views
from workbook.web.addresses import LanguageConverter, StepConverter

register_converter(LanguageConverter, "language")
register_converter(StepConverter, "step")

pages = [
    path("", views.contents, name="contents"),
    path("notes/<slug:name>/", views.page, name="page"),
    path("<step:step>/", views.read, name="read"),
]

urlpatterns = [
    path("", views.entrance, name="entrance"),
    path("<language:language>/", include(pages)),
]
