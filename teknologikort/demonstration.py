"""The example municipality: where its sheets are, loading them, and where to look first."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from itertools import count
from pathlib import Path

from api.pages.addresses import PAGE_PATHS, card_path, node_path, pair_path
from graph.live import LiveGraph
from graph.neo4j_store import Neo4jStore
from graph.snapshot import Snapshot
from graph.store import Store
from loaders.desk import Actor, Desk
from loaders.loading import LoadOptions
from loaders.report import Report
from schema.messages import Refusal, say
from schema.text import Text
from teknologikort.local_neo4j import Neo4jAddress, cache_folder, local_neo4j
from teknologikort.opening import Upgrading, open_store
from teknologikort.terminal import Terminal

PROJECT = Path(__file__).parents[1]
EXAMPLE = PROJECT / "examples" / "eksempel"
STORE = Path("data/demo.sqlite")
NEO4J_SOCIAL = Path("data/neo4j")
_SHEETS = (".xlsx", ".ods", ".csv")
_LOADING = Text("Indlæser eksemplet", "Loading the example")
_STARTING = Text(
    "Starter Neo4j (første gang hentes den, ca. 125 MB)",
    "Starting Neo4j (the first time it is fetched, some 125 MB)",
)
_SOCIAL = "department:eksempel/social-og-handicap"
_CARE = "department:eksempel/sundhed-og-omsorg"
_ROADS = "department:eksempel/vej-og-park"
_SMS = "solution:sms-service"


def example_files() -> list[Path]:
    """The example's sheets in the order in which they are loaded; raises Refusal without them."""
    files = sorted(EXAMPLE.iterdir()) if EXAMPLE.is_dir() else []
    sheets = [file for file in files if file.suffix in _SHEETS and file.name[0] not in ".~"]
    if not sheets:
        raise Refusal(say("example-missing", folder=EXAMPLE.relative_to(PROJECT)))
    return sheets


@contextmanager
def demo_store(neo4j: bool, terminal: Terminal) -> Iterator[Store]:
    """The store of the demonstration: a file, or a real Neo4j that runs as long as the block."""
    if not neo4j:
        with closing(_own_store(terminal)) as store:
            yield store
        return
    with ExitStack() as stack:
        with terminal.progress(_STARTING):
            address = stack.enter_context(local_neo4j(NEO4J_SOCIAL, cache_folder(PROJECT)))
            store = Neo4jStore(address.uri, address.user, address.password)
        with closing(store):
            terminal.say(_neo4j_told(address))
            yield store


def _own_store(terminal: Terminal) -> Store:
    """The demonstration's file, upgraded where it is older; one of a newer edition is put aside,
    so that the example can be shown."""
    upgrades = Upgrading(STORE.parent, terminal, terminal.tell)
    try:
        return open_store(str(STORE), upgrades=upgrades)
    except Refusal as refusal:
        if [message.code for message in refusal.messages] != ["store-newer"]:
            raise
        aside = next(name for number in count(1) if not (name := _aside(number)).exists())
        STORE.rename(aside)
        terminal.tell(
            Text(
                f"{STORE} var fra en nyere udgave og hedder nu {aside}.",
                f"{STORE} was of a newer edition and is now named {aside}.",
            )
        )
        return open_store(str(STORE))


def _aside(number: int) -> Path:
    return STORE.with_stem(f"{STORE.stem}-{number}")


def _neo4j_told(address: Neo4jAddress) -> Text:
    kept = NEO4J_SOCIAL / "password"
    da = f"Neo4j svarer på {address.uri} (bruger: {address.user}"
    en = f"Neo4j answers at {address.uri} (user: {address.user}"
    if not kept.exists():
        return Text(f"{da}).", f"{en}).")
    return Text(f"{da}, adgangskode i {kept}).", f"{en}, password in {kept}).")


def load_example(live: LiveGraph, actor: str, terminal: Terminal) -> list[Report]:
    """Load the example's sheets, each a load of its own, up to the first that cannot be."""
    files = example_files()
    desk = Desk(live)
    reports: list[Report] = []
    with terminal.progress(_LOADING, len(files)) as advance:
        for file in files:
            reports += desk.load(Actor(actor), [file], LoadOptions())
            if reports[-1].failed:
                break
            advance(1)
    return reports


def where_to_look(snapshot: Snapshot) -> list[tuple[str, Text]]:
    """The pages that show most of the example, and what each shows; only those that are there."""
    wanted: Sequence[tuple[Sequence[str], str, Text]] = (
        ((), PAGE_PATHS["overview"], Text("kommunens digitale status", "the digital status")),
        (
            (),
            PAGE_PATHS["synergies"],
            Text("hvem kan dele, gå sammen og lære", "who could share, join forces and learn"),
        ),
        (
            (_SOCIAL, _CARE),
            pair_path(_SOCIAL, _CARE),
            Text("to forvaltninger, og hvad de bygger på", "two departments, and what says so"),
        ),
        (
            (_SMS, _ROADS),
            card_path(_SMS, _ROADS),
            Text("hvad kræver det at overtage en løsning", "what it takes to take a solution over"),
        ),
        ((_SMS,), node_path(_SMS), Text("en løsning og alt om den", "a solution and all about it")),
        ((), PAGE_PATHS["graphql"], Text("spørg med GraphQL", "ask with GraphQL")),
    )
    return [
        (path, shows) for nodes, path, shows in wanted if all(node in snapshot for node in nodes)
    ]
