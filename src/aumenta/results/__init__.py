"""What is given back: states of an event, slides, reports, and to whom they were sent."""
