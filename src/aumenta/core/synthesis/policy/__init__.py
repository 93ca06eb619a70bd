"""What public policy is about: fields, subjects, and a reading of texts by them. Nothing here is of one plan."""
