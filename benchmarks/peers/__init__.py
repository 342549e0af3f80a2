"""What one would pick instead of this project, small and runnable, to be measured beside it."""
