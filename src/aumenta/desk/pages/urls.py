"""The office's addresses for pages, news, media and redirects."""

from django.urls import path

from aumenta.desk.pages import views, views_drafts, views_links, views_media, views_redirects

urlpatterns = [
    path("pagine/", views.show_all, name="pages"),
    path("pagine/nuova/<slug:kind>/", views.new, name="new_page"),
    path("pagine/salva/", views.autosave, name="autosave_page"),
    path("pagine/<int:number>/", views.edit, name="page"),
    path("pagine/<int:number>/anteprima/", views.preview, name="page_preview"),
    path("pagine/<int:number>/pubblica/", views.publish, name="publish_page"),
    path("pagine/<int:number>/ritira/", views.withdraw, name="withdraw_page"),
    path("pagine/<int:number>/elimina/", views.throw_away, name="drop_page"),
    path("pagine/<int:number>/bozza/pubblica/", views_drafts.publish, name="publish_page_draft"),
    path("pagine/<int:number>/bozza/elimina/", views_drafts.discard, name="discard_page_draft"),
    path("immagini/", views_media.images, name="images"),
    path("immagini/<int:number>/", views_media.image, name="image"),
    path("immagini/<int:number>/togli/", views_media.drop_image, name="drop_image"),
    path("documenti/", views_media.documents, name="documents"),
    path("documenti/<int:number>/togli/", views_media.drop_document, name="drop_document"),
    path("rinvii/", views_redirects.show_all, name="redirects"),
    path("rinvii/<int:number>/togli/", views_redirects.drop, name="drop_redirect"),
    path("qualita/collegamenti/", views_links.check, name="check_links"),
]
