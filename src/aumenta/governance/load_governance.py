"""Load what the sources tell of how a territory decides: bodies, acts, instruments."""

from aumenta.governance.coherence.load_instruments import load_instruments
from aumenta.governance.load_bodies import load_bodies
from aumenta.governance.load_register import load_register
from aumenta.territory.models import Territory


def load_governance(*, territory: Territory) -> None:
    """Bodies first: acts are theirs; then acts, by which instruments were approved."""
    load_bodies(territory=territory)
    load_register(territory=territory)
    load_instruments(territory=territory)
