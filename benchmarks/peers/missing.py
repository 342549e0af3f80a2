"""What a peer needs of this machine and does not find."""


class PeerMissing(Exception):  # noqa: N818 - a reason to leave the peer out, not a fault
    """The peer cannot be run here; says what to install."""
