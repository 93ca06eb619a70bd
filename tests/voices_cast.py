"""Invented consultations and what is written to them."""

from datetime import timedelta
from io import BytesIO
from typing import Any

from django.utils import timezone
from PIL import Image

from aumenta.people.models import User
from aumenta.plan.models import Edition
from aumenta.voices.contributions.admit import admit
from aumenta.voices.contributions.publish_answers import publish_answers
from aumenta.voices.contributions.receive import Part, Received, Sender, receive_contribution
from aumenta.voices.contributions.write_answer import Said, review_answer, write_answer
from aumenta.voices.models import Answer, Consultation, Contribution
from tests.cast import somebody


def a_consultation(edition: Edition | None = None, slug: str = "consultazione-di-prova", **facts: Any) -> Consultation:
    """A consultation that is open today."""
    today = timezone.localdate()
    usual: dict[str, Any] = {
        "title_it": "Consultazione di prova",
        "title_en": "Sample consultation",
        "opens_on": today - timedelta(days=10),
        "closes_on": today + timedelta(days=10),
        "published_at": timezone.now(),
        "invented": True,
    }
    edition = edition or Edition.objects.filter(state="public").order_by("first_year").first()
    return Consultation.objects.get_or_create(slug=slug, defaults={**usual, **facts, "edition": edition})[0]


def received(consultation: Consultation, text: str = "Più treni la sera", **more: Any) -> Received:
    """What somebody sent to it."""
    sender = more.pop("sender", None) or Sender(email="ada@esempio.it", name="Ada Prova")
    parts = more.pop("parts", None) or [Part(text)]
    return receive_contribution(
        consultation=consultation, parts=parts, sender=sender, now=more.pop("now", timezone.now()), **more
    )


def a_photo(kind: str = "JPEG") -> bytes:
    """A picture that says where it was taken."""
    file = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Macchina di Ada"
    exif.get_ifd(0x8825)[1] = "N"
    Image.effect_noise((300, 200), 40).convert("RGB").save(file, kind, exif=exif)
    return file.getvalue()


def admitted(consultation: Consultation, text: str = "Più treni la sera", **more: Any) -> Contribution:
    """A contribution that the office admitted, which may be read unless its wish says otherwise."""
    kept = received(consultation, text, **{"wish": "unsigned", **more}).contribution
    return admit(person=somebody("editor"), contribution=kept)


def an_answer(contribution: Contribution, by: User, text: str = "Ci abbiamo pensato", **more: Any) -> Answer:
    """An answer to the whole of a contribution, not taken up unless said otherwise; it waits for a second reader."""
    said = Said(more.pop("outcome", "not"), text, **more)
    return write_answer(person=by, claims=list(contribution.claims.all()), said=said)


def answered(contribution: Contribution, text: str = "Ci abbiamo pensato", **more: Any) -> Answer:
    """A contribution with a published answer."""
    made, second = an_answer(contribution, somebody("editor"), text, **more), somebody("approver")
    review_answer(person=second, answer=made, revision=made.revision)
    assert contribution.consultation is not None
    publish_answers(person=second, consultation=contribution.consultation)
    made.refresh_from_db()
    return made
