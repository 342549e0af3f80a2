"""Writing mapping sheets: the template, and the graph as sheets."""
