"""Interviews and focus groups: a consent for each use, transcripts looked at first, names replaced, withdrawal."""

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from aumenta.activity.models import PublicRevision
from aumenta.core.transcripts.pseudonyms import names_proposed, replace_names, still_there
from aumenta.people.permission import NotAllowedError
from aumenta.people.refusals import RefusedError
from aumenta.voices.models import Consent, SentTranscript, Speaker, Statement, Talk
from aumenta.voices.talks.keep_talks import (
    add_speaker,
    change_talk,
    erase_speaker,
    give_consent,
    put_on_record,
    record_talk,
    withdraw_consent,
)
from aumenta.voices.talks.transcripts import forget_talks, labels_proposed, send_transcript, take_in
from tests.cast import a_small_plan, somebody

DAY = timedelta(days=1)
SAID = (
    "INTERVISTATRICE: Che cosa manca?\nMARIO ROSSI: Gli autobus la sera. Lo dice anche Anna Bianchi, sindaca di Balme."
    "\nINTERVISTATRICE: E poi?\nMARIO ROSSI: Niente, solo questo: gli autobus della domenica.\n"
)


@pytest.fixture
def office(db):
    return somebody("editor")


@pytest.fixture
def talk(office):
    facts = {"edition": a_small_plan(), "kind": "interview", "title": "Colloquio 1", "level": "unnamed"}
    return record_talk(person=office, facts={**facts, "held_on": timezone.localdate() - 9 * DAY})


def sent(office, talk, text=SAID, name="Intervista Rossi.txt"):
    return send_transcript(person=office, talk=talk, name=name, content=text.encode())


def taken_in(office, talk, text=SAID, **more):
    labels = {"INTERVISTATRICE": "", "MARIO ROSSI": "Voce 1"}
    return take_in(
        person=office, sent=sent(office, talk, text), labels=labels, names={"Anna Bianchi": "[collega]"}, **more
    )


