"""What a written minute of a session says: who was there, what was voted and how, which acts it names.

It proposes and never guesses: a name that fits nobody or two people is listed with the nearest, for a person to judge.
"""

from aumenta.core.minutes.reading import Minute, read_minute

__all__ = ["Minute", "read_minute"]
