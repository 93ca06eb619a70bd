"""The register of who was heard: interviews, focus groups, hearings, with consents, and transcripts taken in."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aumenta.chain.queries import Touched, touched_by
from aumenta.core.text import whole_number
from aumenta.core.transcripts.pseudonyms import names_proposed, still_there
from aumenta.desk.access import DeskRequest, desk_page, tell_refusal
from aumenta.desk.asking import asked_first, asked_for_good
from aumenta.desk.voices.forms_talks import ConsentForm, SpeakerForm, TalkForm, TranscriptForm
from aumenta.desk.voices.transcript_words import in_words
from aumenta.people.refusals import RefusedError, refusal_sentence
from aumenta.plan.models import Edition
from aumenta.voices.models import Consent, SentTranscript, Speaker, Statement, Talk
from aumenta.voices.queries_talks import heard, small_places, territory_names
from aumenta.voices.rules import may_keep_contributions
from aumenta.voices.talks.keep_talks import (
    add_speaker,
    change_talk,
    erase_speaker,
    give_consent,
    put_on_record,
    record_talk,
    withdraw_consent,
)
from aumenta.voices.talks.transcripts import labels_proposed, send_transcript, take_in, what_was_read

PER_PAGE: Final = 50
SHOWN: Final = 200
"""Turns of a transcript that are shown before it is taken in; all of them are."""


@desk_page(may_keep_contributions)
def show_all(request: DeskRequest) -> HttpResponse:
    """The talks about an edition, and the balance of who was heard."""
    editions = Edition.objects.order_by("-first_year")
    edition = editions.filter(label=request.GET.get("edizione", "")).first() or editions.first()
    rows = Talk.objects.filter(edition=edition).select_related("zone")
    kind = request.GET.get("tipo", "")
    if kind in Talk.Kind.values:
        rows = rows.filter(kind=kind)
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("pagina")),
        "edition": edition,
        "editions": editions,
        "kinds": Talk.Kind.choices,
        "kind": kind,
        "heard": heard(edition) if edition else None,
    }
    return render(request, "desk/voices/talks.html", context)


@desk_page(may_keep_contributions)
def new(request: DeskRequest) -> HttpResponse:
    """Note an interview, a focus group, a hearing, or that somebody declined."""
    form = TalkForm(request.POST or None, initial={"edition": Edition.objects.order_by("-first_year").first()})
    if request.method == "POST" and form.is_valid():
        try:
            made = record_talk(person=request.user, facts=form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, refusal_sentence(refusal))
        else:
            messages.success(request, _("Saved. Add who was heard."))
            return redirect("desk:talk", made.pk)
    return render(request, "desk/voices/talk_new.html", {"form": form})


@desk_page(may_keep_contributions)
def show(request: DeskRequest, number: int) -> HttpResponse:
    """One talk: its facts, who was heard with what consent, its statements, a transcript to be looked at."""
    talk = get_object_or_404(Talk.objects.select_related("edition", "zone"), pk=number)
    if request.method == "POST":
        return _take_step(request, talk)
    statements = Paginator(talk.statements.select_related("speaker"), PER_PAGE).get_page(request.GET.get("pagina"))
    return render(request, "desk/voices/talk.html", _shown(talk) | {"page": statements})


def _shown(talk: Talk, **forms: Any) -> dict[str, Any]:
    names = [one.name for one in talk.speakers.all() if one.name]
    left = still_there(list(talk.statements.values_list("text", flat=True)), known=names, small_places=small_places())
    return {
        "talk": talk,
        "speakers": talk.speakers.prefetch_related("consents").select_related("zone"),
        "form": TalkForm(instance=talk),
        "speaker_form": SpeakerForm(),
        "consent_form": ConsentForm(talk=talk),
        "transcript_form": TranscriptForm(),
        "waiting": talk.transcripts.filter(accepted_at=None).exclude(turns="").first(),
        "left": left[:20],
        **forms,
    }


def _take_step(request: DeskRequest, talk: Talk) -> HttpResponse:
    verb = request.POST.get("verb", "")
    if question := _question(request, talk, verb):
        return question
    if verb in FORMS:
        return FORMS[verb](request, talk)
    try:
        if verb == "record" or verb == "unrecord":
            _on_record(request, talk, on_record=verb == "record")
        elif verb == "withdraw":
            withdraw_consent(person=request.user, consent=_consent(request, talk))
        elif verb == "erase":
            erase_speaker(person=request.user, speaker=_speaker(request, talk))
        else:
            raise RefusedError("nothing_chosen")
    except RefusedError as refusal:
        tell_refusal(request, refusal)
    return redirect("desk:talk", talk.pk)


def _speaker(request: DeskRequest, talk: Talk) -> Speaker:
    return get_object_or_404(Speaker, pk=whole_number(request.POST.get("speaker", "")), talk=talk)


def _consent(request: DeskRequest, talk: Talk) -> Consent:
    return get_object_or_404(Consent, pk=whole_number(request.POST.get("consent", "")), speaker__talk=talk)


def _question(request: DeskRequest, talk: Talk, verb: str) -> HttpResponse | None:
    """What erases somebody asks first, whichever button does it; other consents are noted again in the form beside."""
    if verb == "erase":
        return _ask_to_erase(request, talk, _speaker(request, talk))
    if verb == "withdraw":
        consent = _consent(request, talk)
        if consent.erases:
            return _ask_to_erase(request, talk, consent.speaker)
        if consent.use == Consent.Use.QUOTE and (touched := touched_by(consent.speaker)):
            return asked_first(
                request,
                title=_("Does “%(label)s” no longer want to be quoted?") % {"label": consent.speaker.label},
                question=_("Her words leave every page at once; that she agrees again is noted in the form beside."),
                says=_touched(touched),
                submit=_("Quote her no longer"),
                cancel=reverse("desk:talk", args=[talk.pk]),
            )
    return None


def _touched(found: Touched) -> list[str]:
    """What rests on somebody's words, for who takes them off."""
    told = [
        (found.statements, _("Statements that anybody reads: %(n)s. They are read no longer.")),
        (found.passages, _("Passages given to issues: %(n)s.")),
        (found.parts, _("Parts of position papers that cite her: %(n)s. See that their words don't quote her.")),
        (found.versions, _("Published versions of position papers that cite her: %(n)s. A notice stands there.")),
    ]
    return [words % {"n": n} for n, words in told if n]


