"""Pages, news and their feed, in both languages under the same words."""

from django.urls import URLPattern, path

from aumenta.site.pages import views

urlpatterns: list[URLPattern] = [
    path("pagine/<slug:name>/", views.page, name="page"),
    path("notizie/", views.news, name="news"),
    path("notizie/atom.xml", views.feed, name="news_feed"),
    path("notizie/<slug:name>/", views.piece, name="news_piece"),
]
