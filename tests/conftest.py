"""What every test may use."""

import gc
import os
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.utils import translation

from tests.database import clear_orphans, clone, drop, lay_copy, migrated_file, remove
from tests.measured import PROPERTY, Measurement, files_of_tests, processor_seconds, slow_files

# Where it is set, this process and each that a test starts compile 2,000 modules anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

TESTS = Path(__file__).resolve().parent
SLOW_FILES = slow_files(files=files_of_tests())
MEASUREMENT = Measurement()
BEGAN = pytest.StashKey[float]()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The tests find their database there already."""
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """The database of this process is a copy of a migrated one, and nothing is left to migrate."""
    database = django_settings.DATABASES["default"]
    database["TEST"]["MIGRATE"] = False
    if database["ENGINE"] == "django.db.backends.sqlite3":
        file = Path(database["TEST"]["NAME"])
        clear_orphans(file.parent)
        lay_copy(migrated_file(file.parent), file)
        yield
        remove(file)
    else:
        server = os.environ["AUMENTA_DATABASE_URL"]
        name = database["TEST"]["NAME"] = database["TEST"]["NAME"] or f"test_{database['NAME']}"
        clone(server, name)
        yield
        drop(server, name)


@pytest.fixture(autouse=True)
def _in_italian() -> None:
    """A command that spoke English must not leave the next test in English."""
    translation.activate("it")


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """No test sees a page, or anything else, that another one made: their databases count revisions from 1 again."""
    from aumenta.core.process_cache import forget_everything
    from aumenta.opendata.api.limits import MINUTES

    # A one-time code is good once: the next test's person has the same number, and may have the same secret.
    cache.clear()
    # All tests of a process ask from one network, hundreds of times a minute.
    MINUTES.clear()
    forget_everything()


def pytest_itemcollected(item: pytest.Item) -> None:
    """Files that take long are left out where somebody wants an answer within a minute."""
    if item.path.relative_to(TESTS).as_posix() in SLOW_FILES:
        item.add_marker(pytest.mark.slow)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Note what each test takes of the processor, where that was asked for."""
    item.stash[BEGAN] = processor_seconds()
    return (yield)


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """The last report of a test carries it; workers' reports come to the process that started them."""
    item.user_properties.append((PROPERTY, processor_seconds() - item.stash[BEGAN]))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add up what each file takes."""
    if report.when == "teardown":
        MEASUREMENT.add(report.nodeid, report.user_properties)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Where it was asked for, keep it."""
    if os.environ.get("AUMENTA_MEASURE_TESTS") and not hasattr(session.config, "workerinput"):
        MEASUREMENT.keep()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The races first: whatever takes long and starts last is waited for by everybody who is done."""
    items.sort(key=lambda item: Path(item.path).name != "test_review_race.py")


def pytest_collection_finish() -> None:
    """What was imported up to now stays to the end: looking through it again and again for something to throw away
    took a seventh of the whole time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def pytest_configure() -> None:
    """What costs time or says nothing in tests."""
    # Passwords in tests need not withstand anybody: the real hash costs a third of a second each.
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    _check_every_page()
    # Nobody needs their databases after a power cut, and a disk that is busy must not look like a lock that is held.
    options = django_settings.DATABASES["default"].get("OPTIONS", {})
    if "init_command" in options:
        options["init_command"] = options["init_command"].replace("synchronous=NORMAL", "synchronous=OFF")
        # A whole plan that stands in a transaction for a module of tests fits into this; 2 MB were read from the disk
        # again and again.
        options["init_command"] += "; PRAGMA cache_size=-65536"
    # WhiteNoise warns of a folder that is not there, every time a server is made.
    Path(django_settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


def _check_every_page() -> None:
    """Whatever page a test asks for: each of its forms can be sent."""
    from django.test import Client

    from tests.forms_met import check_page

    request = Client.request

    def checked(client: Client, **asked: object) -> object:
        response = request(client, **asked)
        check_page(response)
        return response

    Client.request = checked  # type: ignore[method-assign,assignment]


# How long one example takes says how busy the machine is: speed is measured by `make bench`.
# New examples each time, in CI too: `tools/run_tests.py` prints the seed that draws them again.
hypothesis.settings.register_profile(
    "aumenta",
    deadline=None,
    # How long drawing examples takes says how busy the machine is.
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("aumenta")


@pytest.fixture
def in_2029(monkeypatch: pytest.MonkeyPatch) -> None:
    """The steps of acts in tests lie before 2030, whatever the clock of the machine says: none is in the future."""
    monkeypatch.setattr("aumenta.governance.road.machine.today", lambda: date(2029, 12, 31))


@pytest.fixture
def refused_in_short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where hundreds of addresses refuse alike: each kind of refusal is shown as a page once, then only said."""
    from django.http import HttpRequest, HttpResponse
    from django.urls import get_resolver

    from aumenta.config import urls

    def in_short(status: int) -> Callable[..., HttpResponse]:
        whole: Callable[..., HttpResponse] = get_resolver().resolve_error_handler(status)
        shown = False

        def refuse(request: HttpRequest, exception: Exception) -> HttpResponse:
            nonlocal shown
            if shown:
                return HttpResponse(status=status)
            shown = True
            return whole(request, exception=exception)

        return refuse

    for status in (403, 404):
        monkeypatch.setattr(urls, f"handler{status}", in_short(status), raising=False)
