"""Prints an invented plan the way the plan of Turin is printed, with the defects that extraction has to mend."""

import json
import random
import textwrap
from dataclasses import dataclass, field, replace

from aumenta.core.extraction import (
    ActionSheet,
    AlignmentEntry,
    AxisEntry,
    PlanDocument,
    StrategyEntry,
)

LABELS = {
    "description": "descrizione",
    "examples": "esempi",
    "actors": "attori",
    "pnrr": "priorità PNRR",
    "eu_cohesion": "obiettivi della politica di coesione europea",
    "eu_programme": "programmi europei ad accesso diretto e CTE",
    "own_instruments": "strumenti e politiche CMTo interattivi",
    "higher_instruments": "altri strumenti/politiche sovraordinati",
}
AIM = "Scopo in poche parole."
# Each component has words of its own, as in a real plan.
NUMBERS = {f"{mission}.{place}": "abcdef"[mission - 1] * place for mission in range(1, 7) for place in range(1, 6)}
FURNITURE = (
    ["238 239La strategiaTorino metropoli aumentata: Piano Strategico Metropolitano 2021-2023", ""],
    ["Torino M", "etropoli più verde ed ecologica"],
    ["", " para di più"],
    [" Legenda", ""],
)


def invented_plan() -> PlanDocument:
    """Two axes, three strategies, four actions; no sentence of any real plan."""
    return PlanDocument(
        title="Torino metropoli aumentata: Piano Strategico Metropolitano 2021-2023",
        axes=(AxisEntry(1, "Acque e mulini", AIM), AxisEntry(2, "Ponti", AIM)),
        strategies=(
            StrategyEntry("1.1", 1, "Riaprire i canali della pianura", "Riportare acqua pulita nei canali.", (3, 6)),
            StrategyEntry("1.2", 1, "Far girare i mulini", "Rimettere in moto le ruote ferme.", ()),
            StrategyEntry("2.1", 2, "Unire le due rive", "Gettare passerelle dove mancano.", (8,)),
        ),
        actions=(
            ActionSheet(
                "1.1.1",
                "1.1",
                "Canali navigabili",
                "Ripulire gli alvei e segnare le rotte delle barche.",
                examples=("canaux de bourgogne", "canal & river trust"),
                actors=("Consorzi irrigui", "Comuni rivieraschi (es.: Acquanera, Pietrafonda)", "Barcaioli"),
                alignments=(
                    AlignmentEntry("pnrr", "2.4"),
                    AlignmentEntry("pnrr", "5.3", "possible_integration"),
                    AlignmentEntry("eu_cohesion", "OP2"),
                    AlignmentEntry("eu_cohesion", "OSb5"),
                    AlignmentEntry("eu_programme", "LIFE"),
                    AlignmentEntry("eu_programme", "Central Europe"),
                ),
                own_instruments=("Piano dei canali", "Carta delle chiuse"),
                higher_instruments=("Piano di bacino",),
                links=("https://canaux.example/bourgogne", "https://rivertrust.example/canal"),
            ),
            ActionSheet(
                "1.1.2",
                "1.1",
                "Sponde in fiore",
                "Seminare prati lungo gli argini.",
                actors=("Vivaisti", "Parco delle Risaie, delle Marcite e delle Rogge"),
                alignments=(AlignmentEntry("eu_cohesion", "OS7 FSE+"),),
            ),
            ActionSheet(
                "1.2.1",
                "1.2",
                "Farina a chilometro zero",
                "Macinare in paese il grano del paese.",
                actors=("Mugnai",),
                alignments=(AlignmentEntry("pnrr", "4", "possible_integration"),),
                higher_instruments=("Piano del grano",),
            ),
            ActionSheet("2.1.1", "2.1", "Passerelle leggere", "Posare passerelle di legno.", actors=("Carpentieri",)),
        ),
    )


def told(document: PlanDocument, kind: str) -> list[str]:
    """The texts of the problems of one kind."""
    return [problem.text for problem in document.problems if problem.kind == kind]


