"""The public addresses of issues."""

from django.urls import URLPattern, path

from aumenta.site.issues import views

urlpatterns: list[URLPattern] = [
    path("<edition:label>/criticita/", views.issues, name="issues"),
    path("<edition:label>/criticita.<str:file_format>", views.issues_file, name="issues_file"),
    path("<edition:label>/criticita-matrice.ods", views.issues_matrix, name="issues_matrix"),
    path("<edition:label>/criticita/<int:heading>.<int:place>/", views.issue, name="issue"),
]
