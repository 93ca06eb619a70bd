"""What develops and sets up the project: not part of the product."""
