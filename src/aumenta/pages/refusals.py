"""What a person reads when a verb of the pages refuses."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from aumenta.people.refusals import Sentence

SENTENCES: Final[Mapping[str, Sentence]] = {
    "page_title_required": _("Write a title in Italian."),
    "page_not_whole": _("Before it is published it needs a summary and a text in Italian."),
    "page_too_long": _("Too long: %(field)s may have %(most)s characters."),
    "page_bad_slug": _("The name in the address has small letters, figures and hyphens only, such as “chi-siamo”."),
    "page_slug_taken": _("There is already a page at the address %(path)s: choose another name."),
    "page_stale": _(
        "%(who)s saved this page at %(time)s, after you opened it. Nothing was written over it: compare the two texts "
        "and choose."
    ),
    "page_ends_before": _("The end comes before the beginning: choose a later moment, or leave it empty."),
    "page_is_over": _("The end has passed already: nobody would ever read it."),
    "page_no_draft": _("There is no draft beside this page any more: it was published or thrown away meanwhile."),
    "page_not_published": _("This page is not published: there is nothing to withdraw."),
    "page_was_public": _("It has been public: withdraw it instead, so that its text is kept."),
    "page_news_not_linked": _("News are listed by themselves: only pages are linked from the menu or the foot."),
    "page_document_unknown": _("One of the documents is not there any more: choose again."),
    "alt_required": _("Say what the picture shows, in both languages: who can't see it reads this instead."),
    "image_too_large": _("The file has %(size)s MB: a picture may have %(most)s MB."),
    "image_unreadable": _(
        "This is no picture that can be opened: send a JPEG, PNG or WebP. The name of the file does not count, "
        "only what is in it."
    ),
    "image_wrong_kind": _("This is a picture of the kind %(kind)s: send a JPEG, PNG or WebP."),
    "image_moves": _("The picture moves: send a still one."),
    "image_too_many_pixels": _("The picture is %(width)s × %(height)s pixels: %(most)s million pixels at most."),
    "image_too_small": _("The picture is %(width)s × %(height)s pixels: it needs %(least)s on its longer side."),
    "image_too_tall": _(
        "The picture is %(width)s × %(height)s pixels: it is too tall and narrow to be shown. Cut it into pieces."
    ),
    "image_there_already": _("This picture is here already: “%(alt)s”."),
    "image_in_use": _("A page shows this picture (“%(page)s”): take it off the page first."),
    "document_title_required": _("Write the document's title in Italian."),
    "document_language_required": _("Choose the language the document is written in."),
    "document_too_large": _("The file has %(size)s MB: a document may have %(most)s MB."),
    "document_wrong_kind": _(
        "This is none of PDF, ODT, ODS, ODP, DOCX, XLSX or PPTX. The name of the file does not count, only what "
        "is in it."
    ),
    "document_busy": _("Several files are being read at this moment: send it again in a minute."),
    "document_damaged": _("The file is damaged or protected by a password: it can't be opened."),
    "document_has_macros": _("The document holds a program (macros): save it without and send it again."),
    "document_there_already": _("This document is here already: “%(title)s”."),
    "document_in_use": _("A page carries this document (“%(page)s”): take it off the page first."),
    "redirect_bad_old": _(
        "“%(address)s” is not an address of this site: write what follows the language, such as “pagine/vecchia/”."
    ),
    "redirect_bad_new": _(
        "“%(address)s” is neither an address of this site, such as “pagine/nuova/”, nor one that begins with "
        "https:// or http://."
    ),
    "redirect_taken": _("There is a page at “%(address)s”: an address that works can't lead elsewhere."),
    "redirect_there_already": _("“%(old)s” leads to “%(new)s” already: remove that first."),
    "redirect_loop": _("“%(old)s” would lead back to itself by way of “%(new)s”."),
    "redirect_nowhere": _("There is nothing at “%(address)s”: the reader would not arrive anywhere."),
}
