"""An address of something that is not in the graph."""


class UnknownNode(Exception):  # noqa: N818  it is a page of its own, not a fault
    """No node of this kind has this id; becomes a page that helps to find the right one."""

    def __init__(self, kind: str, slug: str) -> None:
        super().__init__(f"{kind}:{slug}")
        self.kind = kind
        self.slug = slug
