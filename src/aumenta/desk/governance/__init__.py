"""The desk's pages of bodies, mandates and rules, of acts and of votes."""
