"""The GraphQL schema: nodes and relationships from the ontology, questions and their answers."""
