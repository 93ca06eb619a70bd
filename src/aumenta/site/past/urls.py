"""The public addresses of the plan as it was on an earlier day."""

from django.urls import URLPattern, path

from aumenta.site.past import views

urlpatterns: list[URLPattern] = [
    path("<edition:label>/al/", views.days, name="past"),
    path("<edition:label>/al/<str:day>/", views.edition, name="past_edition"),
    path("<edition:label>/al/<str:day>/azioni/<str:code>/", views.action, name="past_action"),
]
