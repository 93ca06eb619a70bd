"""Template tags shared by every door: `ui` (components), `words` (languages, numbers, dates), `plan_picture`."""
