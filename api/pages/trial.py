"""The dry run: what the files would do, before anybody says yes to it."""

from starlette.datastructures import FormData, UploadFile
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from api.form_token import form_token
from api.frame import Crumb, Notice
from api.held_uploads import HeldUploads, Look, Trial
from api.pages.addresses import PAGE_PATHS, with_query
from api.pages.load_report import shown_report
from api.pages.site import Site
from api.pages.visit import Visit
from loaders.desk import Actor, Desk
from loaders.loading import LoadOptions
from schema.messages import Refusal, say
from schema.text import Text

LOADS = PAGE_PATHS["loads"]
TRIAL = f"{LOADS}/proeve"
CONFIRM = f"{LOADS}/bekraeft"
AGAIN = f"{LOADS}/igen"
DROP = f"{LOADS}/kasser"
ACTOR = Actor("web")
MOVED = Text(
    "Grafen er ændret, siden du så rapporten. Se den igen, før du indlæser.",
    "The graph has changed since you saw the report. Look at it again before you load.",
)
GONE = Text(
    "Filerne ligger her ikke længere: de er indlæst, kasseret eller for gamle. Vælg dem igen.",
    "The files are no longer here: loaded, dropped or too old. Choose them again.",
)


def desk_of(visit: Visit) -> Desk:
    """The desk that takes changes; a refusal where the server only shows."""
    if visit.site.server.desk is None:
        raise Refusal(say("not-allowed", actor=ACTOR.name))
    return visit.site.server.desk


class Trials:
    """The pages from chosen files to a load."""

    def __init__(self, site: Site, held: HeldUploads) -> None:
        self._site = site
        self._held = held

    def routes(self) -> list[BaseRoute]:
        """The dry run, and what can be done with it."""
        return [
            self._site.route(f"{TRIAL}/{{token}}", self.show),
            self._site.form_route(CONFIRM, self.confirm),
            self._site.form_route(AGAIN, self.again),
            self._site.form_route(DROP, self.drop),
        ]

    def hold(self, visit: Visit, form: FormData, uploads: list[UploadFile]) -> Response:
        """Keep the files, look at them, and go on to what was found."""
        look, revision = self._look(visit), visit.snapshot.revision
        trial = self._held.hold(
            form_token(visit.request), uploads, options_of(form), revision, look
        )
        return _to(trial)

    def show(self, visit: Visit) -> Response:
        """What the files would do."""
        trial = self._find(visit, visit.request.path_params["token"])
        return _gone() if trial is None else _page(visit, trial)

    def confirm(self, visit: Visit, form: FormData) -> Response:
        """Load what was shown; where the graph has moved since, show it anew instead."""
        desk = desk_of(visit)
        trial = self._find(visit, str(form.get("token")))
        if trial is None:
            return _gone()
        if trial.revision != visit.snapshot.revision:
            look, revision = self._look(visit), visit.snapshot.revision
            return _to(self._held.again(trial, trial.options, revision, look), moved="1")
        reports = desk.load(ACTOR, trial.files, trial.options)
        self._held.drop(trial)
        numbers = [str(each.applied.number) for each in reports if each.applied is not None]
        return RedirectResponse(with_query(LOADS, loaded=",".join(numbers)), 303)

    def again(self, visit: Visit, form: FormData) -> Response:
        """Look at the same files with other choices."""
        trial = self._find(visit, str(form.get("token")))
        if trial is None:
            return _gone()
        look, revision = self._look(visit), visit.snapshot.revision
        return _to(self._held.again(trial, options_of(form), revision, look))

    def drop(self, visit: Visit, form: FormData) -> Response:
        """Throw the files away."""
        trial = self._find(visit, str(form.get("token")))
        if trial is not None:
            self._held.drop(trial)
        return RedirectResponse(with_query(LOADS, dropped=1), 303)

    def _find(self, visit: Visit, token: str) -> Trial | None:
        return self._held.find(form_token(visit.request), token)

    def _look(self, visit: Visit) -> Look:
        desk = desk_of(visit)
        return lambda files, options: desk.load(ACTOR, files, options, dry_run=True)


def options_of(form: FormData) -> LoadOptions:
    """How the form asks the files to be loaded."""
    return LoadOptions(
        source=_text(form, "source"),
        municipality=_text(form, "municipality"),
        remove_missing="remove_missing" in form,
        new_departments="new_departments" in form,
        skip_refused="skip_refused" in form,
    )


def _text(form: FormData, name: str) -> str | None:
    value = form.get(name)
    return (value.strip() or None) if isinstance(value, str) else None


def _to(trial: Trial, **values: str) -> Response:
    return RedirectResponse(with_query(f"{TRIAL}/{trial.token}", **values), 303)


def _gone() -> Response:
    return RedirectResponse(with_query(LOADS, gone=1), 303)


def _page(visit: Visit, trial: Trial) -> Response:
    notices = [Notice("warning", visit.say(MOVED))] if visit.query("moved") else []
    return visit.page(
        "trial.html",
        "loads",
        (
            Crumb(visit.say(Text("Indlæsninger", "Loads")), visit.href("loads")),
            Crumb(visit.say(Text("Prøve", "Dry run"))),
        ),
        notices,
        reports=[shown_report(each, place) for place, each in enumerate(trial.reports, 1)],
        loadable=sum(each.load is not None for each in trial.reports),
        falling=sum(len(each.falling) for each in trial.reports if each.load is not None),
        refused=any(each.failed for each in trial.reports),
        options=trial.options,
        token=trial.token,
        form_token=form_token(visit.request),
        actions={"confirm": CONFIRM, "again": AGAIN, "drop": DROP},
    )
