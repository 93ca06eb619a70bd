"""What templates of mails load."""
