"""An id made from another name of a node leads to it."""

from graph.aliases import resolved
from tests.graph.small import snapshot


def test_old_danish_and_english_names_lead_to_the_node() -> None:
    graph = snapshot(
        nodes={
            "solution:sms-service": {
                "danish_name": "SMS-tjeneste",
                "english_name": "Text messages",
                "other_names": ("Besked til borgeren", "???"),
            },
            "department:a/omsorg": {"other_names": ("Sundhed > Pleje",)},
        }
    )

    for name in ("sms-service", "sms-tjeneste", "text-messages", "besked-til-borgeren"):
        assert resolved(graph, f"solution:{name}") == "solution:sms-service"
    assert resolved(graph, "department:a/sundhed/pleje") == "department:a/omsorg"
    assert resolved(graph, "problem:sms-tjeneste") is None
    assert resolved(graph, "solution:findes-ikke") is None


def test_a_name_of_a_node_of_its_own_or_of_several_leads_nowhere_else() -> None:
    graph = snapshot(
        nodes={
            "technology:sms": {"other_names": ("Besked", "IoT")},
            "technology:mail": {"other_names": ("Besked",)},
            "technology:iot": {},
        }
    )

    assert resolved(graph, "technology:iot") == "technology:iot"
    assert resolved(graph, "technology:besked") is None
