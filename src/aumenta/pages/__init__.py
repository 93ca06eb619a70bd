"""What the office publishes beside the plan: pages, news, pictures, documents, and addresses that moved."""
