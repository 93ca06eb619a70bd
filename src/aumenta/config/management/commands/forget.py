"""`aumenta forget`: what is held about somebody who asks, as a file for her; and its erasure, proven by a search."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from aumenta.core.words_of_libraries import in_the_readers_words
from aumenta.people.refusals import RefusedError, refusal_sentence
from aumenta.people.subjects import Held, Who, forget_person, held_about, where_it_stands


class Command(BaseCommand):
    """Without --erase nothing changes."""

    help = gettext_noop(
        "Say what is held about somebody, where and until when; --export FILE hands it out, --erase erases it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, and what to do."""
        parser.add_argument("email", nargs="?", default="", help=_("her e-mail address"))
        parser.add_argument("--name", default="", help=_("her name and surname, where no address is known with it"))
        parser.add_argument("--export", type=Path, help=_("write all of it into a JSON file, for her"))
        parser.add_argument(
            "--erase", action="store_true", help=_("erase it, and look for her in every table and file")
        )

    def handle(self, *, email: str, name: str, export: Path | None, erase: bool, **options: Any) -> None:
        """Exit status 1 where her words still stand somewhere after the erasure, 2 where nobody is named."""
        who = Who(email.strip(), name.strip())
        if not who.words or (email and "@" not in email):
            raise CommandError(_("Say who: an e-mail address, or --name."), returncode=2)
        found = held_about(who)
        for held in found:
            self.stdout.write(_("%(what)s, until: %(until)s") % {"what": held.what, "until": held.until})
            for label, value in held.said.items():
                if value:
                    self.stdout.write(f"    {label}: {value}")
        if not found:
            self.stdout.write(_("No row is about her."))
        if export is not None:
            self._export(export, who, found)
        if erase:
            self._erase(who)
        elif stands := self._lines(where_it_stands(who)):
            self.stdout.write(_("Her words stand in:"))
            self.stdout.write(stands)

    def _export(self, file: Path, who: Who, found: list[Held]) -> None:
        rows = [{"what": held.what, "until": held.until, **held.said} for held in found]
        said = {"about": who.words, "at": timezone.now().isoformat(), "held": rows}
        try:
            file.touch(mode=0o600)
            file.write_text(json.dumps(said, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        except OSError as fault:
            told = {"file": file, "fault": in_the_readers_words(fault.strerror or "", _)}
            raise CommandError(_("%(file)s can't be written: %(fault)s.") % told, returncode=2) from fault

    def _erase(self, who: Who) -> None:
        try:
            done = forget_person(who=who, person=None)
        except RefusedError as refusal:
            raise CommandError(refusal_sentence(refusal), returncode=2) from refusal
        self.stdout.write(_("Erased: %(count)d.") % {"count": done.erased})
        for held in done.kept:
            self.stdout.write(_("Kept: %(what)s, %(why)s.") % {"what": held.what, "why": held.why_not})
        if stands := self._lines(done.left):
            self.stdout.write(_("Her words still stand in what others wrote, or in what is kept: look there by hand."))
            raise CommandError(stands)
        words = _("Looked for in every table and file: not found. Backups made before hold it until they are deleted.")
        self.stdout.write(words)

    def _lines(self, left: dict[str, list[str]]) -> str:
        return "\n".join(f"    {word}: {', '.join(places)}" for word, places in left.items() if places)
