"""Where the graph lives, the snapshot, and the questions asked of it."""
