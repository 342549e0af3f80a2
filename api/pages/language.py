"""The choice of language: one click, and back to the same page."""

from starlette.datastructures import URL
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from api.pages.addresses import LANGUAGE
from api.pages.site import LANGUAGE_COOKIE, Site
from api.pages.visit import Visit
from schema.text import LANGUAGES

A_YEAR = 365 * 24 * 3600


def routes(site: Site) -> list[BaseRoute]:
    """The address that the link to the other language leads to."""
    return [site.route(f"{LANGUAGE}/{{language}}", choose)]


def choose(visit: Visit) -> Response:
    """Remember the language in a cookie that holds nothing else, and go back."""
    language = visit.request.path_params["language"]
    if language not in LANGUAGES:
        raise HTTPException(404)
    response = RedirectResponse(own_address(visit.query("back")), 303)
    secure = visit.request.url.scheme == "https"
    response.set_cookie(
        LANGUAGE_COOKIE, language, max_age=A_YEAR, httponly=True, samesite="lax", secure=secure
    )
    return response


def own_address(back: str | None) -> str:
    """An address of our own; anything that would lead to another host is the front page."""
    if back is None or not back.startswith("/") or back.startswith(("//", "/\\")):
        return "/"
    address = URL(back)
    return back if not address.netloc and not address.scheme else "/"
