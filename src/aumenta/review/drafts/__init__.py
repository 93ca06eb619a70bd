"""What a draft is made of while several people write in it."""
