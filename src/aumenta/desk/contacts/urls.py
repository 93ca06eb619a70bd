"""The office's addresses for messages, ratings and the authority's addresses."""

from django.urls import path

from aumenta.desk.contacts import views

urlpatterns = [
    path("messaggi/", views.messages_page, name="messages"),
    path("messaggi/<int:number>/", views.act, name="message_state"),
    path("valutazioni/", views.ratings, name="ratings"),
    path("recapiti/", views.office_page, name="office"),
]
