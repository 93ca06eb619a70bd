"""What became of what was said, and who asked for what is done: read across all rooms, only what everybody may read.

No tables of its own: every tie is one that a room below keeps.
"""
