"""What a page says, read as a person reads it: labels with what stands by them."""

from html.parser import HTMLParser

_LONE = {"img", "input", "br", "meta", "link", "hr"}


class _Reader(HTMLParser):
    """Collects what stands under each label of a list of facts and each heading of a table."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.label = ""
        self.headings: list[str] = []
        self.column = -1
        self.said: dict[str, list[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _LONE:
            return
        self.open.append(tag)
        match tag:
            case "table":
                self.headings = []
            case "tr":
                self.column = -1
            case "th" | "td":
                self.column += 1
            case "dt":
                self.label = ""

    def handle_endtag(self, tag: str) -> None:
        while tag in self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if not text or ("details" in self.open and "ul" in self.open and "table" in self.open):
            return
        if "dt" in self.open:
            self.label += text
        elif "dd" in self.open:
            self.said.setdefault(self.label, []).append(text)
        elif "thead" in self.open:
            self.headings.append(text)
        elif "tbody" in self.open and self.column < len(self.headings):
            self.said.setdefault(self.headings[self.column], []).append(text)


def told_on(page: str) -> dict[str, list[str]]:
    """Label → the texts that stand by it, anywhere on the page."""
    reader = _Reader()
    reader.feed(page)
    return reader.said
