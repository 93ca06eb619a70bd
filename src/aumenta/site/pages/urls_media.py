"""Pictures and documents of pages: files have no language, so they stand outside /it/ and /en/."""

from django.urls import path, re_path

from aumenta.site.pages import views_media

app_name = "media"
urlpatterns = [
    re_path(r"^immagini/(?P<digest>[0-9a-f]{64})-(?P<end>\d{1,4}\.webp|share\.jpg)$", views_media.image, name="image"),
    path("documenti/<str:name>", views_media.document, name="document"),
]
