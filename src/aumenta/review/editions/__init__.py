"""Verbs on an edition as a whole: open the next one, say what goes on in it, freeze and publish it, put it right."""
