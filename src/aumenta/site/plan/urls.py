"""The public addresses of the plan from its home to one action."""

from django.urls import URLPattern, path

from aumenta.site.plan import views, views_process, views_texts

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("come-si-fa/", views_process.how_made, name="how_made"),
    path("<edition:label>/", views.edition, name="edition"),
    path("<edition:label>/assi/<str:code>/", views.axis, name="axis"),
    path("<edition:label>/strategie/<str:code>/", views.strategy, name="strategy"),
    path("<edition:label>/testi/", views_texts.chapters, name="chapters"),
    path("<edition:label>/testi/<int:number>/", views_texts.chapter, name="chapter"),
    path("<edition:label>/azioni/<str:code>/", views.action, name="action"),
]
