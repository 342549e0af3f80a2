"""Queries answered level by level, where nothing in them needs more."""
