"""Several files read as one document, each line of which still knows its file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from aumenta.core.extraction.document import PlanDocument, Problem
from aumenta.core.extraction.lines import BREAKS


class JoinedFiles:
    """The texts of some files, one after the other."""

    def __init__(self, files: Sequence[tuple[str, str]]) -> None:
        self.names = [name for name, _ in files]
        self.texts = [text for _, text in files]
        self._starts = [0]
        # A blank line stands between two files, so that nothing goes on from one into the next; where texts have pages,
        # a page ends with its file.
        between = "\n\n\f\n" if any("\f" in text for text in self.texts) else "\n\n"
        for text in self.texts:
            self._starts.append(self._starts[-1] + len(BREAKS.split(text)) + between.count("\n") - 1)
        self.text = between.join(self.texts)

    @property
    def first_lines(self) -> list[int]:
        """The number of each file's first line, counted through all of them."""
        return [start + 1 for start in self._starts[:-1]]

    def place(self, line: int) -> tuple[str, int]:
        """The name of the file a line stands in, and its number there, from 1."""
        number = max(0, min(bisect_right(self._starts, line - 1) - 1, len(self.names) - 1))
        return self.names[number], max(0, line - self._starts[number])

    def with_own_lines(self, document: PlanDocument) -> PlanDocument:
        """The plan with lines counted in each file, and problems that name theirs."""
        if len(self.names) < 2:
            return document
        return replace(
            document,
            actions=tuple(
                replace(action, lines=(self.place(action.lines[0])[1], self.place(action.lines[1])[1]))
                for action in document.actions
            ),
            chapters=tuple(
                replace(chapter, lines=(self.place(chapter.lines[0])[1], self.place(chapter.lines[1])[1]))
                for chapter in document.chapters
            ),
            problems=tuple(self.own_problem(problem) for problem in document.problems),
        )

    def own_problem(self, problem: Problem) -> Problem:
        """A problem with its lines counted in its file, which it names."""
        name, line = self.place(problem.line)
        text = problem.text
        if problem.kind == "outside_sheets":
            # It begins with its own lines, counted over all files as well.
            lines, excerpt = text.split(": ", 1)
            first, last = (int(number) - problem.line + line for number in lines.split("–"))
            text = f"{first}–{last}: {excerpt}"
        return replace(problem, line=line, file=name, text=text)