def everything() -> str:
    """Every cell of every table, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [str(cell) for row in cursor.fetchall() for cell in row]
    return "\n".join(found)


def agreed(office, speaker, *uses):
    for use in uses:
        give_consent(person=office, speaker=speaker, use=use, text_version="1", given_on=timezone.localdate())


def quotable(office, talk):
    """A statement of the talk that anybody may read."""
    taken_in(office, talk)
    speaker = talk.speakers.get(label="Voce 1")
    agreed(office, speaker, "take_part", "quote")
    words = talk.statements.filter(speaker=speaker).first()
    put_on_record(person=office, statements=[words])
    return words


def test_a_talk_has_its_day_and_none_is_in_the_future(office, talk):
    edition = talk.edition
    for facts, code in (
        ({"held_on": None}, "talk_without_day"),
        ({"held_on": timezone.localdate() + DAY}, "talk_in_the_future"),
        ({"held_on": timezone.localdate(), "title": ""}, "talk_invalid"),
    ):
        with pytest.raises(RefusedError) as refusal:
            record_talk(person=office, facts={"edition": edition, "kind": "focus", "title": "Gruppo", **facts})
        assert refusal.value.code == code
    asked = record_talk(person=office, facts={"edition": edition, "kind": "focus", "title": "x", "state": "declined"})
    assert asked.level == "closed", "nothing is quoted unless somebody says so"


def test_a_label_is_not_the_name(office, talk):
    made = add_speaker(person=office, talk=talk, facts={"name": "Mario Rossi", "label": ""})
    assert made.label == "Voce 1"
    assert made.forget_on == talk.held_on + timedelta(days=3 * 365)
    for label, code in (("Il signor Rossi", "label_is_the_name"), ("Voce 1", "speaker_label_taken")):
        with pytest.raises(RefusedError) as refusal:
            add_speaker(person=office, talk=talk, facts={"name": "Mario Rossi", "label": label})
        assert refusal.value.code == code
    assert "Mario Rossi" not in everything(), "a copy of the database says no name"


def test_a_transcript_is_looked_at_before_it_is_taken_in_and_its_names_are_replaced(office, talk):
    waiting = sent(office, talk)
    assert not Statement.objects.exists()
    assert "Rossi" not in everything().replace(waiting.name, "")
    done = taken_in(office, talk)
    assert (done.new, done.corrected) == (4, 0)
    texts = list(talk.statements.values_list("text", flat=True))
    assert texts[1] == "Gli autobus la sera. Lo dice anche [collega], sindaca di Balme."
    assert {one.label for one in talk.speakers.all()} == {"Voce 1"}, "who asks is not heard"
    told = everything()
    for name in ("Rossi", "ROSSI", "Bianchi"):
        assert name not in told, name
    with pytest.raises(RefusedError, match="transcript_taken_in_before"):
        sent(office, talk)
    with pytest.raises(RefusedError, match="transcript_is_gone"):
        take_in(person=office, sent=waiting, labels={}, names={})


def test_a_corrected_transcript_keeps_what_was_read_and_tells_what_it_lost(office, talk):
    words = quotable(office, talk)
    other = talk.statements.get(text__contains="domenica")
    put_on_record(person=office, statements=[other])
    first = "INTERVISTATRICE: Buongiorno.\n" + SAID.split("INTERVISTATRICE: E poi?")[0]
    assert labels_proposed(talk, ["INTERVISTATRICE", "Mario Rossi", "Ugo"]) == {
        "INTERVISTATRICE": "",
        "Mario Rossi": "Voce 1",
        "Ugo": "Voce 2",
    }
    done = taken_in(office, talk, first, replaces=True)
    assert (done.new, done.corrected) == (1, 2)
    assert [one.pk for one in done.lost] == [other.pk]
    words.refresh_from_db()
    assert (words.position, words.on_record) == (3, True)
    done = taken_in(office, talk, first.replace("la sera", "la sera tardi"), replaces=True)
    words.refresh_from_db()
    assert "sera tardi" in words.text
    assert not words.on_record, "other words are read again before anybody quotes them"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "transcript_without_text"),
        (b"\xd0\xcf\x11\xe0 vecchio", "transcript_old_word"),
        (b"%PDF-1.7 niente", "transcript_damaged"),
        (b"PK\x03\x04 rotto", "transcript_damaged"),
        (b"x" * 20_000_001, "file_too_large"),
    ],
)
def test_a_file_that_gives_no_text_is_refused_with_its_reason(office, talk, content, code):
    with pytest.raises(RefusedError) as refusal:
        send_transcript(person=office, talk=talk, name="x", content=content)
    assert refusal.value.code == code
    assert not SentTranscript.objects.exists()


def test_other_kinds_and_encodings_are_read(office, talk):
    vtt = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada Neri>Più treni\n"
    for content in (
        vtt.encode(),
        "ADA: Più treni\nUGO: Sì\nADA: Bene\nUGO: No\n".encode("utf-16"),
        "ADA: È così\nUGO: Sì\nADA: Già\nUGO: No\n".encode("cp1252"),
    ):
        assert send_transcript(person=office, talk=talk, name="x", content=content).turns
    assert SentTranscript.objects.count() == 1, "what is sent anew takes the place of what waited"


def test_nothing_is_quoted_without_consent_level_and_a_look(office, talk):
    taken_in(office, talk)
    speaker = talk.speakers.get(label="Voce 1")
    words = talk.statements.filter(speaker=speaker)[0]
    for uses in ((), ("quote",)):
        agreed(office, speaker, *uses)
        with pytest.raises(RefusedError, match="no_consent_to_quote"):
            put_on_record(person=office, statements=[words])
    agreed(office, speaker, "take_part")
    assert not Statement.objects.quotable().exists()
    put_on_record(person=office, statements=[words])
    assert Statement.objects.quotable().get() == words
    change_talk(person=office, talk=talk, facts={"level": "closed"})
    assert not Statement.objects.quotable().exists()
    words = Statement.objects.select_related("talk", "speaker").get(pk=words.pk)
    put_on_record(person=office, statements=[words], on_record=False)
    words.refresh_from_db()
    with pytest.raises(RefusedError, match="talk_is_never_quoted"):
        put_on_record(person=office, statements=[Statement.objects.select_related("talk").get(pk=words.pk)])


@pytest.mark.parametrize("use", ["quote", "take_part", "transcribe", "erased"])
def test_each_way_of_no_longer_agreeing_reaches_what_anybody_may_read_at_once(office, talk, use):
    words = quotable(office, talk)
    speaker = words.speaker
    agreed(office, speaker, "transcribe")
    before = PublicRevision.objects.get().number
    if use == "erased":
        erase_speaker(person=office, speaker=speaker)
    else:
        withdraw_consent(person=office, consent=Consent.objects.get(speaker=speaker, use=use))
    assert PublicRevision.objects.get().number > before
    assert not Statement.objects.quotable().exists()
    if use != "quote":
        told = everything()
        for words_of_hers in ("autobus", "MARIO", "Colloquio 1 di"):
            assert words_of_hers not in told
        with pytest.raises(RefusedError, match="speaker_is_erased"):
            agreed(office, Speaker.objects.get(pk=speaker.pk), "quote")


def test_names_go_on_their_day_and_what_nobody_took_in_within_a_week(office, talk):
    made = add_speaker(person=office, talk=talk, facts={"name": "Mario Rossi", "role": "sindaco", "email": "m@r.it"})
    sent(office, talk)
    now = timezone.now()
    assert forget_talks(now + 6 * DAY) == 0
    assert forget_talks(now + 8 * DAY) == 1
    assert not SentTranscript.objects.exists()
    assert forget_talks(now + (made.forget_on - timezone.localdate())) == 1
    made.refresh_from_db()
    assert (made.name, made.role, made.email, made.label) == ("", "", "", "Voce 1")


def test_who_does_not_keep_contributions_keeps_no_talks(office, talk):
    quotable(office, talk)
    speaker, consent = talk.speakers.get(label="Voce 1"), Consent.objects.first()
    waiting = sent(office, talk, SAID + "ALTRO: x\nALTRO: y\n")
    for role in ("referent", "facilitator", "reader"):
        stranger = somebody(role)
        for verb in (
            lambda who=stranger: record_talk(person=who, facts={}),
            lambda who=stranger: change_talk(person=who, talk=talk, facts={}),
            lambda who=stranger: add_speaker(person=who, talk=talk, facts={}),
            lambda who=stranger: agreed(who, speaker, "quote"),
            lambda who=stranger: withdraw_consent(person=who, consent=consent),
            lambda who=stranger: erase_speaker(person=who, speaker=speaker),
            lambda who=stranger: put_on_record(person=who, statements=[]),
            lambda who=stranger: sent(who, talk),
            lambda who=stranger: take_in(person=who, sent=waiting, labels={}, names={}),
        ):
            with pytest.raises(NotAllowedError):
                verb()


def test_names_are_replaced_as_whole_words_longest_first_in_any_writing():
    labels = {"Anna": "A", "Anna Neri": "B", "D'Alì": "C"}
    assert replace_names("ANNA  NERI e Annamaria con d'Alì, anna.", labels) == "B e Annamaria con C, A."
    assert replace_names("D'Ali\u0300 parla", labels) == "C parla"
    assert replace_names("niente", {}) == "niente"
    found = names_proposed(
        ["Parla la dott.ssa Neri con Ugo Foscolo Verdi a San Mauro Torinese. Rossi tace."],
        known=["Mario Rossi"],
        not_names=["San Mauro Torinese"],
    )
    assert found[0] == "Rossi"
    assert {"Neri", "Ugo Foscolo Verdi"} <= set(found)
    assert "San Mauro Torinese" not in found
    left = still_there(["Il sindaco di Balme", "Torino"], known=["Torino"], small_places=["Balme"])
    assert [(one.kind, one.turn) for one in left] == [("role_in_small_place", 1), ("name", 2)]


def test_at_the_desk_from_the_talk_to_words_that_may_be_quoted(client, office):
    from django.core.files.uploadedfile import SimpleUploadedFile

    edition = a_small_plan()
    client.force_login(office)
    new = reverse("desk:new_talk")
    assert client.get(new).status_code == 200
    facts = {"edition": edition.pk, "kind": "interview", "title": "Colloquio 1", "state": "held", "level": "unnamed"}
    assert "giorno" in client.post(new, facts).content.decode()
    at = client.post(new, {**facts, "held_on": "2026-05-03"}).url
    wrong = client.post(at, {"verb": "send", "file": SimpleUploadedFile("x.doc", b"\xd0\xcf\x11\xe0 vecchio")})
    assert wrong.status_code == 400
    look = client.post(at, {"verb": "send", "file": SimpleUploadedFile("x.txt", SAID.encode())}).url
    page = client.get(look).content.decode()
    assert "Anna Bianchi" in page
    client.post(look, {"label-0": "", "label-1": "Voce 1", "names": "Anna Bianchi = [collega]\nBalme = [comune]"})
    speaker = Speaker.objects.get(label="Voce 1")
    consent = {"speaker": speaker.pk, "uses": ["take_part", "quote"], "text_version": "1", "given_on": "2026-05-03"}
    client.post(at, {"verb": "consent", **consent})
    key = Statement.objects.filter(speaker=speaker).first().pk
    client.post(at, {"verb": "record", "chosen": key})
    assert (
        Statement.objects.quotable().get().text == "Gli autobus la sera. Lo dice anche [collega], sindaca di [comune]."
    )
    assert "1" in client.get(reverse("desk:talks")).content.decode()
    asked = client.post(at, {"verb": "erase", "speaker": speaker.pk}).content.decode()
    assert "Cancellare" in asked
    assert not Speaker.objects.get(pk=speaker.pk).erased
    for use in ("take_part", "transcribe"):
        agreement, _made = speaker.consents.get_or_create(
            use=use, withdrawn_on=None, defaults={"text_version": "v1", "given_on": "2026-01-01"}
        )
        asked = client.post(at, {"verb": "withdraw", "consent": agreement.pk}).content.decode()
        assert "Cancellare" in asked, "who no longer agrees to be heard is erased: that is asked as well"
        assert not Speaker.objects.get(pk=speaker.pk).erased
    client.post(at, {"verb": "erase", "speaker": speaker.pk, "sure": "1"})
    assert "autobus" not in client.get(at).content.decode()
    for odd in (
        {"verb": "x"},
        {"verb": "record"},
        {"verb": "withdraw", "consent": "x"},
        {"verb": "erase", "speaker": "9" * 30},
    ):
        assert client.post(at, odd).status_code in {302, 404}
    assert not Talk.objects.filter(title__contains="Colloquio").exists(), "its title could name her"


def a_talk_that_names_her(office, talk):
    """Her name in the office's words, in what another said, in how she agreed; and somebody of a like name."""
    change_talk(
        person=office, talk=talk, facts={"title": "Colloquio con Zelinda Mastrocola", "topics": "Mastrocola, bus"}
    )
    facts = {"name": "Zelinda Mastrocola", "email": "zelinda@via.example", "role": "sindaca"}
    her = add_speaker(person=office, talk=talk, facts=facts)
    other = add_speaker(person=office, talk=talk, facts={"name": "Ugo Neri", "label": "Voce ospite"})
    said = Statement.objects.create(talk=talk, position=1, speaker=other, text="Lo dice Zelinda  mastrocola, e io pure")
    give_consent(
        person=office,
        speaker=her,
        use="take_part",
        text_version="1",
        given_on=timezone.localdate(),
        how="foglio Mastrocola",
    )
    return her, said


