"""Pages, news and their feed, in both languages under the same words."""

from django.urls import URLPattern, path

from aumenta.site.views import pages

urlpatterns: list[URLPattern] = [
    path("pagine/<slug:name>/", pages.page, name="page"),
    path("notizie/", pages.news, name="news"),
    path("notizie/atom.xml", pages.feed, name="news_feed"),
    path("notizie/<slug:name>/", pages.piece, name="news_piece"),
]
