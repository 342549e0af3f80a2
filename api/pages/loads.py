"""The loads: handing sheets in, and the history of what was read."""

from collections.abc import Iterator

from babel.dates import format_datetime
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response
from starlette.routing import BaseRoute

from api.form_token import form_token
from api.frame import Notice
from api.held_uploads import HeldUploads
from api.pages import undoing
from api.pages.addresses import PAGE_PATHS
from api.pages.rich_table import Item, RichCell, RichRow, RichTable, plain
from api.pages.site import Site
from api.pages.trial import GONE, Trials, desk_of
from api.pages.visit import Visit
from api.templating import LOCALES
from schema.records import LoadSummary
from schema.text import Text
from visualisations.matrix import pages

LOADS = PAGE_PATHS["loads"]
AT_ONCE = 25
NO_FILE = Text("Vælg mindst én fil.", "Choose at least one file.")


def routes(site: Site) -> list[BaseRoute]:
    """The history with its form, the dry run, and each load."""
    trials = Trials(site, HeldUploads(site.server.held, site.server.secret))

    def receive(visit: Visit, form: FormData) -> Response:
        desk_of(visit)
        files = form.getlist("files")
        uploads = [each for each in files if isinstance(each, UploadFile) and each.filename]
        error = _wrong(visit, uploads)
        return trials.hold(visit, form, uploads) if error is None else show(visit, error)

    return [
        site.route(LOADS, show),
        site.form_route(LOADS, receive),
        *trials.routes(),
        *undoing.routes(site),
    ]


def _wrong(visit: Visit, uploads: list[UploadFile]) -> Text | None:
    most = visit.site.server.limits.upload_files
    if not uploads:
        return NO_FILE
    if len(uploads) > most:
        return Text(f"Vælg højst {most} filer ad gangen.", f"Choose at most {most} files at once.")
    return None


def show(visit: Visit, error: Text | None = None) -> Response:
    """The form where something can be changed, and the loads, the newest first."""
    loads = list(reversed(visit.site.server.live.store.loads()))
    count = pages(len(loads), AT_ONCE)
    page = min(visit.page_number(), count)
    shown = loads[(page - 1) * AT_ONCE : page * AT_ONCE]
    may_change = visit.site.server.desk is not None
    municipalities = visit.sorted_by_name(visit.snapshot.nodes("municipality"))
    return visit.page(
        "loads.html",
        "loads",
        (),
        list(_notices(visit)),
        200 if error is None else 400,
        may_change=may_change,
        form_token=form_token(visit.request) if may_change else "",
        error=error,
        municipalities=[visit.name(each) for each in municipalities],
        sources=list(dict.fromkeys(each.source for each in loads)),
        table=_table(visit, shown),
        total=len(loads),
        page=page,
        last_page=count,
    )


def _notices(visit: Visit) -> Iterator[Notice]:
    """What was just done, as the address tells it."""
    told = (
        ("loaded", Text("Indlæst som nr. {}.", "Loaded as no. {}.")),
        ("undone", Text("Nr. {} er fortrudt.", "No. {} is undone.")),
        ("redone", Text("Nr. {} gælder igen.", "No. {} stands again.")),
    )
    for name, text in told:
        numbers = [each for each in (visit.query(name) or "").split(",") if each.isdecimal()]
        if numbers:
            yield Notice("success", visit.say(text).format(", ".join(numbers)))
    if visit.query("dropped"):
        dropped = Text("Filerne er kasseret. Intet er ændret.", "Dropped. Nothing was changed.")
        yield Notice("info", visit.say(dropped))
    if visit.query("gone"):
        yield Notice("warning", visit.say(GONE))


def _table(visit: Visit, loads: list[LoadSummary]) -> RichTable:
    columns = (
        Text("nr.", "no."),
        Text("hvornår", "when"),
        Text("kilde", "source"),
        Text("rækker", "rows"),
        Text("hvem", "who"),
        Text("tilstand", "state"),
    )
    rows = tuple(RichRow(_cells(visit, load)) for load in loads)
    caption = Text("Indlæsninger, den nyeste først", "Loads, the newest first")
    return RichTable("loads", caption, columns, rows, frozenset({3}))


def _cells(visit: Visit, load: LoadSummary) -> tuple[RichCell, ...]:
    files = ", ".join(load.files)
    state = (
        Item(Text("gælder", "stands"), badge="solved")
        if load.stands
        else Item(Text("fortrudt", "undone"), badge="retired")
    )
    return (
        RichCell((Item(str(load.number), f"{LOADS}/{load.number}"),)),
        plain(written_time(visit, load)),
        RichCell((Item(load.source),), None if files == load.source else files),
        plain(str(load.records)),
        plain(load.actor),
        RichCell((state,)),
    )


def written_time(visit: Visit, load: LoadSummary) -> str:
    """When a load was made, as the reader's language writes it, in the server's time zone."""
    zone = load.at.astimezone().tzinfo
    locale = LOCALES[visit.language]
    return format_datetime(load.at, "medium", tzinfo=zone, locale=locale)
