"""Paper: the plan and its reports as accessible PDF."""
