"""The form that says where an action reaches: its rows as they stand, and what somebody chose in it.

Places go by the words of the public addresses: «tutto», «piccoli», «fascia-montagna», «zona-5», «comune-001272».
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from aumenta.plan.models import Action, ActionPlace
from aumenta.plan.propose_places import source_of_words
from aumenta.plan.set_places import Chosen, Identity, identity_of, state_of_places
from aumenta.territory.find_places import BEST, WORD, find
from aumenta.territory.models import Belt, Municipality, Territory, Zone
from aumenta.territory.queries import successors_of

CONFIRM, DECLINE, LATER = "conferma", "scarta", "poi"


@dataclass(frozen=True)
class PlaceRow:
    """A place that can be chosen: its word, its name, what the office said of it, and whether it is ticked now."""

    word: str
    name: str
    state: str = ""
    found_words: str = ""
    source: str = ""
    ticked: bool = False
    answer: str = LATER


@dataclass
class PlaceForm:
    """Where an action reaches, ready to be shown, changed and written."""

    action: Action
    territory: Territory
    ticked: set[str] = field(default_factory=set)
    answers: dict[str, str] = field(default_factory=dict)
    candidates: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    typed: str = ""

    def __post_init__(self) -> None:
        """Read the places there are and what the action is tied to."""
        self.targets = {"tutto": Chosen("whole"), "piccoli": Chosen("small")}
        self.names = {"tutto": _("The whole territory"), "piccoli": _("Small municipalities (up to 5,000 residents)")}
        here = Municipality.objects.current().of(self.territory)
        for belt in Belt.objects.filter(pk__in=here.values("belt")):
            self._add(f"fascia-{belt.slug}", Chosen("belt", belt=belt), str(belt).capitalize())
        for zone in Zone.objects.filter(territory=self.territory):
            self._add(f"zona-{zone.number}", Chosen("zone", zone=zone), str(zone))
        for municipality in here.order_by("name", "istat_code"):
            chosen = Chosen("municipality", municipality=municipality)
            self._add(f"comune-{municipality.istat_code}", chosen, municipality.name)
        words = {chosen.identity: word for word, chosen in self.targets.items()}
        held = list(ActionPlace.objects.filter(action=self.action).select_related("belt", "zone", "municipality"))
        self.seen = state_of_places(held)
        self.ties = {words[identity_of(tie)]: tie for tie in held if identity_of(tie) in words}
        self.beyond = [tie for tie in held if identity_of(tie) not in words]
        if not self.ticked:
            self.ticked = {word for word, tie in self.ties.items() if tie.state == ActionPlace.State.CONFIRMED}

    def _add(self, word: str, chosen: Chosen, name: str) -> None:
        self.targets[word], self.names[word] = chosen, name

    def read(self, posted: QueryDict) -> None:
        """Take over what somebody chose; a name typed to be added is looked for."""
        self.ticked = {word for word in posted.getlist("luogo") if word in self.targets}
        self.answers = {word: posted.get(f"proposta-{word}", LATER) for word in self.ties}
        self.candidates = [word for word in posted.getlist("proposto") if word in self.targets]
        self.seen = posted.get("visto", "")
        self.typed = posted.get("aggiungi", "").strip()[:100]
        if self.typed:
            self._look_for(self.typed)

    def _look_for(self, typed: str) -> None:
        """Tick the one municipality a name means; offer those it may mean; say so where there is none."""
        hits = find(self.territory, typed)
        best = [hit for hit in hits if hit.score == BEST] or [hit for hit in hits if hit.score >= WORD]
        meant = [f"comune-{code}" for hit in best or hits for code in _codes_today(hit.code, hit.exists)]
        found = [word for word in dict.fromkeys(meant) if word in self.targets]
        if best and len(found) == 1:
            self.ticked.add(found[0])
            self.candidates += found
            self.typed = ""
        elif found:
            self.candidates += found
            names = ", ".join(self.names[word] for word in found)
            self.problems.append(
                _("“%(typed)s” may be: %(names)s. Tick the right one below, then save.")
                % {"typed": typed, "names": names}
            )
        else:
            self.problems.append(
                _("No municipality of this territory is called “%(typed)s”: check the spelling, or write its code.")
                % {"typed": typed}
            )

    @property
    def proposals(self) -> list[PlaceRow]:
        """What was proposed from the text and nobody has decided yet."""
        return self._rows(word for word, tie in self.ties.items() if tie.state == ActionPlace.State.PROPOSED)

    @property
    def wide(self) -> list[PlaceRow]:
        """The whole and the small municipalities."""
        return self._rows(word for word in ("tutto", "piccoli") if self._is_free(word))

    @property
    def belts(self) -> list[PlaceRow]:
        """The belts."""
        return self._rows(word for word in self.targets if word.startswith("fascia-") and self._is_free(word))

    @property
    def zones(self) -> list[PlaceRow]:
        """The zones."""
        return self._rows(word for word in self.targets if word.startswith("zona-") and self._is_free(word))

    @property
    def municipalities(self) -> list[PlaceRow]:
        """Of the municipalities only those chosen, declined or just looked for: a list of hundreds is none."""
        shown = self.ticked | set(self.candidates) | set(self.ties)
        words = (word for word in self.targets if word.startswith("comune-"))
        return self._rows(word for word in words if word in shown and self._is_free(word))

    @property
    def all_names(self) -> list[str]:
        """The names a browser suggests while somebody types."""
        return [name for word, name in self.names.items() if word.startswith("comune-")]

    def _is_free(self, word: str) -> bool:
        tie = self.ties.get(word)
        return tie is None or tie.state != ActionPlace.State.PROPOSED

    def _rows(self, words: Iterable[str]) -> list[PlaceRow]:
        rows = []
        for word in words:
            tie = self.ties.get(word)
            found = tie.found_words if tie else ""
            rows.append(
                PlaceRow(
                    word=word,
                    name=self.names[word],
                    state=tie.state if tie else "",
                    found_words=found,
                    source=source_of_words(self.territory, found) if found else "",
                    ticked=word in self.ticked,
                    answer=self.answers.get(word, LATER),
                )
            )
        return rows

    def chosen(self) -> list[Chosen]:
        """The places it reaches: those ticked, and the proposals confirmed."""
        confirmed = [row.word for row in self.proposals if row.answer == CONFIRM]
        ticked = [word for word in self.targets if word in self.ticked and self._is_free(word)]
        kept = [
            Chosen(tie.reach, tie.belt, tie.zone, tie.municipality)
            for tie in self.beyond
            if tie.state == ActionPlace.State.CONFIRMED
        ]
        return [self.targets[word] for word in (*ticked, *confirmed)] + kept

    def undecided(self) -> set[Identity]:
        """The proposals left for later."""
        left = {self.targets[row.word].identity for row in self.proposals if row.answer not in (CONFIRM, DECLINE)}
        return left | {identity_of(tie) for tie in self.beyond}


def _codes_today(code: str, exists: bool) -> list[str]:
    """The code, or those of the successors of a municipality that is gone."""
    return [code] if exists else [successor.istat_code for successor in successors_of(code)]
