"""How the installation is, and what it holds about people: for administrators."""
