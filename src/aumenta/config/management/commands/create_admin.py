"""`aumenta create-admin EMAIL`: the first account of an installation."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from aumenta.people.create_administrator import create_administrator
from aumenta.people.models import User


class Command(BaseCommand):
    """Asks for a password, or reads it from the standard input, and makes an administrator."""

    help = gettext_noop("Make an administrator, or give an existing account a new password and that role.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the address, the name, and where the password comes from."""
        parser.add_argument("email")
        parser.add_argument("--name", default="", help=_("name and surname"))
        parser.add_argument(
            "--password-stdin", action="store_true", help=_("read the password from the standard input")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Check the address and the password; write nothing if one of them is not good."""
        email = options["email"].strip().lower()
        password = self._password(options["password_stdin"])
        try:
            validate_email(email)
            validate_password(password, User(email=email, full_name=options["name"]))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=2) from error
        create_administrator(email=email, password=password, full_name=options["name"])
        self.stdout.write(_("%(email)s is now an administrator.") % {"email": email})

    def _password(self, from_input: bool) -> str:
        if from_input:
            return sys.stdin.readline().rstrip("\n")
        first, second = getpass.getpass(_("Password: ")), getpass.getpass(_("The same again: "))
        if first != second:
            raise CommandError(_("The two passwords differ: nothing was made."), returncode=2)
        return first