def without_lines(document: PlanDocument) -> PlanDocument:
    """The lines of the sheets aside, and the problems, which an invented plan doesn't have."""
    actions = tuple(replace(action, lines=(0, 0)) for action in document.actions)
    return replace(document, actions=actions, problems=())


@dataclass
class Printer:
    """How to print: the width of the lines, and a source of chance for blank lines, footers and broken words."""

    width: int = 60
    chance: random.Random | None = None
    footers: bool = False
    hyphens: bool = False
    lines: list[str] = field(default_factory=list)

    def print(self, document: PlanDocument) -> str:
        """The document's text."""
        self.lines = [document.title, "", "Premessa che non appartiene ad alcuna scheda.", ""]
        page: list[ActionSheet] = []
        header = ""
        for axis in document.axes:
            self.lines += ["", f"Asse {axis.number} - {axis.title}", ""]
            for strategy in (each for each in document.strategies if each.axis == axis.number):
                for action in (each for each in document.actions if each.strategy == strategy.code):
                    if header != strategy.code or self._by_chance(0.4):
                        self._links(page)
                        page = []
                        self._header(strategy, axis)
                        header = strategy.code
                    self._sheet(action)
                    page.append(action)
            self._links(page)
            page = []
        return "\n".join(self.lines) + "\n"

    def _by_chance(self, share: float) -> bool:
        return self.chance is not None and self.chance.random() < share

    def _header(self, strategy: StrategyEntry, axis: AxisEntry) -> None:
        dot = "." if self._by_chance(0.3) else ""
        self.lines += self._wrapped(f"strategia {strategy.code}{dot} {strategy.title}", hyphens=False)
        self.lines += self._wrapped(strategy.purpose)
        self.lines += ["", f"asse PMS {axis.number}. Altro nome", axis.purpose or AIM, "", "UN SDGs", ""]
        goals = [f"{number}. Obiettivo della carta" for number in strategy.carta_bologna] or ["n.d."]
        self.lines += ["obiettivi Carta ", "di Bologna", "", *goals, ""]

    def _sheet(self, action: ActionSheet) -> None:
        dot = "." if self._by_chance(0.3) else ""
        self.lines += [*self._wrapped(f"azione {action.code}{dot} {action.title}", hyphens=False), ""]
        self._row("description", self._broken(self._wrapped(f"descrizione {action.description}")))
        self._row("examples", self._labelled("examples", list(action.examples)))
        self._row("actors", self._broken(self._wrapped(f"attori {', '.join(action.actors) or 'n.d.'}")))
        for framework in dict.fromkeys(tie.framework for tie in action.alignments):
            ties = [tie for tie in action.alignments if tie.framework == framework]
            if framework == "eu_programme":
                text = self._joined([tie.code for tie in ties], ", ", "; ")
                self._row(framework, self._wrapped(f"{LABELS[framework]} {text}"))
            else:
                self._row(
                    framework, self._wrapped(f"{LABELS[framework]} {self._codes(framework, ties)}", hyphens=False)
                )
        for name in ("own_instruments", "higher_instruments"):
            items = list(getattr(action, name)) or ["n.d."]
            self._row(name, self._labelled(name, self._joined(items, "\n", ", ", ",\n").split("\n")))

    def _codes(self, framework: str, ties: list[AlignmentEntry]) -> str:
        words, group = [], ""
        for tie in ties:
            if framework == "eu_cohesion":
                words.append(f"{tie.code} - Testo di {tie.code} con molte parole")
                continue
            if tie.role == "possible_integration" and tie.code[0] != group:
                start = "Possibile integrazione con" if not group else "e"
                group = tie.code[0]
                words.append(f"{start} {group}. Missione che raccoglie")
            if tie.code != group:
                words.append(f"{tie.code} Componente detta {NUMBERS[tie.code]} nella missione")
        return " ".join(words)

    def _links(self, page: list[ActionSheet]) -> None:
        self.lines += [f" {link}" for action in page for link in action.links]
        self.lines.append("")

    def _labelled(self, name: str, items: list[str]) -> list[str]:
        return [f"{LABELS[name]} {items[0]}" if items else LABELS[name], *items[1:]]

    def _joined(self, items: list[str], *separators: str) -> str:
        text = items[0]
        for item in items[1:]:
            text += (self.chance.choice(separators) if self.chance else separators[0]) + item
        return text

    def _row(self, name: str, lines: list[str]) -> None:
        for line in lines:
            self.lines.append(line + " " * self._by_chance(0.5))
            if self._by_chance(0.15):
                self.lines.append("")
            if self.footers and self._by_chance(0.1) and self.chance:
                self.lines += self.chance.choice(FURNITURE)
        self.lines += [""] * self._by_chance(0.7)

    def _broken(self, lines: list[str]) -> list[str]:
        """Some lines with a footer at their end."""
        return [line + " Torino M" * (self.footers and self._by_chance(0.1)) for line in lines]

    def _wrapped(self, text: str, *, hyphens: bool = True) -> list[str]:
        if hyphens and self.hyphens and self.chance:
            text = " ".join(self._hyphenated(word) for word in text.split(" "))
        lines = textwrap.wrap(text, self.width, break_long_words=False, break_on_hyphens=False)
        return [part for line in lines for part in line.split("\x01") if part]

    def _hyphenated(self, word: str) -> str:
        """Now and then a word broken over two lines, before a consonant."""
        places = [at for at in range(2, len(word) - 2) if word.isalpha() and word[at] not in "aeiou"]
        if not places or not self._by_chance(0.1) or self.chance is None:
            return word
        at = self.chance.choice(places)
        return f"{word[:at]}-\x01{word[at:]}"


