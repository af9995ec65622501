from django.urls import include, path, register_converter

from workbook.web import assets, views
from workbook.web.addresses import LanguageConverter, StepConverter
from workbook.web.practice import views as practice

register_converter(LanguageConverter, "language")
register_converter(StepConverter, "step")

pages = [
    path("", views.contents, name="contents"),
    path("search/", views.find, name="search"),
    path("notes/<slug:name>/", views.page, name="page"),
    path("<step:step>/", views.read, name="read"),
    path("<step:step>/code/", views.code, name="code"),
    path("<step:step>/code/<path:path>", views.code, name="file"),
    path("<step:step>/changes/", views.changes, name="changes"),
    path("<step:step>/try/", practice.try_, name="try"),
    path("<step:step>/check/", practice.check, name="check"),
]

urlpatterns = [
    path("", views.entrance, name="entrance"),
    path("static/<path:name>", assets.asset, name="asset"),
    path("figures/<path:name>", assets.figure, name="figure"),
    path("<language:language>/", include(pages)),
]
