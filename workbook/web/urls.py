"""Where each page is; the parts of a step are below the step."""

from django.urls import include, path

from workbook.web import assets, offer, views
from workbook.web.addresses import LANGUAGE, STEP
from workbook.web.practice import views as practice

pages = [
    path("", views.contents, name="contents"),
    path("search/", views.search, name="search"),
    path("notes/<slug:name>/", views.page, name="page"),
    path("booklet/", views.booklet, name="booklet"),
]

parts = [
    path("", views.read, name="read"),
    path("presenter/", views.presenter, name="presenter"),
    path("code/", views.code, name="code"),
    path("code/<path:path>", views.code, name="file"),
    path("changes/", views.changes, name="changes"),
    path("try/", practice.trial, name="try"),
    path("check/", practice.check, name="check"),
    path("workbench/", practice.workbench, name="workbench"),
    path("booklet/", views.booklet, name="booklet"),
]

urlpatterns = [
    path("", views.entrance, name="entrance"),
    path("static/<path:name>", assets.asset, name="asset"),
    path("figures/<path:name>", assets.figure, name="figure"),
    path(offer.UNDER, offer.served),
    path(f"{offer.UNDER}<path:name>", offer.served),
    path(LANGUAGE, include(pages)),
    path(STEP, include(parts)),
]
