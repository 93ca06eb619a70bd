"""Changes to the frame of an edition: proposed, decided, carried out."""