@pytest.mark.parametrize("way", ["erased", "forgotten", "withdrawn"])
def test_her_name_leaves_what_others_wrote_too(office, talk, way):
    her, said = a_talk_that_names_her(office, talk)
    if way == "erased":
        erase_speaker(person=office, speaker=her)
    elif way == "withdrawn":
        withdraw_consent(person=office, consent=Consent.objects.get())
    else:
        Speaker.objects.filter(pk=her.pk).update(forget_on=timezone.localdate())
        before = PublicRevision.objects.get().number
        assert forget_talks(timezone.now()) == 1
        assert PublicRevision.objects.get().number > before
        assert forget_talks(timezone.now()) == 0, "once"
    told = everything().casefold()
    assert [one for one in ("zelinda", "mastrocola", "zelinda@via.example") if one in told] == []
    said.refresh_from_db()
    assert said.text == "Lo dice Voce 1, e io pure", "what another said stays"
    talk.refresh_from_db()
    assert talk.title == "Colloquio con Voce 1"
    assert Speaker.objects.get(label="Voce ospite").name == "Ugo Neri"


def test_a_label_made_of_her_name_goes_with_it(office, talk):
    text = "MODERATRICE: Che cosa?\nADA MASTROCOLA: Bus.\nMODERATRICE: E poi?\nADA MASTROCOLA: Treni.\n"
    waiting = sent(office, talk, text)
    take_in(person=office, sent=waiting, labels={"ADA MASTROCOLA": "A. Mastrocola"}, names={})
    erase_speaker(person=office, speaker=talk.speakers.get())
    assert "mastrocola" not in everything().casefold()


def test_a_name_that_begins_like_a_secret_of_ours_opens_as_any_other(office, talk):
    made = add_speaker(person=office, talk=talk, facts={"name": "enc1:Rossi", "label": ""})
    assert Speaker.objects.get(pk=made.pk).name == "enc1:Rossi"
    assert "enc1:Rossi" not in everything()


def test_a_transcript_that_is_none_keeps_nobody_waiting(office, talk):
    """400 KB with two thousand names held a process for minutes, each time the page was shown."""
    many = "\n".join(f"PERSONA{n % 300:03d} NERI: sì" for n in range(600))
    for text, code in ((many, "transcript_too_many_speakers"), ("la " * 700_000, "transcript_too_long")):
        with pytest.raises(RefusedError) as refusal:
            sent(office, talk, text)
        assert refusal.value.code == code
    names = [f"Nome{n} Cognome{n}" for n in range(2_000)]
    words = [f"{name} parla del sindaco di Balme" for name in names]
    before = time.thread_time()
    assert set(names) <= set(names_proposed(words, known=names))
    places = [f"Comune{n}" for n in range(60)] + ["Balme"]
    assert len(still_there(words, known=names[:200], small_places=places)) == 2_200
    assert time.thread_time() - before < 10
