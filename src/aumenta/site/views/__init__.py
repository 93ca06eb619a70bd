"""What the public sees, one module for each subject."""