def _ask_to_erase(request: DeskRequest, talk: Talk, speaker: Speaker) -> HttpResponse | None:
    n = speaker.statements.count()
    text = ngettext("%(n)s statement of hers is gone.", "%(n)s statements of hers are gone.", n) % {"n": n}
    return asked_for_good(
        request,
        title=_("Erase “%(label)s”?") % {"label": speaker.label},
        says=[
            _("Her name, role and address are gone; a notice stands in the place of her words."),
            text,
            *_touched(touched_by(speaker)),
        ],
        submit=_("Erase for good"),
        cancel=reverse("desk:talk", args=[talk.pk]),
    )


def _on_record(request: DeskRequest, talk: Talk, *, on_record: bool) -> None:
    keys = [key for one in request.POST.getlist("chosen") if (key := whole_number(one)) is not None]
    rows = list(Statement.objects.filter(talk=talk, pk__in=keys[:PER_PAGE]).select_related("speaker", "talk"))
    if not rows:
        raise RefusedError("nothing_chosen")
    n = put_on_record(person=request.user, statements=rows, on_record=on_record)
    messages.success(request, ngettext("%(n)s statement changed.", "%(n)s statements changed.", n) % {"n": n})


def _change(request: DeskRequest, talk: Talk) -> HttpResponse:
    form = TalkForm(request.POST, instance=get_object_or_404(Talk, pk=talk.pk))
    return _saved(request, talk, "form", form, lambda facts: change_talk(person=request.user, talk=talk, facts=facts))


def _add_speaker(request: DeskRequest, talk: Talk) -> HttpResponse:
    form = SpeakerForm(request.POST)

    def act(facts: Mapping[str, Any]) -> object:
        return add_speaker(person=request.user, talk=talk, facts=facts)

    return _saved(request, talk, "speaker_form", form, act)


