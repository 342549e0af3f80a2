"""From a mapping sheet to a load, and a report with a verdict for every row."""
