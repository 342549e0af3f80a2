"""HTTP: GraphQL, pages, uploads, limits."""
