"""Following a part of the plan by e-mail: the form, the page of a subscription, stopping at one press."""
