"""Files that came with contributions: outside of the languages, without cookies, downloads alone."""

from django.urls import path

from aumenta.site.voices import views_files

app_name = "attachments"
urlpatterns = [path("<str:token>/", views_files.download, name="download")]
