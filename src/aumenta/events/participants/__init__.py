"""Who takes part in an event: registrations and their mails, badges, votes from phones, and forgetting all of it."""
