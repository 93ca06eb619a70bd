"""The office's addresses for pages, news, media and redirects."""

from django.urls import path

from aumenta.desk.views import links, media, page_drafts, pages, redirects

page_patterns = [
    path("pagine/", pages.show_all, name="pages"),
    path("pagine/nuova/<slug:kind>/", pages.new, name="new_page"),
    path("pagine/salva/", pages.autosave, name="autosave_page"),
    path("pagine/<int:number>/", pages.edit, name="page"),
    path("pagine/<int:number>/anteprima/", pages.preview, name="page_preview"),
    path("pagine/<int:number>/pubblica/", pages.publish, name="publish_page"),
    path("pagine/<int:number>/ritira/", pages.withdraw, name="withdraw_page"),
    path("pagine/<int:number>/elimina/", pages.throw_away, name="drop_page"),
    path("pagine/<int:number>/bozza/pubblica/", page_drafts.publish, name="publish_page_draft"),
    path("pagine/<int:number>/bozza/elimina/", page_drafts.discard, name="discard_page_draft"),
    path("immagini/", media.images, name="images"),
    path("immagini/<int:number>/", media.image, name="image"),
    path("immagini/<int:number>/togli/", media.drop_image, name="drop_image"),
    path("documenti/", media.documents, name="documents"),
    path("documenti/<int:number>/togli/", media.drop_document, name="drop_document"),
    path("rinvii/", redirects.show_all, name="redirects"),
    path("rinvii/<int:number>/togli/", redirects.drop, name="drop_redirect"),
    path("qualita/collegamenti/", links.check, name="check_links"),
]
