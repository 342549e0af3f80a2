"""Networks that the tests of this folder draw."""

from random import Random

from schema.text import Text
from visualisations.looks import NODE_LOOKS
from visualisations.network import Network, NetworkLink, NetworkNode

TITLE = Text("Digitale løsninger", "Digital solutions")
NASTY = "</script><script>alert(1)</script>"


def random_network(
    nodes: int, links: int, *, seed: int = 1, focus: tuple[str, ...] = ()
) -> Network:
    """Nodes of all kinds with the long names that municipalities use."""
    random = Random(seed)
    names = ["Sundhed og omsorg", "Digital opsporing af fald", "Beskæftigelsesindsats", "RDA"]
    made = tuple(
        NetworkNode(f"n{number}", f"{random.choice(names)} {number}", random.choice([*NODE_LOOKS]))
        for number in range(nodes)
    )
    joined = {
        (random.randrange(nodes), random.randrange(nodes)) for _ in range(links if nodes else 0)
    }
    return Network(
        made,
        tuple(NetworkLink(f"n{a}", f"n{b}", "USES") for a, b in sorted(joined) if a != b),
        focus=focus,
    )


def small_network() -> Network:
    """Two departments, the solution that both use, and the problem that it solves."""
    return Network(
        nodes=(
            NetworkNode(
                "d1", "Borgerservice", "department", "/d1", (Text("Modenhed 3", "Maturity 3"),)
            ),
            NetworkNode("d2", "Sundhed og omsorg", "department", "/d2"),
            NetworkNode("s", "SMS-service", "solution", "/s"),
            NetworkNode("p", "Borgere udebliver", "problem", "/p"),
            NetworkNode("k", "Robotdrift", "competence", "/k"),
        ),
        links=(
            NetworkLink("d1", "s", "USES", (Text("Statusark, række 14", "Status sheet, row 14"),)),
            NetworkLink("d2", "s", "USES"),
            NetworkLink("s", "p", "SOLVES"),
        ),
    )


def nasty_network() -> Network:
    """Names and evidence that try to break out of HTML, SVG, JSON and XML."""
    return Network(
        nodes=(
            NetworkNode('a"<', NASTY, "solution", '/x"><script>alert(2)</script>'),
            NetworkNode("b", "<img src=x onerror=alert(3)> \x00\x0b&amp;", "problem"),
        ),
        links=(NetworkLink('a"<', "b", "SOLVES", (Text(NASTY, NASTY),)),),
    )
