"""The environment of an installation, read and checked: what is wrong is one sentence with the variable, its value and
what to write, in the language of the console. Nothing here needs Django to be set up."""

import gettext
import os
import re
import secrets
from collections.abc import Mapping
from difflib import get_close_matches
from email.utils import parseaddr
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from aumenta.core.words_of_libraries import in_the_readers_words

PACKAGE: Final = Path(__file__).resolve().parent.parent
PREFIX: Final = "AUMENTA_"
ENGINES: Final = {"sqlite": "sqlite3", "postgres": "postgresql", "postgresql": "postgresql"}
SHORTEST_KEY: Final = 32
FEWEST_SIGNS: Final = 8
"""Different signs of a key: one letter forty times is long and still no secret."""
HOST: Final = re.compile(r"\*|\.?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]", re.IGNORECASE)
VARIABLES: Final = frozenset(
    "DATA DATABASE_URL DEBUG SECRET_KEY FORMER_SECRET_KEYS SECOND_FACTOR HOSTS ORIGINS PUBLIC_ADDRESS TABLE_DAYS "
    "PROXIES MAIL_HOST MAIL_PORT MAIL_USER MAIL_PASSWORD MAIL_SECURITY MAIL_TIMEOUT MAIL_FROM OIDC_ADDRESS OIDC_NAME "
    "OIDC_CLIENT OIDC_SECRET OIDC_STRONG API_PER_MINUTE BACKUPS BACKUP_KEY BACKUPS_KEPT".split()
)
"""What an installation may set."""
OF_TESTS: Final = frozenset(
    "TEST_POSTGRES TEST_WORKERS TEST_SEED MEASURE_TESTS CHROMIUM FUZZ RACE_ROUNDS ROLL_ROUNDS SCHEDULES UPSTREAM "
    "SITE".split()
)
"""What only tests, measurements and the shipped proxies' configurations read."""


def console_language(environment: Mapping[str, str]) -> str:
    """«it» or «en», from the first of LC_ALL, LC_MESSAGES and LANG that is set."""
    locale = next((v for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := environment.get(name))), "")
    return "it" if locale.lower().startswith("it") else "en"


def _(sentence: str) -> str:
    """The sentence in the language of the console; Django's own translations need the settings that are read here."""
    languages = [console_language(os.environ)]
    catalog = gettext.translation("django", PACKAGE / "config" / "locale", languages, fallback=True)
    catalog.add_fallback(gettext.translation("django", PACKAGE / "core" / "locale", languages, fallback=True))
    return catalog.gettext(sentence)


def refuse(name: str, value: str, sentence: str) -> ImproperlyConfigured:
    """What to raise where `name` has a value that won't do; `sentence` says what to write."""
    told = {"name": PREFIX + name, "value": value if len(value) <= 80 else value[:79] + "…", "write": sentence}
    return ImproperlyConfigured(_("%(name)s is “%(value)s”: %(write)s") % told)


def text(name: str, default: str = "") -> str:
    """A text, without spaces around it; the default where it is not set or empty."""
    return os.environ.get(PREFIX + name, "").strip() or default


def needed(name: str, other: str) -> str:
    """A text that must be there because `other` is set; raises ImproperlyConfigured where it is not."""
    found = text(name)
    if not found:
        told = {"name": PREFIX + name, "other": PREFIX + other}
        raise ImproperlyConfigured(_("%(name)s is not set: it is needed where %(other)s is.") % told)
    return found


def switch(name: str, default: str) -> bool:
    """On or off; raises ImproperlyConfigured on anything else."""
    value = text(name, default)
    if value not in {"0", "1"}:
        raise refuse(name, value, _("write 1 for on or 0 for off."))
    return value == "1"


def number(name: str, default: int, most: int, least: int = 0) -> int:
    """A whole number from `least` to `most`; raises ImproperlyConfigured on anything else."""
    value = text(name, str(default))
    if not (value.isascii() and value.isdigit() and len(value) < 10 and least <= int(value) <= most):
        sentence = _("write a whole number from %(least)d to %(most)d.") % {"least": least, "most": most}
        raise refuse(name, value, sentence)
    return int(value)


def choice(name: str, default: str, choices: tuple[str, ...]) -> str:
    """One of `choices`; raises ImproperlyConfigured on anything else."""
    value = text(name, default)
    if value not in choices:
        raise refuse(name, value, _("write one of: %(choices)s.") % {"choices": ", ".join(choices)})
    return value


def words(name: str, default: str = "") -> list[str]:
    """What stands between commas, without spaces and without what is empty."""
    return [word for part in text(name, default).split(",") if (word := part.strip())]


def hosts(name: str, default: str) -> list[str]:
    """Names that a site answers to; raises ImproperlyConfigured where one is an address, or no name."""
    found = words(name, default)
    for one in found:
        if not HOST.fullmatch(one):
            raise refuse(
                name, one, _("write names alone, separated by commas, such as piano.example.it: no https://, no port.")
            )
    return found


def host(name: str) -> str:
    """The name of a machine, or nothing; raises ImproperlyConfigured where it is an address."""
    value = text(name)
    if value and (not HOST.fullmatch(_bracketed(value)) or "*" in value):
        raise refuse(name, value, _("write the name alone, such as mail.example.it: no scheme, no port."))
    return value


def origins(name: str) -> list[str]:
    """Origins (scheme and name, without a path); raises ImproperlyConfigured where one is not."""
    found = words(name)
    for one in found:
        if not _is_address(one) or urlsplit(one).path:
            raise refuse(name, one, _("write scheme and name, such as https://piano.example.it, without a path."))
    return found


