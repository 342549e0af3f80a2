"""Questions to start from on the query page: they work as they stand on the example sheets."""

from dataclasses import dataclass

from schema.text import Text


@dataclass(frozen=True, slots=True)
class QueryExample:
    """A question, what it is called, and the name that its link carries."""

    key: str
    label: Text
    query: str
    variables: str = ""


EXAMPLES = (
    QueryExample(
        "synergies",
        Text(da="Synergier for en forvaltning", en="Synergies of a department"),
        """\
query Synergies($department: ID!) {
  synergies(department: $department, first: 5) {
    totalCount
    edges { node {
      kind score
      partner { id name }
      giver { id }
      receiver { id }
      parts { name weight value }
      evidence {
        node { id name }
        explanation
        source { file sheet row column }
      }
    } }
  }
}
""",
        '{ "department": "department:eksempel/sundhed-og-omsorg" }',
    ),
    QueryExample(
        "transferability",
        Text(da="Hvor kan en løsning overtages?", en="Where could a solution be taken over?"),
        """\
query Transferability($solution: ID!) {
  transferability(solution: $solution, first: 5) {
    totalCount
    edges { node {
      outcome
      department { id name municipality { name } }
      fit { score coverage parts { name weight value known } }
      likelihood { score parts { name value } }
      gaps { part node { id name } has needs explanation }
    } }
  }
}
""",
        '{ "solution": "solution:sms-service" }',
    ),
    QueryExample(
        "departments",
        Text(da="Forvaltninger", en="Departments"),
        """\
query Departments($first: Int!) {
  departments(first: $first) {
    totalCount
    edges { node { id name } }
  }
}
""",
        '{ "first": 10 }',
    ),
)
