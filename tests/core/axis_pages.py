"""An invented plan as an authority's web pages, one for each axis, in the two shapes that such pages have.

25 strategies and 113 actions, as many as the adopted plan of Turin has; no sentence is anybody's but ours. What was
put in is what must come out.
"""

import html
import random
from dataclasses import dataclass
from itertools import count

STRATEGIES = (5, 5, 4, 3, 5, 3)
ACTIONS = 113
AXES = (
    "Acque, mulini e canali",
    "Boschi e pascoli",
    "Strade d’erba",
    "Scuole all’aperto",
    "Case e cortili",
    "Salute dei sentieri",
)
VERBS = ("Aprire", "Curare", "Mappare", "Riunire", "Sostenere", "Provare", "Rendere visibili", "Custodire")
THINGS = ("i canali minori", "le rive alte", "gli orti comuni", "le corti rurali", "i ponti di legno", "le fontane")
PLACES = ("della pianura", "delle valli", "nei borghi", "lungo il fiume", "tra città e montagna", "in collina")
ENDS = (
    "anche con chi li abita da sempre e con le scuole vicine",
    "al fine di ridurre l’acqua perduta e di dare lavoro ai più giovani",
    "attraverso patti tra Comuni, consorzi e associazioni di cammino",
    "con attenzione alle età e alle stagioni; una mappa ne terrà conto",
    "perché più persone possano raggiungerli senz’auto",
)


@dataclass(frozen=True)
class Action:
    """A code and its sentence, or its title and description."""

    code: str
    title: str
    text: str


@dataclass(frozen=True)
class Strategy:
    """A strategy with its aim and its actions."""

    code: str
    title: str
    aim: str
    actions: tuple[Action, ...]


@dataclass(frozen=True)
class Axis:
    """An axis with its aim and its strategies."""

    number: int
    title: str
    aim: str
    strategies: tuple[Strategy, ...]


