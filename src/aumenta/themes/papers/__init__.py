"""Writing position papers and discussion guides: every part cites what it rests on; text is by people."""
