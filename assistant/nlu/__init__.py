"""How a message is understood: language, sentence encoder, topics, safety."""
