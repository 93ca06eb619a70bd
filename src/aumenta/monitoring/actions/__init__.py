"""How far the actions of the plan have come: who reports it, who approves it, when it is asked for."""
