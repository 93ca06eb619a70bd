"""The public's addresses of acts."""

from django.urls import path

from aumenta.site.governance import views

urlpatterns = [
    path("atti/", views.register, name="acts"),
    path("atti/atom.xml", views.feed, name="acts_feed"),
    path("atti/sedute.ics", views.calendar, name="acts_calendar"),
    path("atti/<slug:slug>/", views.act, name="act"),
]
