"""The ontology, declared once."""