def invented_axes(seed: int = 7) -> tuple[Axis, ...]:
    """The six axes: sentences of 12 to 60 words, some with colons, brackets, dashes and numbers in them."""
    chance = random.Random(seed)
    per_strategy = [ACTIONS // sum(STRATEGIES)] * sum(STRATEGIES)
    for extra in range(ACTIONS - sum(per_strategy)):
        per_strategy[extra] += 1
    numbers = iter(per_strategy)
    return tuple(
        Axis(
            number,
            AXES[number - 1],
            f"L’asse {number} vuole {_phrase(chance).lower()}, {chance.choice(ENDS)}.",
            tuple(_strategy(f"{number}.{n}", next(numbers), chance) for n in range(1, strategies + 1)),
        )
        for number, strategies in enumerate(STRATEGIES, start=1)
    )


def _phrase(chance: random.Random) -> str:
    return f"{chance.choice(VERBS)} {chance.choice(THINGS)} {chance.choice(PLACES)}"


def _sentence(chance: random.Random) -> str:
    middle = chance.choice(
        ["", " (almeno 12 su 30)", " – strada per strada –", ": prima le più fragili", ", dall’alto"]
    )
    more = f" e {_phrase(chance).lower()}" * chance.randint(0, 3)
    return f"{_phrase(chance)}{middle}{more}, {chance.choice(ENDS)}{chance.choice(['', '.'])}"


def _strategy(code: str, actions: int, chance: random.Random) -> Strategy:
    return Strategy(
        code,
        f"{_phrase(chance)} {code.replace('.', ' e ')}",
        f"La strategia mira a {_phrase(chance).lower()}, {chance.choice(ENDS)}.",
        tuple(Action(f"{code}.{n}", _phrase(chance), _sentence(chance)) for n in range(1, actions + 1)),
    )


def adopted_text(axis: Axis, *, dash: str = "-", bullet: str = "  • ") -> str:
    """A page as somebody copies it: a sentence is title and text of its action."""
    lines = [f"Asse {axis.number} {dash} {axis.title}", axis.aim, _download(axis), ""]
    for strategy in axis.strategies:
        lines += [f"Strategia {strategy.code} {dash} {strategy.title}", strategy.aim]
        lines += [f"{bullet}Azione {action.code} {dash} {action.text}" for action in strategy.actions]
    return "\n".join(lines) + "\n"


def earlier_text(axis: Axis) -> str:
    """A page of the edition before: codes in small letters, no dash, the description on the next line."""
    lines = [f"Asse {axis.number} - {axis.title}", axis.aim, _download(axis), ""]
    for strategy in axis.strategies:
        lines += [f"strategia {strategy.code} {strategy.title}", strategy.aim, ""]
        for action in strategy.actions:
            lines += [f"azione {action.code} {action.title}", action.text, ""]
    return "\n".join(lines) + "\n"


def adopted_page(axis: Axis, *, main: bool = True, charset: str = "utf-8") -> str:
    """The whole saved page: a menu of all axes, a way back, the plan, and the foot of the site."""
    body = [f"<h1>Asse {axis.number}&nbsp;- {_text(axis.title)}</h1>", f"<p>{_text(axis.aim)}</p>"]
    body.append(f'<p><a href="/scheda-{axis.number}.pdf">{_text(_download(axis))}</a></p>')
    for strategy in axis.strategies:
        body.append(f"<h2><strong>Strategia {strategy.code}</strong> &ndash; {_text(strategy.title)}</h2>")
        body.append(f"<p>{_text(strategy.aim)}</p>\n<ul>")
        body += [
            f"  <li><strong>Azione {action.code}</strong> - {_broken(_text(action.text))}</li>"
            for action in strategy.actions
        ]
        body.append("</ul>")
    return _page(axis, body, main=main, charset=charset)


def earlier_page(axis: Axis, *, main: bool = False) -> str:
    """The same for the edition before, whose pages are divs and paragraphs."""
    body = [f"<h1>Asse {axis.number} - {_text(axis.title)}</h1>", f"<div>{_text(axis.aim)}</div>"]
    for strategy in axis.strategies:
        body.append(f"<h3>strategia {strategy.code} {_text(strategy.title)}</h3><p>{_text(strategy.aim)}</p>")
        body += [
            f"<p><strong>azione {action.code} {_text(action.title)}</strong><br>\n{_text(action.text)}</p>"
            for action in strategy.actions
        ]
    return _page(axis, body, main=main, charset="utf-8")


def _download(axis: Axis) -> str:
    return f"Puoi scaricare la scheda dell'Asse {axis.number} in formato aperto (pdf)"


def _page(axis: Axis, body: list[str], *, main: bool, charset: str) -> str:
    menu = "".join(f"<li><a href='/asse-{n}'>Asse {n} - {_text(name)}</a></li>" for n, name in zip(count(1), AXES))
    tag = "main" if main else "div"
    return (
        f"<!DOCTYPE html>\n<html lang='it'><head><meta charset='{charset}'><title>Asse {axis.number} | PSM</title>"
        "<style>.azione { color: red }</style><script>var azione = '9.9.9';</script></head>\n<body>"
        f"<header><a href='/'>Città di prova</a><ul>{menu}</ul></header>\n<p>Ti trovi in: Home / Piano / Assi</p>"
        f"<{tag} class='contenuto'>{chr(10).join(body)}</{tag}>"
        "<div><p>Ultimo aggiornamento: 3 marzo 2025</p><p>Quanto sono chiare le informazioni?</p></div>"
        f"<ul>{menu}</ul><footer><p>Corso di prova 1, 10100</p></footer></body></html>\n"
    )


def _text(value: str) -> str:
    return html.escape(value, quote=False)


def _broken(value: str) -> str:
    """Line ends in the markup mean nothing."""
    return value.replace(", ", ",\n        ")
