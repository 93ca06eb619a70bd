"""Who did what: the log every room may write to, and the one number that tells whether anything public changed."""
