"""What tables and voices share: themes, their matrix, their words, and what is proposed for them."""
