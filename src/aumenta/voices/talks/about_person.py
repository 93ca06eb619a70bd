"""Who was heard in an interview, where she asks what is held about her. Names are encrypted: each row is read."""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from aumenta.people.dates import day_in_words
from aumenta.people.models import User
from aumenta.people.subjects import Held, Who
from aumenta.voices.models import Speaker
from aumenta.voices.talks.keep_talks import erase_speaker_again


def find_speakers(who: Who) -> Iterator[Held]:
    """Where she was heard: who she is, and what she said there."""
    for speaker in Speaker.objects.filter(erased=False).select_related("talk").prefetch_related("statements"):
        if not who.is_named(speaker.email, speaker.name):
            continue
        said = {
            _("talk"): str(speaker.talk),
            _("name and surname"): speaker.name,
            _("e-mail"): speaker.email,
            _("role on that day"): speaker.role,
            _("what was said"): "\n".join(one.text for one in speaker.statements.all()),
        }
        yield Held(_("interview or focus group"), said, day_in_words(speaker.forget_on), _erasing(speaker))


def _erasing(speaker: Speaker) -> Callable[[User | None], object]:
    return lambda _person: erase_speaker_again(str(speaker.pk))
