"""The road of an act: one state machine, one verb a step, and the list of what is missing before the vote."""
