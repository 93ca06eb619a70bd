"""The public addresses of events, all under /eventi/."""

from django.urls import URLPattern, path

from aumenta.site.events import views, views_calendar, views_phone, views_themes

urlpatterns: list[URLPattern] = [
    path("", views.show_all, name="events"),
    path("calendario/", views_calendar.month, name="events_by_month"),
    path("atom.xml", views_calendar.feed, name="events_feed"),
    path("incontri.ics", views_calendar.all_events, name="all_events"),
    path("<slug:slug>/", views.show, name="event"),
    path("<slug:slug>/incontro.ics", views.calendar, name="event_calendar"),
    path("<slug:slug>/iscrizione/", views.registration, name="registration"),
    path("<slug:slug>/iscrizione/inviata/", views.registration_sent, name="registration_sent"),
    path("<slug:slug>/esiti/", views.results, name="event_results"),
    path("<slug:slug>/esiti/temi/<int:number>/", views_themes.theme, name="theme"),
    path("<slug:slug>/bollini/", views_phone.stickers, name="event_phone"),
    path("<slug:slug>/la-mia-iscrizione/<str:token>/", views.my_registration, name="my_registration"),
]
