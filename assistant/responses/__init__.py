"""What is said: texts from domain.yml with facts, sources, safety notes, buttons and limits."""