def as_typst(document: PlanDocument, *, columns: int = 1) -> str:
    """The plan as Typst source: labels beside their values, a running header and page numbers."""

    def text(value: str) -> str:
        return f"#{json.dumps(value, ensure_ascii=False)}"

    source = [
        f"#set page(width: 15cm, height: 12cm, margin: 1.5cm, columns: {columns}, header: [Piano di prova 2021-2023], "
        "footer: context [#counter(page).display()])",
        '#set text(9pt, lang: "it", hyphenate: false)',
    ]
    seen = ""
    for action in document.actions:
        strategy = next(each for each in document.strategies if each.code == action.strategy)
        if strategy.code != seen:
            axis = next(each for each in document.axes if each.number == strategy.axis)
            goals = [f"{number}. Obiettivo della carta" for number in strategy.carta_bologna] or ["n.d."]
            for line in (
                f"Asse {axis.number} - {axis.title}",
                f"strategia {strategy.code} {strategy.title}",
                strategy.purpose,
                f"asse PMS {axis.number}. Altro nome",
                axis.purpose or AIM,
                "UN SDGs",
            ):
                source.append(f"#par[{text(line)}]")
            source.append(f"#table(columns: (2cm, 1fr), [obiettivi Carta di Bologna], [{_stacked(goals)}])")
            seen = strategy.code
        source.append(f"#par[{text(f'azione {action.code} {action.title}')}]")
        rows = {"description": [action.description], "examples": list(action.examples)}
        rows["actors"] = [", ".join(action.actors)]
        printer = Printer()
        for framework in ("pnrr", "eu_cohesion", "eu_programme"):
            ties = [tie for tie in action.alignments if tie.framework == framework]
            if framework == "eu_programme":
                rows[framework] = [", ".join(tie.code for tie in ties) or "n.d."]
            elif ties:
                rows[framework] = [printer._codes(framework, ties)]
        rows["own_instruments"] = list(action.own_instruments) or ["n.d."]
        rows["higher_instruments"] = list(action.higher_instruments) or ["n.d."]
        cells = ", ".join(f"[{text(LABELS[name])}], [{_stacked(value)}]" for name, value in rows.items())
        source.append(f"#table(columns: (2.5cm, 1fr), {cells})")
        source += [f"#par[{text(link)}]" for link in action.links]
    return "\n".join(source)


def _stacked(values: list[str]) -> str:
    return " #linebreak() ".join(f"#{json.dumps(value, ensure_ascii=False)}" for value in values)
