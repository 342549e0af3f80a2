"""A store of what was reckoned last."""

from graph.recent import Recent


def test_what_was_asked_for_last_is_kept_and_the_oldest_let_go() -> None:
    made: list[str] = []
    recent: Recent[str, str] = Recent(2)

    def get(key: str) -> str:
        def make() -> str:
            made.append(key)
            return key.upper()

        return recent.get(key, make)

    assert [get(key) for key in "abacab"] == list("ABACAB")
    assert made == ["a", "b", "c", "b"]
