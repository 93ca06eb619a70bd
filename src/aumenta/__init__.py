"""Aumenta: the working platform of a metropolitan strategic plan."""

import os

# Before numpy is read, here rather than in each of those who read it. Its matrix products would begin a thread for each
# processor that spins while it waits for the others; on a server whose processors are busy that takes ten times as long
# as the product. Work for several processors is divided by those who know how (`core.synthesis.e5`).
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