def _give_consent(request: DeskRequest, talk: Talk) -> HttpResponse:
    form = ConsentForm(request.POST, talk=talk)

    def act(facts: Mapping[str, Any]) -> object:
        same = {name: facts[name] for name in ("speaker", "text_version", "given_on", "how")}
        return [give_consent(person=request.user, use=use, **same) for use in facts["uses"]]

    return _saved(request, talk, "consent_form", form, act)


def _send(request: DeskRequest, talk: Talk) -> HttpResponse:
    form = TranscriptForm(request.POST, request.FILES)
    sent: list[SentTranscript] = []

    def act(facts: Mapping[str, Any]) -> object:
        file = facts["file"]
        sent.append(send_transcript(person=request.user, talk=talk, name=file.name, content=file.read()))
        return sent

    answer = _saved(request, talk, "transcript_form", form, act)
    return redirect("desk:transcript", talk.pk) if sent else answer


def _saved(
    request: DeskRequest, talk: Talk, name: str, form: Any, act: Callable[[Mapping[str, Any]], object]
) -> HttpResponse:
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(None, refusal_sentence(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("desk:talk", talk.pk)
    page = Paginator(talk.statements.select_related("speaker"), PER_PAGE).get_page(1)
    return render(request, "desk/voices/talk.html", _shown(talk, **{name: form}) | {"page": page}, status=400)


FORMS: Final[dict[str, Callable[[DeskRequest, Talk], HttpResponse]]] = {
    "change": _change,
    "speaker": _add_speaker,
    "consent": _give_consent,
    "send": _send,
}


@desk_page(may_keep_contributions)
def transcript(request: DeskRequest, number: int) -> HttpResponse:
    """What was read of a transcript and what was not, before it is taken in; labels in the place of names."""
    talk = get_object_or_404(Talk, pk=number)
    sent = talk.transcripts.filter(accepted_at=None).exclude(turns="").first()
    if sent is None:
        messages.info(request, _("There is no transcript to look at: send one."))
        return redirect("desk:talk", talk.pk)
    read = what_was_read(sent)
    if request.method == "POST" and request.POST.get("verb") == "drop":
        sent.delete()
        return redirect("desk:talk", talk.pk)
    if request.method == "POST" and (answer := _taken_in(request, talk, sent, read)):
        return answer
    texts = [turn["text"] for turn in read["turns"]]
    known = [*read["speakers"], *(one.name for one in talk.speakers.all() if one.name)]
    proposed = names_proposed(texts, known=known, not_names=territory_names())[:60]
    context = {
        "talk": talk,
        "sent": sent,
        "read": {**read, **in_words(read)},
        "turns": read["turns"][:SHOWN],
        "speakers": [
            (n, name, request.POST.get(f"label-{n}", label))
            for n, (name, label) in enumerate(labels_proposed(talk, read["speakers"]).items())
        ],
        "names": request.POST.get("names") or "\n".join(f"{name} = […]" for name in proposed),
        "left": still_there(texts, known=[], small_places=small_places())[:30],
        "replaces": talk.statements.exists(),
    }
    return render(request, "desk/voices/transcript.html", context)


def _taken_in(request: DeskRequest, talk: Talk, sent: SentTranscript, read: Mapping[str, Any]) -> HttpResponse | None:
    labels = {name: request.POST.get(f"label-{n}", "") for n, name in enumerate(read["speakers"])}
    names = {}
    for line in request.POST.get("names", "")[:100_000].splitlines():
        name, equals, label = line.partition("=")
        if name.strip() and equals:
            names[name.strip()] = label.strip() or "[…]"
    try:
        done = take_in(person=request.user, sent=sent, labels=labels, names=names, replaces="replaces" in request.POST)
    except RefusedError as refusal:
        tell_refusal(request, refusal)
        return None
    text = _("Taken in: %(new)s new statements, %(corrected)s corrected.")
    messages.success(request, text % {"new": done.new, "corrected": done.corrected})
    for one in done.lost:
        messages.warning(request, _("No longer in the transcript: “%(words)s”") % {"words": one.text[:100]})
    return redirect("desk:talk", talk.pk)
