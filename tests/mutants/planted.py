"""A fault that is kept as a file: what it changes, where, and what harm it would do."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parents[1]
KEYS: Final = {"file", "harm", "before", "after", "tests"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault. `before` occurs exactly once in `file`; `after` stands there instead. `tests` are those that should
    notice, as pytest names them or as `*.test.js`; paths are from the root of the repository."""

    area: str
    name: str
    file: str
    harm: str
    before: str
    after: str
    tests: tuple[str, ...]

    @classmethod
    def read(cls, path: Path) -> Self:
        """The fault in a file `AREA/NAME.toml`. Raises ValueError where a key is missing or unknown."""
        data = tomllib.loads(path.read_text())
        if set(data) != KEYS:
            raise ValueError(f"{path}: its keys are {', '.join(sorted(KEYS))}")
        tests = tuple(data.pop("tests"))
        return cls(area=path.parent.name, name=path.stem, tests=tests, **data)

    @property
    def id(self) -> str:
        """How it is called: area and name."""
        return f"{self.area}/{self.name}"

    def planted_in(self, text: str) -> str:
        """`text` with the fault. Raises ValueError where it can't be planted just there."""
        if (times := text.count(self.before)) != 1:
            raise ValueError(f"{self.id}: what it changes occurs {times} times in {self.file}")
        if self.before == self.after:
            raise ValueError(f"{self.id} changes nothing")
        return text.replace(self.before, self.after)


def all_mutants(folder: Path = HERE) -> list[Mutant]:
    """Every fault that is kept, area by area."""
    return [Mutant.read(path) for path in sorted(folder.glob("*/*.toml"))]
