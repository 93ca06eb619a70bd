"""Following a part of the plan by e-mail: asked for, confirmed by a button, stopped by one; a mail when something new
about it is public. Each thing that can be followed is one entry of `subjects.SUBJECTS`."""
