"""Taking part in writing: consultations, the form without an account, receipt, following what was sent."""
