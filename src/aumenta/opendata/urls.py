"""The machines' addresses: outside the languages, because a file has one meaning."""

from django.urls import URLPattern, path

from aumenta.opendata import places

app_name = "opendata"

urlpatterns: list[URLPattern] = [
    path("luoghi.<str:file_format>", places.download, name="places"),
    path("equilibrio.<str:file_format>", places.balance_file, name="balance"),
    path("confronto.<str:file_format>", places.comparison_file, name="comparison"),
    path("stampati.<str:file_format>", places.printed_file, name="printed"),
]
