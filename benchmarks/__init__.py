"""Timings and ratios, never asserted in a test."""
