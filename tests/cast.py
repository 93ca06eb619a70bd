"""The cast: the people and the plan that tests share. All of it is invented, save the frameworks' own tables."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from aumenta.people.models import User
from aumenta.plan.load_frameworks import load_frameworks
from aumenta.plan.models import (
    Action,
    Actor,
    Alignment,
    Axis,
    Edition,
    Example,
    FrameworkItem,
    Involvement,
    ItemAlias,
    Link,
    Plan,
    Strategy,
    StrategyAlignment,
)

ALIGNED = {
    "pnrr": (1, 3),
    "eu_cohesion": (1, 4),
    "eu_programme": (0, 4),
    "own_instrument": (0, 3),
    "higher_instrument": (0, 1),
}
"""Frameworks that invented actions are aligned to: at least and at most how many items each."""

NOUNS = (
    "mobilità rete scuola bosco fiume lavoro cultura impresa quartiere montagna energia acqua piazza biblioteca "
    "cittadinanza formazione ricerca turismo salute suolo rifiuto bicicletta stazione archivio orto cantiere"
).split()
QUALITIES = (
    "sostenibile condivisa metropolitana digitale accessibile circolare inclusiva diffusa montana pubblica aperta "
    "resiliente partecipata sicura leggera nuova"
).split()
WORDS = (*NOUNS, *QUALITIES, "e", "della")
VERBS = "Rigenerare Mettere-in-rete Sostenere Ripensare Aprire Misurare Collegare Proteggere Coltivare Riusare".split()
ENGLISH = "network school forest river work culture firm district mountain energy water square library".split()


@contextmanager
def standing(django_db_blocker: Any, build: Callable[[], object]) -> Iterator[None]:
    """What `build` makes stands in the database for all tests of a module, and is taken away after them.

    For a module-scoped fixture that also asks for `django_db_setup`; what each test changes is undone as always.
    """
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        try:
            if connection.vendor == "sqlite":
                # Whatever tests of whole transactions numbered before, addresses with a number are the same again.
                with connection.cursor() as cursor:
                    cursor.execute("UPDATE sqlite_sequence SET seq = 0")
            build()
            yield
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


def a_person(email: str = "ada@esempio.it", **fields: object) -> User:
    """Somebody with an account and the password «una parola lunga»."""
    return User.objects.create_user(email, "una parola lunga", **fields)


def a_plan(
    *, label: str = "2021-2023", axes: int = 6, strategies: int = 24, actions: int = 111, state: str = "public"
) -> Edition:
    """An edition with invented axes, strategies and actions, spread evenly, always the same for the same numbers.

    The frameworks are those the project ships. Of the sheets' fields some are left empty, as in a real plan.
    """
    invent = random.Random(f"{label}/{actions}")
    load_frameworks()
    plan, _made = Plan.objects.get_or_create(
        slug="esempia",
        defaults={
            "name_it": "Esempia metropoli",
            "name_en": "Esempia metropolis",
            "authority_it": "Città metropolitana di Esempia",
            "authority_en": "Metropolitan City of Esempia",
            "website": "https://www.esempio.it/piano",
        },
    )
    edition = Edition.objects.create(
        plan=plan,
        label=label,
        title_it=f"Esempia metropoli {label}",
        title_en=f"Esempia metropolis {label}",
        first_year=int(label[:4]),
        last_year=int(label[5:]),
        state=state,
        source="Piano inventato per le prove",
    )
    made_axes = Axis.objects.bulk_create(
        Axis(edition=edition, number=n, title_it=f"Esempia {QUALITIES[n % 16]}", title_en=f"Esempia axis {n}")
        for n in range(1, axes + 1)
    )
    made = Strategy.objects.bulk_create(
        Strategy(
            axis=made_axes[n % axes],
            number=n // axes + 1,
            title_it=_title(invent),
            title_en=f"A strategy for the {invent.choice(ENGLISH)}" if n % 2 else "",
            purpose_it=f"<p>{_sentence(invent, 30)}</p>",
        )
        for n in range(strategies)
    )
    _write_actions(invent, made, actions)
    charter = list(FrameworkItem.objects.filter(framework__code="carta_bologna"))
    StrategyAlignment.objects.bulk_create(
        StrategyAlignment(strategy=strategy, item=charter[n % len(charter)]) for n, strategy in enumerate(made)
    )
    return edition


def _write_actions(invent: random.Random, strategies: list[Strategy], how_many: int) -> None:
    made = Action.objects.bulk_create(
        Action(
            strategy=strategies[n % len(strategies)],
            number=n // len(strategies) + 1,
            title_it=_title(invent),
            title_en=f"An action for the {invent.choice(ENGLISH)}" if n % 3 else "",
            summary_it=_sentence(invent, 18),
            summary_en=f"It brings the {invent.choice(ENGLISH)} to everybody." if n % 3 else "",
            description_it=f"<p>{_sentence(invent, 60)}</p><p>{_sentence(invent, 60)}</p>" if n % 10 else "",
        )
        for n in range(how_many)
    )
    actors = list(Actor.objects.all())
    Involvement.objects.bulk_create(
        Involvement(action=action, actor=actor, position=position)
        for action in made
        for position, actor in enumerate(invent.sample(actors, invent.randint(1, 8)))
    )
    for code, (fewest, most) in ALIGNED.items():
        items = list(FrameworkItem.objects.filter(framework__code=code, children__isnull=True))
        printed: dict[int, str] = {}
        for alias in ItemAlias.objects.filter(item__in=items):
            printed.setdefault(alias.item_id, alias.printed)
        # Every seventh action has no fund, and the last item of each framework serves nothing: there are gaps to show.
        Alignment.objects.bulk_create(
            Alignment(
                action=action,
                item=item,
                position=position,
                role="primary" if position < 3 else "possible_integration",
                printed=printed.get(item.pk, ""),
            )
            for n, action in enumerate(made)
            if n % 7
            for position, item in enumerate(invent.sample(items[:-1], invent.randint(fewest, most)))
        )
    Example.objects.bulk_create(
        Example(action=action, position=position, text_it=_sentence(invent, 12))
        for n, action in enumerate(made)
        for position in range(n % 4)
    )
    Link.objects.bulk_create(
        Link(action=action, position=0, address=f"https://www.esempio.it/{n}", label="")
        for n, action in enumerate(made)
        if n % 5 == 0
    )


def _title(invent: random.Random) -> str:
    first, second = (f"{invent.choice(NOUNS)} {invent.choice(QUALITIES)}" for _ in range(2))
    return f"{invent.choice(VERBS).replace('-', ' ')} {first} e {second}"


def _sentence(invent: random.Random, length: int) -> str:
    words = " ".join(invent.choice(WORDS) for _ in range(length))
    return f"{words.capitalize()}."


def somebody(role: str, *, axes: tuple[Axis, ...] = (), answers_for: tuple[Action, ...] = (), email: str = "") -> User:
    """Somebody who holds a role: an editor of `axes`, a referent whose organisation answers for some actions."""
    from aumenta.people.models import Grant, Organisation
    from aumenta.plan.models import AxisEditor, Responsibility

    n = User.objects.count()
    person = a_person(email or f"{role}{n}@esempio.it", full_name=f"{role.title()} {n}")
    organisation = None
    if role == "referent":
        organisation = Organisation.objects.create(slug=f"comune-{n}", name_it=f"Comune di Esempia {n}")
        Responsibility.objects.bulk_create(Responsibility(action=a, organisation=organisation) for a in answers_for)
    Grant.objects.create(person=person, role=role, organisation=organisation)
    AxisEditor.objects.bulk_create(AxisEditor(axis=axis, person=person) for axis in axes)
    return person


def a_small_plan(*, label: str = "2021-2023", state: str = "public") -> Edition:
    """Two axes, two strategies, four actions, three actors and two framework items: enough to edit, quick to make."""
    from aumenta.plan.models import Framework

    plan, _made = Plan.objects.get_or_create(slug="esempia", defaults={"name_it": "Esempia", "authority_it": "Esempia"})
    edition = Edition.objects.create(
        plan=plan, label=label, title_it="Esempia", first_year=int(label[:4]), last_year=int(label[5:]), state=state
    )
    framework, _made = Framework.objects.get_or_create(code="pnrr", defaults={"name_it": "PNRR", "brings_funds": True})
    for n in (1, 2):
        FrameworkItem.objects.get_or_create(
            framework=framework, slug=f"m{n}c1", defaults={"code": f"M{n}C1", "name_it": f"Componente {n}"}
        )
    actors = [
        Actor.objects.get_or_create(slug=slug, defaults={"name_it": name})[0]
        for slug, name in (("comuni", "Comuni"), ("universita", "Università"), ("imprese", "Imprese"))
    ]
    for n in (1, 2):
        axis = Axis.objects.create(edition=edition, number=n, title_it=f"Asse {n}")
        strategy = Strategy.objects.create(axis=axis, number=1, title_it=f"Strategia {n}.1")
        for m in (1, 2):
            action = Action.objects.create(
                strategy=strategy,
                number=m,
                title_it=f"Azione {n}.1.{m}",
                summary_it="Una frase che tutti capiscono.",
                description_it="<p>La rete ciclabile collega i comuni.</p>",
            )
            Involvement.objects.create(action=action, actor=actors[m], position=1)
    return edition
