"""Projects: read from the official files and a template, tied to actions by an editor, added up without guessing."""