def address(name: str, default: str = "") -> str:
    """A web address without a slash at its end; raises ImproperlyConfigured where it has no scheme or name."""
    value = text(name, default).rstrip("/")
    if value and (not _is_address(value) or urlsplit(value).query):
        raise refuse(name, value, _("write a whole address, such as https://piano.example.it."))
    return value


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
        has_port = parts.port is None or parts.port > 0
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(HOST.fullmatch(_bracketed(parts.hostname or ""))) and has_port


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def mailbox(name: str, default: str) -> str:
    """A sender, as an address or as «Name <address>»; raises ImproperlyConfigured where there is no address."""
    value = text(name, default)
    if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", parseaddr(value)[1]) or "\n" in value:
        raise refuse(name, value, _("write an e-mail address, or Name <address>."))
    return value


def keys(name: str) -> list[str]:
    """Keys that sign and encrypt; raises ImproperlyConfigured where one could be guessed. A key is never repeated."""
    found = words(name) if name == "FORMER_SECRET_KEYS" else [one for one in [text(name)] if one]
    for one in found:
        if name == "SECRET_KEY" and (len(one) < SHORTEST_KEY or len(set(one)) < FEWEST_SIGNS):
            sentence = _(
                "%(name)s can be guessed (%(signs)d signs): write at least %(least)d random ones, such as "
                "“openssl rand -base64 48” prints."
            )
            told = {"name": PREFIX + name, "signs": len(one), "least": SHORTEST_KEY}
            raise ImproperlyConfigured(sentence % told)
    return found


def data_folder(name: str) -> Path:
    """The folder of all that an installation keeps; made where it is not there.

    Where it is not set: `var` in a checkout, else the account's own folder for data, never inside the package. Raises
    ImproperlyConfigured where the folder can't be made or written, or lies inside the package.
    """
    value = os.environ.get(PREFIX + name)
    if value is not None and not value.strip():
        raise refuse(name, value, _("write the path of a folder, or leave it out."))
    folder = Path(value.strip()).expanduser().resolve() if value else _usual_folder()
    if folder == PACKAGE or PACKAGE in folder.parents:
        raise refuse(name, str(folder), _("write a folder outside the program: an upgrade would take the data away."))
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as fault:
        sentence = _("this folder can't be made (%(fault)s): write one in which this account may write.")
        raise refuse(name, str(folder), sentence % {"fault": in_the_readers_words(fault.strerror or "", _)}) from fault
    if not os.access(folder, os.W_OK | os.X_OK):
        raise refuse(name, str(folder), _("write a folder in which this account may write."))
    return folder


def folder(name: str) -> str:
    """The whole path of a folder that is there or can be made later, or nothing; raises ImproperlyConfigured where the
    path is not whole, or lies inside the program."""
    value = text(name)
    if value and not (Path(value).is_absolute() and PACKAGE not in Path(value).parents):
        raise refuse(name, value, _("write the whole path of a folder outside the program, such as /srv/backups."))
    return value


def public_key(name: str) -> str:
    """The public key that backups are encrypted to, or nothing; raises ImproperlyConfigured where it is none."""
    value = text(name)
    if value and not is_public_key(value):
        # Never repeated: it may be the private one.
        raise refuse(
            name, value[:4] + "…", _("write the public key that aumenta backup-key prints: it begins with age1.")
        )
    return value


def is_public_key(value: str) -> bool:
    """Whether this is a public key of age, as far as its signs say."""
    return bool(re.fullmatch(r"age1[02-9ac-hj-np-z]{58}", value))


def _usual_folder() -> Path:
    checkout = PACKAGE.parent.parent
    if (checkout / "pyproject.toml").exists():
        return checkout / "var"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "aumenta"


def database(name: str, default: str) -> dict[str, Any]:
    """Django's entry for a database address; raises ImproperlyConfigured where it is none. No password is repeated."""
    value = text(name, default)
    scheme = value.partition("://")[0]
    sentence = _("write postgres://user:password@host/name, or sqlite:////path/of/the/file.")
    if scheme not in ENGINES or "://" not in value:
        raise refuse(name, scheme if "://" in value else "…", sentence)
    try:
        entry: dict[str, Any] = dict(dj_database_url.parse(value, conn_max_age=60))
    except (ValueError, KeyError) as fault:
        raise refuse(name, f"{scheme}://…", sentence) from fault
    # A database in memory would be gone with the process.
    if entry.get("NAME") in {"", None, ":memory:"}:
        raise refuse(name, f"{scheme}://…", sentence)
    return entry


def refuse_unknown(environment: Mapping[str, str]) -> None:
    """Raise ImproperlyConfigured where a variable of ours is one that nothing reads: a typing error would be lost."""
    known = VARIABLES | OF_TESTS
    for name in sorted(environment):
        if name.startswith(PREFIX) and name.removeprefix(PREFIX) not in known:
            near = get_close_matches(name.removeprefix(PREFIX), VARIABLES, n=1)
            hint = _("Did you mean %(name)s?") % {"name": PREFIX + near[0]} if near else ""
            sentence = _("%(name)s is no setting of Aumenta: see docs/how-to/settings.md.") % {"name": name}
            raise ImproperlyConfigured(f"{sentence} {hint}".strip())


def kept_secret(path: Path) -> str:
    """The secret in a file that only this account may read; made where there is none."""
    if not path.exists():
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass  # another process was faster: then its secret is the one
        finally:
            fresh.unlink()
    return path.read_text(encoding="ascii")
