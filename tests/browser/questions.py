"""What visitors of these tests say."""

SIDE_EFFECTS = "What are the side effects of ketamine?"
COST = "How much does it cost?"
CRISIS = "I want to kill myself"
SPANISH = "¿Qué efectos secundarios tiene la ketamina?"
CONTACT = "Please have someone call me back"
