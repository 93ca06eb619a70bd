"""What people say about a proposal: comment on it, and erase a comment."""
