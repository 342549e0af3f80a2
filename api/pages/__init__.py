"""The pages: each module makes some, and gives their routes."""

from starlette.routing import BaseRoute

from api.pages import (
    exploring,
    language,
    lists,
    loads,
    node,
    overview,
    proposals,
    searching,
    synergies,
    transfers,
)
from api.pages.site import Site

MODULES = (
    language,
    overview,
    synergies,
    transfers,
    lists,
    proposals,
    exploring,
    loads,
    searching,
    node,
)


def routes(site: Site) -> list[BaseRoute]:
    """All pages, for ``api.app.application``."""
    return [route for module in MODULES for route in module.routes(site)]
